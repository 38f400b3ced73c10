package org.qalam.assist;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.qalam.document.TextRange;

/**
 * A text in which some things are the writer's to change: a model that mends a comma may mend a
 * number with it. Found by plain code, for any model and language. Belongs to no thread.
 */
public final class GuardedText {
  private static final Pattern NUMBERS =
      Pattern.compile("\\p{Nd}+(?:[.,:/\u066B\u066C-]\\p{Nd}+)*");
  private static final Pattern SIGNS_AT_END = Pattern.compile("[.,;:!?)\\]}>\u060C\u061B\u061F]+$");
  private static final Pattern QUOTATIONS =
      Pattern.compile(
          "\"[^\"\\n]+\"|\u201C[^\u201D\\n]+\u201D|\u201E[^\u201C\\n]+\u201C|\u00AB[^\u00BB\\n]+\u00BB|\uFD3F[^\uFD3E\\n]+\uFD3E|\uFD3E[^\uFD3F\\n]+\uFD3F");
  private static final Pattern CODES =
      Pattern.compile("```.*?(?:```|\\z)|`[^`\\n]+`", Pattern.DOTALL);

  private final String text;
  private final List<TextRange> quotations;
  private final List<TextRange> codes;

  public GuardedText(String text) {
    this.text = text;
    this.quotations = places(QUOTATIONS, text);
    this.codes = places(CODES, text);
  }

  /**
   * What one change touches.
   *
   * @param changed what of the text is replaced; empty for an insertion
   * @param replacement what comes in its place
   */
  public Set<Guard> touchedBy(TextRange changed, String replacement) {
    Set<Guard> touched = EnumSet.noneOf(Guard.class);
    // A number or an address may go on beside the change.
    int from = changed.start();
    while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    int to = changed.end();
    while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
      to++;
    }
    String before = text.substring(from, to);
    String after =
        text.substring(from, changed.start()) + replacement + text.substring(changed.end(), to);
    if (!numbers(before).equals(numbers(after))) {
      touched.add(Guard.NUMBER);
    }
    if (!links(before).equals(links(after))) {
      touched.add(Guard.LINK);
    }
    if (isInside(quotations, changed)) {
      touched.add(Guard.QUOTATION);
    }
    if (isInside(codes, changed)) {
      touched.add(Guard.CODE);
    }
    return touched;
  }

  /** Every number of a text, its digits brought to 0 to 9. */
  static List<String> numbers(String text) {
    return NUMBERS.matcher(text).results().map(found -> inDigits(found.group())).toList();
  }

  private static String inDigits(String number) {
    StringBuilder digits = new StringBuilder();
    number
        .codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(digits::appendCodePoint);
    return digits.toString();
  }

  /** Every address of a text, without the signs of the sentence behind it. */
  static List<String> links(String text) {
    return Fidelity.ADDRESS
        .matcher(text)
        .results()
        .map(found -> SIGNS_AT_END.matcher(found.group()).replaceFirst(""))
        .toList();
  }

  /** Every quotation of a text, its marks included. */
  static List<String> quotations(String text) {
    return places(QUOTATIONS, text).stream().map(place -> place.of(text)).toList();
  }

  private static List<TextRange> places(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> new TextRange(found.start(), found.end()))
        .toList();
  }

  private static boolean isInside(List<TextRange> places, TextRange changed) {
    return places.stream()
        .anyMatch(place -> changed.start() < place.end() && changed.end() > place.start());
  }
}
