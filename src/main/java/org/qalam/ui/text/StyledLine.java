package org.qalam.ui.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A paragraph or a line of one, in pieces of different looks.
 *
 * @param runs in reading order
 * @param style a style class of the whole line, or empty
 * @param isRightToLeft direction of its paragraph
 */
public record StyledLine(List<Run> runs, String style, boolean isRightToLeft) {
  public StyledLine {
    runs = List.copyOf(runs);
  }

  /**
   * A piece of one look.
   *
   * @param style a style class, or empty
   */
  public record Run(String text, String style) {}

  /** A paragraph of these pieces, running as its first strong character says. */
  public static StyledLine paragraph(List<Run> runs, String style) {
    StringBuilder all = new StringBuilder();
    runs.forEach(run -> all.append(run.text()));
    return new StyledLine(runs, style, TextDirection.isRightToLeft(all));
  }

  /** Paragraphs of plain text, one a line of it. */
  public static List<StyledLine> plain(String text) {
    return text.lines().map(line -> paragraph(List.of(new Run(line, "")), "")).toList();
  }

  /** The text without its looks. */
  public String text() {
    StringBuilder all = new StringBuilder();
    runs.forEach(run -> all.append(run.text()));
    return all.toString();
  }

  /** The part from {@code start} to {@code end}, in the paragraph's direction. */
  StyledLine slice(int start, int end) {
    List<Run> inside = new ArrayList<>();
    int offset = 0;
    for (Run run : runs) {
      int from = Math.max(start, offset) - offset;
      int to = Math.min(end, offset + run.text().length()) - offset;
      if (from < to) {
        inside.add(new Run(run.text().substring(from, to), run.style()));
      }
      offset += run.text().length();
    }
    return new StyledLine(inside, style, isRightToLeft);
  }
}
