package org.qalam.ui.assistant;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.GuardedText;
import org.qalam.assist.Phase;
import org.qalam.document.TextRange;

/**
 * Finds the changes of a correction while it is being written: each part that is certain is
 * compared once. Works on the engine's thread, a part takes a few milliseconds at most, and hands
 * what it finds to the JavaFX thread.
 */
final class GrowingEdits implements Consumer<Phase> {
  private final String original;
  private final Executor ui;
  private final Consumer<Part> found;
  private final Consumer<Phase> next;
  private @Nullable GuardedText guarded;
  private Phase.Reached seen = Phase.Reached.NOTHING;

  /**
   * A part of a correction.
   *
   * @param range what it stands for, in the original
   * @param edits its changes, their places in the original too
   */
  record Part(TextRange range, List<Edit> edits) {
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
      Part part = part(writing);
      ui.execute(() -> found.accept(part));
    }
    next.accept(phase);
  }

  private Part part(Phase.Writing writing) {
    Phase.Reached now = writing.reached();
    TextRange range = new TextRange(seen.original(), now.original());
    GuardedText known = guarded == null ? new GuardedText(original) : guarded;
    guarded = known;
    WordDiff diff =
        WordDiff.between(
            range.of(original), writing.textSoFar().substring(seen.text(), now.text()));
    seen = now;
    return new Part(range, Edit.of(original, known, range.start(), diff));
  }
}
