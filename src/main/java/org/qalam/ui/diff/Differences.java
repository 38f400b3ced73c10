package org.qalam.ui.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.qalam.ui.diff.ReadableChanges.Span;
import org.qalam.ui.text.StyledLine;

/**
 * Two texts of any length compared paragraph by paragraph, and word by word where paragraphs
 * differ. Of what did not change a paragraph around each change is shown. Any thread; two texts of
 * 200,000 characters take some tens of milliseconds where little of them differs.
 */
public final class Differences {
  /** Paragraphs before and after a change, so that one sees where it is. */
  private static final int AROUND = 1;

  /** Blank lines do not count as paragraphs around a change, but this many lines are the most. */
  private static final int MOST_AROUND = 3;

  private final List<String> before;
  private final List<String> after;
  private final IntFunction<String> leftOut;
  private final List<StyledLine> lines = new ArrayList<>();

  private Differences(List<String> before, List<String> after, IntFunction<String> leftOut) {
    this.before = before;
    this.after = after;
    this.leftOut = leftOut;
  }

  /**
   * What has to be done to one text for the other to come about.
   *
   * @param leftOut words for paragraphs that are left out, by their number
   * @return paragraphs; none where the texts are equal
   */
  public static List<StyledLine> between(String before, String after, IntFunction<String> leftOut) {
    if (before.equals(after)) {
      return List.of();
    }
    Differences differences =
        new Differences(List.of(before.split("\n", -1)), List.of(after.split("\n", -1)), leftOut);
    return differences.all();
  }

  private List<StyledLine> all() {
    int done = 0;
    boolean isFirst = true;
    for (Span change : WordDiff.changes(before, after)) {
      keep(done, change.from(), isFirst);
      mark(
          before.subList(change.from(), change.fromEnd()),
          after.subList(change.to(), change.toEnd()));
      done = change.fromEnd();
      isFirst = false;
    }
    int end = around(done, before.size(), 1);
    plain(done, end);
    leaveOut(end, before.size());
    return lines;
  }

  /** What stands before a change: all of it, or its ends with words for what is left out. */
  private void keep(int from, int to, boolean isFirst) {
    int head = isFirst ? from : around(from, to, 1);
    int tail = Math.max(head, around(to - 1, head - 1, -1) + 1);
    plain(from, head);
    leaveOut(head, tail);
    plain(tail, to);
  }

  /** Where to stop when some paragraphs are wanted from here on, in either direction. */
  private int around(int from, int end, int step) {
    int paragraphs = 0;
    int at = from;
    while (at != end && paragraphs < AROUND && Math.abs(at - from) < MOST_AROUND) {
      paragraphs += before.get(at).isBlank() ? 0 : 1;
      at += step;
    }
    return at;
  }

  private void plain(int from, int to) {
    for (String line : before.subList(from, to)) {
      lines.add(StyledLine.paragraph(List.of(new StyledLine.Run(line, "")), ""));
    }
  }

  private void leaveOut(int from, int to) {
    int paragraphs =
        (int) before.subList(from, to).stream().filter(line -> !line.isBlank()).count();
    if (paragraphs > 0) {
      lines.add(
          StyledLine.paragraph(
              List.of(new StyledLine.Run(leftOut.apply(paragraphs), "")), "heading"));
    } else {
      plain(from, to);
    }
  }

  /** Paragraphs in the place of others; those that are alike are compared word by word. */
  private void mark(List<String> gone, List<String> come) {
    WordDiff diff = WordDiff.between(String.join("\n", gone), String.join("\n", come));
    if (!gone.isEmpty() && !come.isEmpty() && !diff.isMostlyChanged()) {
      lines.addAll(MarkedText.of(diff.pieces()));
    } else {
      whole(gone, "deleted");
      whole(come, "inserted");
    }
  }

  private void whole(List<String> paragraphs, String style) {
    // Blank lines between others need no sign of their own.
    boolean isBlank = paragraphs.stream().allMatch(String::isBlank);
    for (String paragraph : paragraphs) {
      String shown = paragraph.isEmpty() && isBlank ? "¶" : paragraph;
      lines.add(StyledLine.paragraph(List.of(new StyledLine.Run(shown, style)), ""));
    }
  }
}
