package org.qalam.assist;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.document.TextRange;

/**
 * What a change must not touch without the writer's own word: a model that mends a comma may mend a
 * number with it. Found by plain code, for any model and language.
 */
public enum Guard {
  /** A number or a part of one, in any script's digits. */
  NUMBER,
  /** An address of the web or of mail. */
  LINK,
  /** Words between quotation marks: somebody else's. */
  QUOTATION,
  /** Code between backticks. */
  CODE;

  private static final Pattern NUMBERS =
      Pattern.compile("\\p{Nd}+(?:[.,:/\u066B\u066C-]\\p{Nd}+)*");
  private static final Pattern LINKS =
      Pattern.compile("(?:https?://|www\\.)\\S+|[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
  private static final Pattern SIGNS_AT_END = Pattern.compile("[.,;:!?)\\]}>\u060C\u061B\u061F]+$");
  private static final Pattern QUOTATIONS =
      Pattern.compile(
          "\"[^\"\\n]+\"|\u201C[^\u201D\\n]+\u201D|\u201E[^\u201C\\n]+\u201C|\u00AB[^\u00BB\\n]+\u00BB|\uFD3F[^\uFD3E\\n]+\uFD3E|\uFD3E[^\uFD3F\\n]+\uFD3F");
  private static final Pattern CODES =
      Pattern.compile("```.*?(?:```|\\z)|`[^`\\n]+`", Pattern.DOTALL);

  /**
   * What one change touches.
   *
   * @param original the whole passage
   * @param changed what of it is replaced; empty for an insertion
   * @param replacement what comes in its place
   */
  public static Set<Guard> touched(String original, TextRange changed, String replacement) {
    Set<Guard> touched = EnumSet.noneOf(Guard.class);
    int from = changed.start();
    while (from > 0 && !Character.isWhitespace(original.charAt(from - 1))) {
      from--;
    }
    int to = changed.end();
    while (to < original.length() && !Character.isWhitespace(original.charAt(to))) {
      to++;
    }
    String before = original.substring(from, to);
    String after =
        original.substring(from, changed.start())
            + replacement
            + original.substring(changed.end(), to);
    if (!numbers(before).equals(numbers(after))) {
      touched.add(NUMBER);
    }
    if (!links(before).equals(links(after))) {
      touched.add(LINK);
    }
    if (isInside(QUOTATIONS, original, changed)) {
      touched.add(QUOTATION);
    }
    if (isInside(CODES, original, changed)) {
      touched.add(CODE);
    }
    return touched;
  }

  /** Every number of a text, its digits brought to 0 to 9. */
  static List<String> numbers(String text) {
    List<String> numbers = new ArrayList<>();
    Matcher matcher = NUMBERS.matcher(text);
    while (matcher.find()) {
      StringBuilder number = new StringBuilder();
      matcher
          .group()
          .codePoints()
          .forEach(c -> {
            if (Character.isDigit(c)) {
              number.append(Character.digit(c, 10));
            } else {
              number.appendCodePoint(c);
            }
          });
      numbers.add(number.toString());
    }
    return numbers;
  }

  /** Every address of a text, without the signs of the sentence behind it. */
  static List<String> links(String text) {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINKS.matcher(text);
    while (matcher.find()) {
      links.add(SIGNS_AT_END.matcher(matcher.group()).replaceFirst(""));
    }
    return links;
  }

  /** Every quotation of a text, its marks included. */
  static List<String> quotations(String text) {
    return QUOTATIONS.matcher(text).results().map(found -> found.group()).toList();
  }

  private static boolean isInside(Pattern pattern, String original, TextRange changed) {
    Matcher matcher = pattern.matcher(original);
    while (matcher.find()) {
      if (changed.start() < matcher.end() && changed.end() > matcher.start()) {
        return true;
      }
    }
    return false;
  }
}
