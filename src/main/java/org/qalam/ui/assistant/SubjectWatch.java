package org.qalam.ui.assistant;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.qalam.assist.Action;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Assistant;
import org.qalam.document.TextRange;
import org.qalam.task.Delivery;
import org.qalam.task.UiThread;

/**
 * What the next request works on and what it costs, looked up a moment after the writer has stopped
 * moving. Confined to the JavaFX thread.
 */
@UiThread
final class SubjectWatch {
  private final Assistant assistant;
  private final TextTarget target;
  private final BooleanSupplier isReady;
  private final Executor ui;
  private final Executor soon;
  private final ReadOnlyObjectWrapper<Subject> subject;
  private final ReadOnlyObjectWrapper<Optional<Assistant.Estimate>> estimate =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Action considered;
  private long look;

  /**
   * @param isReady whether a request could be made now
   * @param soon runs work on the JavaFX thread a moment later
   */
  SubjectWatch(
      Assistant assistant, TextTarget target, BooleanSupplier isReady, Executor ui, Executor soon) {
    this.assistant = assistant;
    this.target = target;
    this.isReady = isReady;
    this.ui = ui;
    this.soon = soon;
    this.considered = assistant.actions().getFirst();
    this.subject = new ReadOnlyObjectWrapper<>(subjectFor(considered));
  }

  ReadOnlyObjectProperty<Subject> subjectProperty() {
    return subject.getReadOnlyProperty();
  }

  /** What the considered action would cost; empty while unknown. */
  ReadOnlyObjectProperty<Optional<Assistant.Estimate>> estimateProperty() {
    return estimate.getReadOnlyProperty();
  }

  /** The action that the writer is looking at. */
  Action considered() {
    return considered;
  }

  /** The passage for this action as the text stands now. */
  Subject subjectFor(Action action) {
    TextRange selection = target.selection().getValue();
    return action.result() == Action.Result.INSERT && action.needsText()
        ? Subject.before(target.text(), selection)
        : Subject.of(target.text(), selection);
  }

  /** Looks at this action from now on. */
  void consider(Action action) {
    considered = action;
    lookAgain();
  }

  /** The text, the selection or the model has changed. */
  void lookAgain() {
    long current = ++look;
    soon.execute(() -> {
      if (current == look) {
        lookNow(current);
      }
    });
  }

  private void lookNow(long current) {
    Subject found = subjectFor(considered);
    subject.set(found);
    estimate.set(Optional.empty());
    if (found.kind() == Subject.Kind.NOTHING || !isReady.getAsBoolean()) {
      return;
    }
    Delivery.deliver(
        assistant.estimate(new AssistRequest(considered, found.range().of(target.text()), "", 0)),
        ui,
        known -> {
          if (current == look) {
            estimate.set(Optional.of(known));
          }
        },
        _ -> {});
  }
}
