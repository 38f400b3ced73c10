package org.qalam.document;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * What a list shows of a text. It is worked out once, when a text is saved.
 *
 * <p>The title is the writer's; else the text's first line that is not blank, without Markdown
 * heading marks, cut at a word near {@value #TITLE_LENGTH} characters; else empty. Cuts never split
 * what a reader takes for one character.
 *
 * @param title empty only for a blank text without a title
 * @param preview start of the text after the title, as one line of at most {@value #PREVIEW_LENGTH}
 *     characters
 * @param words see {@link #countWords}
 */
public record TextSummary(String title, String preview, int words) {
  /** Longest title that is taken from a text, in UTF-16 units. */
  public static final int TITLE_LENGTH = 80;

  /** Longest preview, in UTF-16 units. */
  public static final int PREVIEW_LENGTH = 160;

  /**
   * Sums up a text.
   *
   * @param givenTitle the writer's title; blank where it follows the text
   * @param text Markdown
   */
  public static TextSummary of(String givenTitle, String text) {
    String given = cleanTitle(givenTitle);
    int from = 0;
    String firstLine = "";
    while (from < text.length() && firstLine.isEmpty()) {
      int end = lineEnd(text, from);
      firstLine = oneLine(withoutHeadingMarks(text.substring(from, Math.min(end, from + 4096))));
      from = end + 1;
    }
    boolean titleIsFirstLine = given.isEmpty() || given.equals(firstLine);
    String title = given.isEmpty() ? cutAtWord(firstLine, TITLE_LENGTH) : given;
    return new TextSummary(
        title,
        preview(text, titleIsFirstLine ? Math.min(from, text.length()) : 0),
        countWords(text));
  }

  /** A writer's title as it is kept: one line without blanks around it. */
  public static String cleanTitle(String title) {
    return oneLine(title);
  }

  /**
   * Number of words: runs between blanks that hold a letter or a digit; where a script is written
   * without blanks (Chinese, Japanese), each ideograph counts.
   */
  public static int countWords(CharSequence text) {
    int words = 0;
    boolean inWord = false;
    int length = text.length();
    for (int i = 0; i < length; ) {
      int c = Character.codePointAt(text, i);
      i += Character.charCount(c);
      if (Character.isIdeographic(c)) {
        words++;
        inWord = false;
      } else if (isBlank(c)) {
        inWord = false;
      } else if (!inWord && Character.isLetterOrDigit(c)) {
        words++;
        inWord = true;
      }
    }
    return words;
  }

  private static String preview(String text, int from) {
    StringBuilder preview = new StringBuilder();
    int at = from;
    while (at < text.length() && preview.length() <= PREVIEW_LENGTH) {
      int end = lineEnd(text, at);
      String line =
          oneLine(withoutHeadingMarks(text.substring(at, Math.min(end, at + 2 * PREVIEW_LENGTH))));
      if (!line.isEmpty()) {
        preview.append(preview.isEmpty() ? "" : " ").append(line);
      }
      at = end + 1;
    }
    return cutAtWord(preview.toString(), PREVIEW_LENGTH);
  }

  private static int lineEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** An ATX heading is one to six number signs and a blank; more of them may close it. */
  private static String withoutHeadingMarks(String line) {
    String stripped = line.strip();
    int marks = 0;
    while (marks < stripped.length() && stripped.charAt(marks) == '#') {
      marks++;
    }
    if (marks == 0 || marks > 6) {
      return line;
    }
    if (marks == stripped.length()) {
      return "";
    }
    if (!isBlank(stripped.codePointAt(marks))) {
      return line;
    }
    String heading = stripped.substring(marks).strip();
    int end = heading.length();
    while (end > 0 && heading.charAt(end - 1) == '#') {
      end--;
    }
    boolean closed = end == 0 || isBlank(heading.codePointBefore(end));
    return closed ? heading.substring(0, end) : heading;
  }

  /** Blanks and control characters become single spaces, none at the ends. */
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBlank(c)) {
        gap = !line.isEmpty();
      } else {
        if (gap) {
          line.append(' ');
          gap = false;
        }
        line.appendCodePoint(c);
      }
    }
    return line.toString();
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  private static String cutAtWord(String line, int limit) {
    if (line.length() <= limit) {
      return line;
    }
    int blank = line.lastIndexOf(' ', limit);
    if (blank > limit / 2) {
      return line.substring(0, blank);
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(line);
    int cut = characters.isBoundary(limit) ? limit : characters.preceding(limit);
    return line.substring(0, cut);
  }
}
