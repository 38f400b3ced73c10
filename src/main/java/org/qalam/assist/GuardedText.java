package org.qalam.assist;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /** Characters before a change in which a sentence has begun, or what is before it tells so. */
  private static final int CONTEXT = 200;

  private final String text;
  private final List<TextRange> quotations;
  private final List<TextRange> codes;
  private final List<TextRange> names;
  private final Set<String> words;

  public GuardedText(String text) {
    this.text = text;
    this.quotations = places(QUOTATIONS, text);
    this.codes = places(CODES, text);
    this.names = Names.in(text);
    this.words =
        Names.words(text).stream()
            .map(word -> word.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
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
    if (!Dates.in(before).equals(Dates.in(after))) {
      touched.add(Guard.DATE);
    }
    if (touchesName(changed, replacement, after)) {
      touched.add(Guard.NAME);
    }
    if (!isInside(codes, changed) && changesShape(changed, replacement)) {
      touched.add(Guard.STRUCTURE);
    }
    return touched;
  }

  /** Whether a name goes or is written otherwise, or one comes that is nowhere in the text. */
  private boolean touchesName(TextRange changed, String replacement, String after) {
    Set<String> there = Names.words(after);
    boolean goes =
        names.stream()
            .filter(name -> changed.start() < name.end() && changed.end() > name.start())
            .anyMatch(name -> !there.containsAll(Names.words(name.of(text))));
    // In its place, for a capital at the beginning of a sentence says nothing.
    int from = Math.max(0, changed.start() - CONTEXT);
    String around = text.substring(from, changed.start()) + replacement;
    boolean comes =
        Names.of(around).stream()
            .flatMap(name -> Names.words(name).stream())
            .filter(word -> replacement.contains(word))
            .anyMatch(word -> !words.contains(word.toLowerCase(Locale.ROOT)));
    return goes || comes;
  }

  private boolean changesShape(TextRange changed, String replacement) {
    int from = text.lastIndexOf('\n', changed.start() - 1) + 1;
    int next = text.indexOf('\n', changed.end());
    int to = next < 0 ? text.length() : next;
    String after =
        text.substring(from, changed.start()) + replacement + text.substring(changed.end(), to);
    return !MarkdownShape.of(text.substring(from, to)).equals(MarkdownShape.of(after));
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
