package org.qalam.ui.editor;

import org.qalam.document.TextRange;

/** What the view model asks of the control that shows the text. Confined to the JavaFX thread. */
interface Surface {
  String text();

  TextRange selection();

  int caret();

  /** A text made ready to be shown; it belongs to no thread. */
  interface Page {
    String text();
  }

  /** Makes a text ready to be shown. On any thread, as it takes long for a long text. */
  Page prepare(String text);

  /** Shows another document's text; its undo history begins here. */
  void open(Page page, int caret);

  /** Replaces a passage in one undo step, selects what is new, scrolls to it. */
  void replace(TextRange range, String text, TextRange selected);

  /** Marks a passage until the handle is closed. */
  AutoCloseable highlight(TextRange range);

  void requestFocus();
}
