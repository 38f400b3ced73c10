package org.fxmisc.richtext;

import javafx.scene.control.IndexRange;

/**
 * Tells what a piece of a selection covers, which RichTextFX tells to its own package only (see
 * decision 0086).
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
}
