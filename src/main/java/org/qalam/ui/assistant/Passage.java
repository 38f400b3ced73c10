package org.qalam.ui.assistant;

import org.jspecify.annotations.Nullable;
import org.qalam.document.TextRange;
import org.qalam.task.UiThread;

/**
 * The passage that a request works on, followed through the writer's edits and marked in the text.
 * Confined to the JavaFX thread; closing it twice is harmless.
 */
@UiThread
final class Passage implements AutoCloseable {
  private final TextTarget target;
  private TextTarget.Anchor anchor;
  private @Nullable AutoCloseable mark;
  private boolean lost;

  Passage(TextTarget target, TextRange range) {
    this.target = target;
    this.anchor = target.anchor(range);
  }

  TextTarget.Anchor anchor() {
    return anchor;
  }

  TextRange range() {
    return anchor.range();
  }

  boolean isUnchanged() {
    return !lost && anchor.isUnchanged();
  }

  /** Whether nobody knows where the passage is in the open text. */
  boolean isLost() {
    return lost || anchor.range().end() > target.text().length();
  }

  /** Marks the passage in the text until this is closed. */
  void highlight() {
    if (!lost && !anchor.range().isEmpty()) {
      mark = target.highlight(anchor);
    }
  }

  /** Follows another range from now on. */
  void move(TextRange range) {
    close();
    anchor = target.anchor(range);
    lost = false;
  }

  /** Looks for {@code original} in the open text; anything but one occurrence loses the passage. */
  void find(String original) {
    String text = target.text();
    int start = text.indexOf(original);
    if (original.isBlank()) {
      lost = false;
    } else if (start < 0 || text.indexOf(original, start + 1) >= 0) {
      lost = true;
    } else {
      move(new TextRange(start, start + original.length()));
    }
  }

  /** Marks it no longer; it is followed on. */
  void unmark() {
    AutoCloseable shown = mark;
    mark = null;
    if (shown != null) {
      try {
        shown.close();
      } catch (Exception e) {
        throw new IllegalStateException("the mark of a passage could not be removed", e);
      }
    }
  }

  @Override
  public void close() {
    unmark();
    anchor.close();
  }
}
