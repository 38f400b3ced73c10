package org.qalam.search;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.qalam.document.Sentences;
import org.qalam.document.TextRange;

/**
 * Cuts a text into passages: paragraphs, of which very short ones and lines without a blank one
 * between them go together, and long ones are cut between sentences.
 */
public final class Passages {
  /** Characters of a passage, about: a few sentences, so that a citation leads to the place. */
  static final int LENGTH = 240;

  /** A shorter paragraph goes together with the next one: it may be a greeting or a name. */
  private static final int SHORT = 60;

  private static final Pattern HEADING = Pattern.compile("\\s{0,3}#{1,6}\\s+(.*?)\\s*#*\\s*");

  private final String text;
  private final List<Passage> passages = new ArrayList<>();
  private String heading = "";
  private int start = -1;
  private int end;
  private boolean isParted; // by a blank line from what is next

  private Passages(String text) {
    this.text = text;
  }

  /** The passages of a text, in its order. What is only white space or a heading is in none. */
  public static List<Passage> of(String text) {
    Passages cut = new Passages(text);
    int from = 0;
    while (from < text.length()) {
      int next = text.indexOf('\n', from);
      int to = next < 0 ? text.length() : next;
      cut.line(from, to);
      from = to + 1;
    }
    cut.close();
    return List.copyOf(cut.passages);
  }

  private void line(int from, int to) {
    String line = text.substring(from, to);
    Matcher title = HEADING.matcher(line);
    if (title.matches()) {
      close();
      heading = title.group(1);
    } else if (line.isBlank()) {
      isParted = true;
    } else {
      for (TextRange sentence :
          line.length() > 2 * LENGTH ? sentences(from, to) : whole(from, to)) {
        add(sentence.start(), sentence.end());
        isParted = false;
      }
    }
  }

  private static List<TextRange> whole(int from, int to) {
    return List.of(new TextRange(from, to));
  }

  private List<TextRange> sentences(int from, int to) {
    return Sentences.of(text.substring(from, to)).stream()
        .map(range -> new TextRange(from + range.start(), from + range.end()))
        .flatMap(this::bounded)
        .toList();
  }

  /** A sentence without end is cut at white space, and where there is none anywhere. */
  private Stream<TextRange> bounded(TextRange sentence) {
    List<TextRange> parts = new ArrayList<>();
    int from = sentence.start();
    while (sentence.end() - from > 2 * LENGTH) {
      int space = text.lastIndexOf(' ', from + 2 * LENGTH);
      int to = space > from + LENGTH ? space + 1 : from + 2 * LENGTH;
      to -= Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
      parts.add(new TextRange(from, to));
      from = to;
    }
    parts.add(new TextRange(from, sentence.end()));
    return parts.stream();
  }

  private void add(int from, int to) {
    if (start >= 0 && (to - start > LENGTH || (isParted && end - start > SHORT))) {
      close();
    }
    start = start < 0 ? from : start;
    end = to;
  }

  private void close() {
    if (start >= 0) {
      String part = text.substring(start, end);
      int from = start + part.length() - part.stripLeading().length();
      String said = part.strip();
      if (!said.isEmpty()) {
        passages.add(new Passage(new TextRange(from, from + said.length()), said, heading));
      }
    }
    start = -1;
  }
}
