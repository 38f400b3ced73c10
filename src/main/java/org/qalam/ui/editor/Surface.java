package org.qalam.ui.editor;

import org.qalam.document.TextRange;

/** What the view model asks of the control that shows the text. Confined to the JavaFX thread. */
interface Surface {
  String text();

  TextRange selection();

  int caret();

  /** Shows another document's text; its undo history begins here. */
  void open(String text, int caret);

  /** Replaces a passage in one undo step, selects what is new, scrolls to it. */
  void replace(TextRange range, String text, TextRange selected);

  /** Marks a passage until the handle is closed. */
  AutoCloseable highlight(TextRange range);

  void requestFocus();
}
