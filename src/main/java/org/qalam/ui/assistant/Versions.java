package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import org.qalam.task.UiThread;

/** Versions of an answer, oldest first, one of which is shown. Confined to the JavaFX thread. */
@UiThread
final class Versions {
  /** So many are kept at hand; older ones are in the history. */
  private static final int MOST = 3;

  private final List<Answer> answers = new ArrayList<>();
  private PanelState.Missing missing = PanelState.Missing.NONE;
  private int shown;

  /** Adds a version, which is the one that is shown. */
  void add(Answer answer) {
    answers.add(answer);
    if (answers.size() > MOST) {
      answers.removeFirst();
    }
    shown = answers.size() - 1;
  }

  /**
   * Adds a version that waits its turn; one that says nothing new is only counted.
   *
   * @return whether there is one more now
   */
  boolean addBehind(Answer answer) {
    String text = answer.text().strip();
    if (text.isEmpty()) {
      missing = missing.oneMoreEmpty();
      return false;
    }
    if (answers.stream().anyMatch(known -> known.text().strip().equals(text))) {
      missing = missing.oneMoreEqual();
      return false;
    }
    answers.add(answer);
    if (answers.size() > MOST) {
      int oldest = shown == 0 ? 1 : 0;
      answers.remove(oldest);
      shown -= oldest == 0 ? 1 : 0;
    }
    return true;
  }

  /** One that was asked for does not come. */
  void fail(String sentence) {
    missing = missing.failed(sentence);
  }

  boolean isEmpty() {
    return answers.isEmpty();
  }

  int size() {
    return answers.size();
  }

  /** The one that is shown is known better now. */
  void update(Answer answer) {
    answers.set(shown, answer);
  }

  /** Shows the newest one. */
  Answer last() {
    shown = answers.size() - 1;
    return answers.getLast();
  }

  /** Shows the next one, or with -1 the one before; round the ends. */
  Answer step(int by) {
    shown = Math.floorMod(shown + by, answers.size());
    return answers.get(shown);
  }

  /** For the panel. */
  PanelState.Variants place() {
    return new PanelState.Variants(shown + 1, answers.size(), missing);
  }

  List<Answer> all() {
    return List.copyOf(answers);
  }

  void clear() {
    answers.clear();
    missing = PanelState.Missing.NONE;
  }
}
