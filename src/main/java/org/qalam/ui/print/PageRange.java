package org.qalam.ui.print;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages that follow each other, counted from 0.
 *
 * @param last included
 */
record PageRange(int first, int last) {
  private static final Pattern WRITTEN =
      Pattern.compile("(\\p{Nd}{1,5})(?:\\s*[-\u2013]\\s*(\\p{Nd}{1,5}))?");

  /**
   * As people write it, counting from 1: {@code 3} or {@code 2-5}, in whatever digits; nothing
   * means all.
   *
   * @param count of all pages
   * @return empty where it is something else, or beyond the last page
   */
  static Optional<PageRange> of(String words, int count) {
    if (words.isBlank()) {
      return Optional.of(new PageRange(0, count - 1));
    }
    Matcher written = WRITTEN.matcher(words.strip());
    if (!written.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(written.group(1));
    int last = written.group(2) == null ? first : Integer.parseInt(written.group(2));
    return first >= 1 && first <= last && last <= count
        ? Optional.of(new PageRange(first - 1, last - 1))
        : Optional.empty();
  }

  int count() {
    return last - first + 1;
  }
}
