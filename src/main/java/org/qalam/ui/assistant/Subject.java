package org.qalam.ui.assistant;

import org.qalam.document.TextRange;
import org.qalam.document.TextSummary;

/**
 * The passage that an action works on.
 *
 * @param kind how it was found
 * @param range where it is, without white space around it
 * @param words number of its words
 */
record Subject(Kind kind, TextRange range, int words) {
  /**
   * Without a selection, a text of at most this many words is taken whole: about what the starter
   * model proofreads well in one go.
   */
  static final int WHOLE_DOCUMENT_WORDS = 250;

  /** How a passage was found. */
  enum Kind {
    /** The writer selected it. */
    SELECTION,
    /** Nothing was selected and the document is short. */
    DOCUMENT,
    /** Nothing was selected in a longer document: the paragraph at the caret. */
    PARAGRAPH,
    /** What stands before the caret, for an action that goes on writing. */
    BEFORE_CARET,
    /** There is no text at the caret. */
    NOTHING
  }

  /** The passage for an action that works on a passage. */
  static Subject of(String text, TextRange selection) {
    TextRange selected = trim(text, clamp(text, selection));
    if (!selected.isEmpty()) {
      return of(Kind.SELECTION, text, selected);
    }
    TextRange whole = trim(text, new TextRange(0, text.length()));
    if (TextSummary.countWords(whole.of(text)) <= WHOLE_DOCUMENT_WORDS) {
      return whole.isEmpty() ? nothing(text, selection) : of(Kind.DOCUMENT, text, whole);
    }
    TextRange paragraph = trim(text, paragraph(text, clamp(text, selection).start()));
    return paragraph.isEmpty() ? nothing(text, selection) : of(Kind.PARAGRAPH, text, paragraph);
  }

  /** The passage for an action that goes on writing: the selection, or what leads to the caret. */
  static Subject before(String text, TextRange selection) {
    TextRange selected = trim(text, clamp(text, selection));
    if (!selected.isEmpty()) {
      return of(Kind.SELECTION, text, selected);
    }
    int end = paragraph(text, clamp(text, selection).start()).end();
    int start = end;
    while (start > 0) {
      int before = paragraph(text, start - 1).start();
      if (start < end
          && TextSummary.countWords(text.substring(before, end)) > WHOLE_DOCUMENT_WORDS) {
        break;
      }
      start = before;
    }
    TextRange lead = trim(text, new TextRange(start, end));
    return lead.isEmpty() ? nothing(text, selection) : of(Kind.BEFORE_CARET, text, lead);
  }

  /** The passage of a request that is made again. */
  static Subject at(String text, TextRange range) {
    return of(Kind.SELECTION, text, clamp(text, range));
  }

  /** Where the paragraph at {@code caret} ends. */
  static int endOfParagraph(String text, int caret) {
    int end = text.indexOf('\n', caret);
    return end < 0 ? text.length() : end;
  }

  private static Subject of(Kind kind, String text, TextRange range) {
    return new Subject(kind, range, TextSummary.countWords(range.of(text)));
  }

  private static Subject nothing(String text, TextRange selection) {
    int caret = clamp(text, selection).start();
    return new Subject(Kind.NOTHING, new TextRange(caret, caret), 0);
  }

  private static TextRange clamp(String text, TextRange range) {
    int end = Math.min(range.end(), text.length());
    return new TextRange(Math.min(range.start(), end), end);
  }

  private static TextRange paragraph(String text, int caret) {
    int start = text.lastIndexOf('\n', caret - 1) + 1;
    return new TextRange(start, endOfParagraph(text, caret));
  }

  private static TextRange trim(String text, TextRange range) {
    int start = range.start();
    int end = range.end();
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new TextRange(start, end);
  }
}
