package org.qalam.search;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.qalam.document.TextRange;

/**
 * Some words of a text as one line.
 *
 * @param text with an ellipsis where the text goes on before or behind it
 * @param marks what of it was asked for, in its order, none over another
 */
public record Snippet(String text, List<TextRange> marks) {
  /** Characters of a snippet, about: two lines of a narrow column. */
  static final int LENGTH = 150;

  /** Characters before the first word that was asked for. */
  private static final int LEAD = 30;

  private static final String MORE = "…";

  public Snippet {
    marks = List.copyOf(marks);
  }

  /**
   * Something that was asked for, in a text.
   *
   * @param part of the question that it answers
   */
  record Match(TextRange range, Object part) {}

  /** A snippet with the place in the text of the first mark in it. */
  record Cut(Snippet snippet, TextRange place) {}

  /**
   * The same, beginning so that a narrow line shows the first mark.
   *
   * @param lead characters before it, at most
   */
  public Snippet near(int lead) {
    int first = marks.isEmpty() ? 0 : marks.getFirst().start();
    if (first <= lead) {
      return this;
    }
    int space = text.indexOf(' ', first - lead);
    int from = space >= 0 && space < first ? space + 1 : first;
    int moved = MORE.length() - from;
    return new Snippet(
        MORE + text.substring(from),
        marks.stream()
            .map(mark -> new TextRange(mark.start() + moved, mark.end() + moved))
            .toList());
  }

  /** The beginning of a text. */
  static Snippet beginning(String text) {
    int from = 0;
    while (from < text.length()
        && (Character.isWhitespace(text.charAt(from)) || text.charAt(from) == '#')) {
      from++;
    }
    return cut(text, from, end(text, from), List.of());
  }

  /**
   * The words around those matches that answer most parts of a question within a snippet's length;
   * of several such places the first.
   *
   * @param matches at least one
   */
  static Cut around(String text, List<Match> matches) {
    List<Match> sorted =
        matches.stream()
            .sorted(
                Comparator.comparingInt((Match match) -> match.range().start())
                    .thenComparingInt(match -> match.range().end()))
            .toList();
    int best = 0;
    int most = 0;
    for (int first = 0; first < sorted.size(); first++) {
      Set<Object> parts = new HashSet<>();
      int limit = sorted.get(first).range().start() + LENGTH - LEAD;
      for (int i = first; i < sorted.size() && sorted.get(i).range().end() <= limit; i++) {
        parts.add(sorted.get(i).part());
      }
      if (parts.size() > most) {
        most = parts.size();
        best = first;
      }
    }
    TextRange place = sorted.get(best).range();
    int from = start(text, place.start());
    int to = Math.max(end(text, from), place.end());
    List<TextRange> marks = joined(sorted.subList(best, sorted.size()), to);
    return new Cut(cut(text, from, to, marks), place);
  }

  /** Ranges that touch or lie over each other become one. */
  static List<TextRange> joined(List<Match> sorted, int to) {
    List<TextRange> marks = new ArrayList<>();
    for (Match match : sorted) {
      TextRange range = match.range();
      if (range.end() > to) {
        continue;
      }
      if (!marks.isEmpty() && range.start() < marks.getLast().end()) {
        TextRange last = marks.removeLast();
        marks.add(new TextRange(last.start(), Math.max(last.end(), range.end())));
      } else {
        marks.add(range);
      }
    }
    return marks;
  }

  /** Where a snippet begins that has {@code at}: at a line's or a word's beginning before it. */
  private static int start(String text, int at) {
    int least = Math.max(0, at - LEAD);
    int line = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
    if (line >= least && line <= at) {
      return line;
    }
    int space = text.indexOf(' ', least);
    return space >= 0 && space < at ? space + 1 : least == 0 ? 0 : at;
  }

  private static int end(String text, int from) {
    if (text.length() - from <= LENGTH) {
      return text.length();
    }
    int space = text.lastIndexOf(' ', from + LENGTH);
    if (space > from + LENGTH / 2) {
      return space;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    int to = Math.min(text.length(), from + LENGTH + 100);
    String near = text.substring(from, to);
    characters.setText(near);
    return from + (characters.isBoundary(LENGTH) ? LENGTH : characters.preceding(LENGTH));
  }

  /** White space becomes single spaces, and the marks move with what is left. */
  private static Snippet cut(String text, int from, int to, List<TextRange> marks) {
    StringBuilder line = new StringBuilder(from > 0 && !marks.isEmpty() ? MORE : "");
    int[] places = new int[to - from + 1];
    for (int i = from; i < to; i++) {
      places[i - from] = line.length();
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        line.append(c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    places[to - from] = line.length();
    int kept = line.length();
    while (kept > 0 && line.charAt(kept - 1) == ' ') {
      kept--;
    }
    line.setLength(kept);
    List<TextRange> moved = new ArrayList<>();
    for (TextRange mark : marks) {
      int start = places[mark.start() - from];
      int end = Math.min(kept, places[mark.end() - from]);
      if (mark.start() >= from && end > start) {
        moved.add(new TextRange(start, end));
      }
    }
    boolean goesOn = !text.substring(to, Math.min(text.length(), to + 1_000)).isBlank();
    return new Snippet(goesOn ? line.append(MORE).toString() : line.toString(), moved);
  }
}
