package org.fxmisc.richtext;

import java.util.OptionalInt;
import javafx.scene.control.IndexRange;

/**
 * Tells what a piece of a selection covers, which RichTextFX tells to its own package only (see
 * decisions 0086 and 0102).
 */
public final class SelectionRanges {
  private SelectionRanges() {}

  /**
   * The part of a paragraph that {@code path} marks, in columns; one past the paragraph's length
   * where the end of the paragraph is marked too.
   */
  public static IndexRange of(SelectionPath path) {
    return path.rangeProperty().getValue();
  }

  /** The number of the paragraph that {@code path} is drawn in; empty where it is in none. */
  public static OptionalInt paragraph(SelectionPath path) {
    return path.getParent() != null
            && path.getParent().getParent() instanceof ParagraphBox<?, ?, ?> box
        ? OptionalInt.of(box.getIndex())
        : OptionalInt.empty();
  }
}
