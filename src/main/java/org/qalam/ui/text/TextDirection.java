package org.qalam.ui.text;

import javafx.geometry.NodeOrientation;

/** Which way a paragraph runs, by its first strong character (Unicode TR 9, rules P2 and P3). */
public final class TextDirection {
  /** Unicode's invisible mark that counts as a letter of a left-to-right script. */
  public static final char LEFT_TO_RIGHT_MARK = '\u200E';

  /** Unicode's invisible mark that counts as a letter of a right-to-left script. */
  public static final char RIGHT_TO_LEFT_MARK = '\u200F';

  private TextDirection() {}

  /** Whether this is one of the two marks, for which few fonts have a glyph. */
  public static boolean isMark(char c) {
    return c == LEFT_TO_RIGHT_MARK || c == RIGHT_TO_LEFT_MARK;
  }

  /** The text without the two marks, as it is drawn. */
  public static String withoutMarks(String text) {
    return text.replaceAll("[\u200E\u200F]", "");
  }

  /** Whether the first strong character is a right-to-left one. */
  public static boolean isRightToLeft(CharSequence paragraph) {
    return isRightToLeft(paragraph, false);
  }

  /** Whether there is a strong character: without one it runs as what is around it. */
  public static boolean isDecidedBy(CharSequence paragraph) {
    return isRightToLeft(paragraph, true) == isRightToLeft(paragraph, false);
  }

  /**
   * Whether the first strong character is a right-to-left one.
   *
   * @param otherwise the answer where there is none
   */
  public static boolean isRightToLeft(CharSequence paragraph, boolean otherwise) {
    for (int i = 0; i < paragraph.length(); ) {
      int codePoint = Character.codePointAt(paragraph, i);
      switch (Character.getDirectionality(codePoint)) {
        case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
          return false;
        }
        case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
          return true;
        }
        default -> i += Character.charCount(codePoint);
      }
    }
    return otherwise;
  }

  /** Whether any character runs from right to left. */
  public static boolean hasRightToLeft(CharSequence text) {
    return text.codePoints()
        .anyMatch(codePoint -> {
          byte direction = Character.getDirectionality(codePoint);
          return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
              || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
              || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
        });
  }

  /** The orientation for a node that shows this paragraph. */
  public static NodeOrientation of(CharSequence paragraph) {
    return isRightToLeft(paragraph) ? NodeOrientation.RIGHT_TO_LEFT : NodeOrientation.LEFT_TO_RIGHT;
  }
}
