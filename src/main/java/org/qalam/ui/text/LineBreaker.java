package org.qalam.ui.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Breaks a paragraph into lines where the Unicode line breaking rules allow it, by measured widths,
 * so that no text node has to wrap itself. Lines before the last one do not change when text is
 * appended.
 */
public final class LineBreaker {
  private final ToDoubleFunction<String> widthOf;

  /**
   * @param widthOf width of a piece of text in pixels
   */
  public LineBreaker(ToDoubleFunction<String> widthOf) {
    this.widthOf = widthOf;
  }

  /**
   * Where lines start, the first one at {@code from}. A word wider than a line is broken between
   * characters; white space at a line's end may hang over. Where a line may end depends on what
   * stands before it (a number's full stop, but not that of a word with a digit at its end), so the
   * rules see the paragraph from its beginning.
   *
   * @param from where a line of the paragraph starts
   * @param width of a line, in pixels
   */
  public List<Integer> lineStarts(String paragraph, int from, double width) {
    List<Integer> starts = new ArrayList<>();
    starts.add(from);
    BreakIterator pieces = BreakIterator.getLineInstance();
    pieces.setText(paragraph);
    double used = 0;
    int start = from;
    int end = from == paragraph.length() ? BreakIterator.DONE : pieces.following(from);
    for (; end != BreakIterator.DONE; start = end, end = pieces.next()) {
      String piece = paragraph.substring(start, end);
      String word = piece.stripTrailing();
      double wordWidth = widthOf.applyAsDouble(word);
      if (used > 0 && used + wordWidth > width) {
        starts.add(start);
        used = 0;
      }
      if (wordWidth > width) {
        used = breakWord(word, start, width, starts);
      } else {
        used += wordWidth;
      }
      used += widthOf.applyAsDouble(" ") * (piece.length() - word.length());
    }
    return starts;
  }

  /** Returns the width of what is left of the word on its last line. */
  private double breakWord(String word, int offset, double width, List<Integer> starts) {
    BreakIterator characters = BreakIterator.getCharacterInstance();
    characters.setText(word);
    int lineStart = characters.first();
    int last = lineStart;
    for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
      if (last > lineStart && widthOf.applyAsDouble(word.substring(lineStart, end)) > width) {
        starts.add(offset + last);
        lineStart = last;
      }
      last = end;
    }
    return widthOf.applyAsDouble(word.substring(lineStart));
  }
}
