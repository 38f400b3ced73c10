package org.qalam.ui.editor;

import java.util.List;
import org.qalam.document.TextRange;
import org.qalam.ui.assistant.TextTarget;

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

  /**
   * Replaces several passages, in reading order, in one undo step: many of them in several goes.
   *
   * @param then is called when all are replaced
   */
  void replaceAll(List<TextTarget.Replacement> replacements, Runnable then);

  /** Makes at once what is being made in several goes. */
  void settle();

  /** Marks these passages, which move with the text, and no others. */
  void mark(List<TextTarget.Mark> marks);

  /** Puts the caret to the passage's start and scrolls there. */
  void reveal(TextRange range);

  /** Selects a passage and scrolls there. */
  void select(TextRange range);

  /** Marks a passage until the handle is closed. */
  AutoCloseable highlight(TextRange range);

  void requestFocus();
}
