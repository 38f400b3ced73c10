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
  private static final Pattern SIGNS_AT_START = Pattern.compile("^[(\\[{<\"'\u201C\u00AB]+");
  private static final Pattern QUOTATIONS =
      Pattern.compile(
          "\"[^\"\\n]+\"|\u201C[^\u201D\\n]+\u201D|\u201E[^\u201C\\n]+\u201C|\u00AB[^\u00BB\\n]+\u00BB|\uFD3F[^\uFD3E\\n]+\uFD3E|\uFD3E[^\uFD3F\\n]+\uFD3F");
  private static final Pattern CODES =
      Pattern.compile("```.*?(?:```|\\z)|`[^`\\n]+`", Pattern.DOTALL);

  /** Characters on either side of a change that tell what it is part of. */
  private static final int CONTEXT = 80;

  private final String text;
  private final List<TextRange> quotations;
  private final List<TextRange> codes;
  private final List<TextRange> names;

  public GuardedText(String text) {
    this.text = text;
    this.quotations = places(QUOTATIONS, text);
    this.codes = places(CODES, text);
    this.names = Names.in(text);
  }

  /**
   * What one change touches. Looks at what is near it only, however long the text is.
   *
   * @param changed what of the text is replaced; empty for an insertion
   * @param replacement what comes in its place
   */
  public Set<Guard> touchedBy(TextRange changed, String replacement) {
    Set<Guard> touched = EnumSet.noneOf(Guard.class);
    TextRange run = run(changed);
    String before = run.of(text);
    String after = replaced(run, changed, replacement);
    if (!numbers(before).equals(numbers(after))) {
      touched.add(Guard.NUMBER);
    }
    if (!links(before).equals(links(after))) {
      touched.add(Guard.LINK);
    }
    if (isInside(quotations, changed)) {
      touched.add(Guard.QUOTATION);
    }
    if (losesName(changed, run, after) || bringsName(changed, replacement)) {
      touched.add(Guard.NAME);
    }
    TextRange near = near(changed);
    String linesBefore = near.of(text);
    String linesAfter = replaced(near, changed, replacement);
    if (!Dates.in(linesBefore).equals(Dates.in(linesAfter))) {
      touched.add(Guard.DATE);
    }
    if (isInside(codes, changed)) {
      touched.add(Guard.CODE);
    } else if (!MarkdownShape.of(linesBefore).equals(MarkdownShape.of(linesAfter))) {
      touched.add(Guard.STRUCTURE);
    }
    return touched;
  }

  /**
   * What does not come back when a whole passage is worded anew. The order of things may be another
   * one.
   *
   * @param passage what of the text is replaced, whole lines of it
   * @param replacement what comes in its place
   */
  public Set<Guard> lostBy(TextRange passage, String replacement) {
    Set<Guard> lost = EnumSet.noneOf(Guard.class);
    String before = passage.of(text);
    if (!sorted(numbers(before)).equals(sorted(numbers(replacement)))) {
      lost.add(Guard.NUMBER);
    }
    if (!sorted(links(before)).equals(sorted(links(replacement)))) {
      lost.add(Guard.LINK);
    }
    if (!quotations(replacement).containsAll(quotations(before))) {
      lost.add(Guard.QUOTATION);
    }
    if (!sorted(Dates.in(before)).equals(sorted(Dates.in(replacement)))) {
      lost.add(Guard.DATE);
    }
    if (losesName(passage, passage, replacement) || bringsName(passage, replacement)) {
      lost.add(Guard.NAME);
    }
    if (!codes(replacement).containsAll(codes(before))) {
      lost.add(Guard.CODE);
    } else if (!sorted(MarkdownShape.of(before)).equals(sorted(MarkdownShape.of(replacement)))) {
      lost.add(Guard.STRUCTURE);
    }
    return lost;
  }

  private static List<String> sorted(List<String> things) {
    return things.stream().sorted().toList();
  }

  private static List<String> codes(String text) {
    return places(CODES, text).stream().map(place -> place.of(text)).toList();
  }

  /** A range of the text as it is after the change in it. */
  private String replaced(TextRange range, TextRange changed, String replacement) {
    return text.substring(range.start(), changed.start())
        + replacement
        + text.substring(changed.end(), range.end());
  }

  /** The change and what stands beside it without a space: a number or an address may go on. */
  private TextRange run(TextRange changed) {
    int from = changed.start();
    while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    int to = changed.end();
    while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
      to++;
    }
    return new TextRange(from, to);
  }

  /** The change and what stands before and behind it in its lines. */
  private TextRange near(TextRange changed) {
    int from = changed.start();
    while (from > 0 && changed.start() - from < CONTEXT && text.charAt(from - 1) != '\n') {
      from--;
    }
    int to = changed.end();
    while (to < text.length() && to - changed.end() < CONTEXT && text.charAt(to) != '\n') {
      to++;
    }
    return new TextRange(from, to);
  }

  /** Whether a name goes, or is written otherwise. */
  private boolean losesName(TextRange changed, TextRange run, String after) {
    List<TextRange> touched =
        names.stream()
            .filter(name -> changed.start() < name.end() && changed.end() > name.start())
            .map(name ->
                new TextRange(Math.max(name.start(), run.start()), Math.min(name.end(), run.end())))
            .toList();
    if (touched.isEmpty()) {
      return false;
    }
    Set<String> there = Names.words(after);
    return touched.stream().anyMatch(part -> !there.containsAll(Names.words(part.of(text))));
  }

  /** Whether a name comes that is nowhere in the text. */
  private boolean bringsName(TextRange changed, String replacement) {
    if (replacement.chars().noneMatch(Character::isUpperCase) || !Names.areFound(text)) {
      return false;
    }
    // In its place, for a capital at the beginning of a sentence says nothing.
    TextRange near = near(changed);
    String around = text.substring(near.start(), changed.start()) + replacement;
    return Names.inPart(around).stream()
        .flatMap(name -> Names.words(name).stream())
        .filter(replacement::contains)
        .anyMatch(word -> !isSomewhere(word));
  }

  private boolean isSomewhere(String word) {
    return Pattern.compile(
            "(?<!\\p{L})" + Pattern.quote(word) + "(?!\\p{L})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(text)
        .find();
  }

  /** Every number of a text, its digits brought to 0 to 9. */
  static List<String> numbers(String text) {
    return NUMBERS.matcher(text).results().map(found -> inDigits(found.group())).toList();
  }

  /** The same text, its digits of whatever script as 0 to 9. */
  static String inDigits(String number) {
    StringBuilder digits = new StringBuilder();
    number
        .codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(digits::appendCodePoint);
    return digits.toString();
  }

  /** Every address of a text, without the signs of the sentence before and behind it. */
  static List<String> links(String text) {
    return Fidelity.ADDRESS
        .matcher(text)
        .results()
        .map(found -> SIGNS_AT_END.matcher(found.group()).replaceFirst(""))
        .map(link -> SIGNS_AT_START.matcher(link).replaceFirst(""))
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
