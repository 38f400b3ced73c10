package org.qalam.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What Markdown makes of lines, without their words. Belongs to no thread. */
final class MarkdownShape {
  private static final Pattern BEGINNING =
      Pattern.compile(
          "^\\s*(?:(?<heading>#{1,6})\\s|(?<quote>>)|(?<task>[-*+]\\s\\[[ xX]\\]\\s)|(?<item>[-*+]\\s)"
              + "|(?<number>\\p{Nd}{1,3}[.)]\\s)|(?<fence>```|~~~))");

  private static final List<String> KINDS =
      List.of("heading", "quote", "task", "item", "number", "fence");

  /** Emphasis and code at the edge of a word, links, cells of a table. */
  private static final Pattern INLINE =
      Pattern.compile(
          "(?<![\\p{L}\\p{Nd}*_])(?:\\*{1,3}|_{1,3}|~~)(?=\\S)|(?<=\\S)(?:\\*{1,3}|_{1,3}|~~)(?![\\p{L}\\p{Nd}*_])"
              + "|`+|!?\\[(?=[^\\]\\n]*\\]\\()|\\]\\(|\\|");

  private MarkdownShape() {}

  /** What each line is and which signs are in it; equal for texts that are set alike. */
  static List<String> of(String lines) {
    List<String> shape = new ArrayList<>();
    for (String line : lines.split("\n", -1)) {
      var beginning = BEGINNING.matcher(line);
      String kind = "text";
      int from = 0;
      if (beginning.find()) {
        from = beginning.end();
        for (String known : KINDS) {
          String sign = beginning.group(known);
          if (sign != null) {
            kind = known.equals("heading") ? sign : known;
          }
        }
      }
      shape.add(line.isBlank() ? "blank" : kind);
      INLINE
          .matcher(line)
          .region(from, line.length())
          .results()
          .map(MatchResult::group)
          .forEach(shape::add);
    }
    return shape;
  }
}
