package org.qalam.ui.editor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.ui.text.TextDirection;

/**
 * Which way a paragraph runs against its first letter: Unicode's invisible mark for the other
 * direction stands before its text (UAX 9, implicit directional marks). So it is kept with the
 * text, in files too, and every other program understands it.
 */
final class ParagraphDirection {
  /** What makes a heading, a quotation or an entry of a list, which the mark may not part. */
  private static final Pattern BLOCK =
      Pattern.compile("^\\s*(?:#{1,6}\\s+|>\\s?|[-*+]\\s+|\\p{Nd}{1,3}[.)]\\s+)?");

  /**
   * What is to be put into a paragraph.
   *
   * @param column where
   * @param removed how many characters go there
   * @param inserted what comes there
   */
  record Change(int column, int removed, String inserted) {
    /** The same in a text in which the paragraph starts here. */
    Change at(int start) {
      return new Change(start + column, removed, inserted);
    }
  }

  private ParagraphDirection() {}

  /**
   * What makes {@code paragraph} run that way; empty where it does.
   *
   * @param above whether it runs to the left where it has no letter that says so
   */
  static Optional<Change> change(String paragraph, boolean above, boolean rightToLeft) {
    if (TextDirection.isRightToLeft(paragraph, above) == rightToLeft) {
      return Optional.empty();
    }
    Matcher block = BLOCK.matcher(paragraph);
    int column = block.find() ? block.end() : 0;
    int end = column;
    while (end < paragraph.length() && TextDirection.isMark(paragraph.charAt(end))) {
      end++;
    }
    String bare = paragraph.substring(end);
    String mark =
        TextDirection.isRightToLeft(bare, above) == rightToLeft
            ? ""
            : String.valueOf(
                rightToLeft ? TextDirection.RIGHT_TO_LEFT_MARK : TextDirection.LEFT_TO_RIGHT_MARK);
    return Optional.of(new Change(column, end - column, mark));
  }
}
