package org.qalam.ui.assistant;

import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.qalam.assist.Action;
import org.qalam.store.DocumentStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * How many proposals the writer wants of an action, and how many there will be. Remembered until
 * the next start. Confined to the JavaFX thread.
 */
@UiThread
final class ProposalCount {
  /** Setting: proposals of an action, from 1 to {@link #MOST}. */
  static final String SETTING = "assistant.proposals";

  static final int MOST = 3;

  /** Characters from which on a text gets one proposal: each takes as long as the first. */
  static final int LONG = 8_000;

  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final ReadOnlyIntegerWrapper wanted = new ReadOnlyIntegerWrapper(1);
  private boolean isChosen;

  /** Why there is one proposal although more are wanted. */
  enum OnlyOne {
    /** A correction has one answer. */
    CORRECTION,
    LONG_TEXT
  }

  /**
   * @param storeRunner the store's thread
   * @param ui runs work on the JavaFX thread
   */
  ProposalCount(DocumentStore store, TaskRunner storeRunner, Executor ui) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.ui = ui;
  }

  /** Takes up what was chosen the last time. */
  void start() {
    Delivery.deliver(
        storeRunner.submit(() -> store.setting(SETTING)),
        ui,
        kept -> {
          if (!isChosen) {
            wanted.set(kept.map(ProposalCount::parse).orElse(1));
          }
        },
        ProposalCount::log);
  }

  private static int parse(String text) {
    return text.matches("[1-9]") ? Math.min(Integer.parseInt(text), MOST) : 1;
  }

  /** The writer's choice, from 1 to {@link #MOST}. */
  ReadOnlyIntegerProperty wantedProperty() {
    return wanted.getReadOnlyProperty();
  }

  /** From now on, and after the next start. */
  void want(int proposals) {
    int next = Math.clamp(proposals, 1, MOST);
    isChosen = true;
    if (next != wanted.get()) {
      wanted.set(next);
      Delivery.deliver(
          storeRunner.submit(() -> {
            store.putSetting(SETTING, String.valueOf(next));
            return true;
          }),
          ui,
          _ -> {},
          ProposalCount::log);
    }
  }

  /** Proposals of this action for a text of so many characters. */
  int of(Action action, int characters) {
    return onlyOne(action, characters).isPresent() ? 1 : wanted.get();
  }

  /** Why there is only one where more are wanted; empty where there are as many as wanted. */
  Optional<OnlyOne> onlyOne(Action action, int characters) {
    if (wanted.get() == 1) {
      return Optional.empty();
    }
    if (action.kind() == Action.Kind.CORRECT) {
      return Optional.of(OnlyOne.CORRECTION);
    }
    return characters > LONG ? Optional.of(OnlyOne.LONG_TEXT) : Optional.empty();
  }

  private static void log(Throwable failure) {
    System.getLogger(ProposalCount.class.getName())
        .log(System.Logger.Level.ERROR, "the number of proposals was not read or kept", failure);
  }
}
