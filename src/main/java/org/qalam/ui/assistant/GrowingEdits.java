package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.GuardedText;
import org.qalam.assist.Phase;
import org.qalam.document.TextRange;
import org.qalam.ui.diff.WordDiff;

/**
 * Finds the changes of an answer while it is being written: each part that is certain is compared
 * once. Works on the engine's thread, a part takes a few milliseconds at most, and hands what it
 * finds to the JavaFX thread.
 */
final class GrowingEdits implements Consumer<Phase> {
  private final String original;
  private final Executor ui;
  private final Consumer<Part> found;
  private final Consumer<Phase> next;
  private final List<Edit> edits = new ArrayList<>();
  private @Nullable GuardedText guarded;
  private Phase.Reached seen = Phase.Reached.NOTHING;

  /**
   * A part of an answer.
   *
   * @param range what it stands for, in the original
   * @param edits its changes, their places in the original too
   * @param isSound whether it passed its checks
   */
  record Part(TextRange range, List<Edit> edits, boolean isSound) {
    Part {
      edits = List.copyOf(edits);
    }
  }

  /**
   * @param ui runs work on the JavaFX thread
   * @param found takes a part there
   * @param next takes each phase, on the engine's thread
   */
  GrowingEdits(String original, Executor ui, Consumer<Part> found, Consumer<Phase> next) {
    this.original = original;
    this.ui = ui;
    this.found = found;
    this.next = next;
  }

  @Override
  public void accept(Phase phase) {
    if (phase instanceof Phase.Writing writing
        && writing.reached().original() > seen.original()
        && writing.reached().original() <= original.length()) {
      Part part = part(writing.reached(), writing.textSoFar());
      ui.execute(() -> found.accept(part));
    }
    next.accept(phase);
  }

  /**
   * The changes of the whole answer, with those that were found before its end; the rest is told
   * too.
   *
   * @param answer begins with what was certain
   * @param whole compares it with the original
   */
  List<Edit> all(String answer, WordDiff whole) {
    if (seen.equals(Phase.Reached.NOTHING)) {
      return Edit.of(original, answer, whole);
    }
    if (seen.original() < original.length() || seen.text() < answer.length()) {
      Part rest = part(new Phase.Reached(original.length(), answer.length(), true), answer);
      ui.execute(() -> found.accept(rest));
    }
    return List.copyOf(edits);
  }

  private Part part(Phase.Reached now, String text) {
    TextRange range = new TextRange(seen.original(), now.original());
    GuardedText known = guarded == null ? new GuardedText(original) : guarded;
    guarded = known;
    List<Edit> found =
        Rewriting.edits(original, known, range, text.substring(seen.text(), now.text()));
    seen = now;
    edits.addAll(found);
    return new Part(range, found, now.isSound());
  }
}
