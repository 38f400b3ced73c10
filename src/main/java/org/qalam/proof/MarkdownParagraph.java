package org.qalam.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.languagetool.markup.AnnotatedText;
import org.languagetool.markup.AnnotatedTextBuilder;
import org.qalam.document.TextRange;

/**
 * A line of Markdown as a checker reads it: signs are not words, and what is not prose (code,
 * addresses, numbers of footnotes) is neither judged nor missed in its sentence. Belongs to no
 * thread.
 */
final class MarkdownParagraph {
  /** What stands before the words of a heading, a quotation, a list's entry. */
  private static final Pattern OPENING =
      Pattern.compile(
          "^\\s*(?:(?:#{1,6}|>|[-*+]|\\p{Nd}{1,4}[.)])(?:\\s+|(?=>)|$)(?:\\[[ xX]\\]\\s+)?)+");

  /** Rulers of tables and pages, fences, definitions of links. */
  private static final Pattern NO_PROSE =
      Pattern.compile("^\\s*(?:[-*_=|:\\s]*|(?:```|~~~).*|\\[[^\\]]+\\]:\\s.*)$");

  private static final Pattern INLINE =
      Pattern.compile(
          "(?<code>(?<ticks>`+)(?!`).+?(?<!`)\\k<ticks>(?!`))"
              + "|(?<apart>!\\[[^\\]]*\\]\\([^)]*\\)|\\[\\^[^\\]]+\\]|<[a-zA-Z/!][^>]*>"
              + "|\\b(?:https?://|www\\.)[^\\s)\\]>]+|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)"
              + "|(?<open>\\[)(?=[^\\[\\]]+\\]\\()|(?<close>(?<=[^\\[\\]])\\]\\([^)\\s]*\\))"
              + "|(?<sign>\\*{1,3}|~~|(?<![\\p{L}\\p{N}])_{1,3}|_{1,3}(?![\\p{L}\\p{N}])"
              + "|\\\\(?=\\p{Punct})|[\u200E\u200F]|\\|)");

  private final AnnotatedText annotated;
  private final List<TextRange> apart;
  private final int start;

  private MarkdownParagraph(AnnotatedText annotated, List<TextRange> apart, int start) {
    this.annotated = annotated;
    this.apart = apart;
    this.start = start;
  }

  static MarkdownParagraph of(String line) {
    AnnotatedTextBuilder text = new AnnotatedTextBuilder();
    List<TextRange> apart = new ArrayList<>();
    if (NO_PROSE.matcher(line).matches()) {
      text.addMarkup(line);
      return new MarkdownParagraph(text.build(), List.of(new TextRange(0, line.length())), 0);
    }
    Matcher opening = OPENING.matcher(line);
    int start = opening.find() ? opening.end() : 0;
    int done = start;
    if (done > 0) {
      text.addMarkup(line.substring(0, done));
    }
    Matcher inline = INLINE.matcher(line).region(done, line.length()).useTransparentBounds(true);
    while (inline.find()) {
      if (inline.start() > done) {
        text.addText(line.substring(done, inline.start()));
      }
      done = inline.end();
      boolean isCode = inline.group("code") != null;
      if (isCode || inline.group("apart") != null) {
        apart.add(new TextRange(inline.start(), inline.end()));
        text.addMarkup(inline.group(), isCode ? word(inline) : "");
      } else {
        text.addMarkup(inline.group(), inline.group("sign") != null ? sign(inline.group()) : "");
      }
    }
    if (done < line.length()) {
      text.addText(line.substring(done));
    }
    return new MarkdownParagraph(text.build(), apart, start);
  }

  /** What stands in the sentence for code: its own word, so that "an `array`" is right. */
  private static String word(Matcher code) {
    String inside = code.group("code").substring(code.group("ticks").length());
    inside = inside.substring(0, inside.length() - code.group("ticks").length()).strip();
    return inside.matches("\\p{L}+") ? inside : "X";
  }

  /** Cells of a table are no one sentence. */
  private static String sign(String sign) {
    return sign.equals("|") ? "\n" : "";
  }

  AnnotatedText annotated() {
    return annotated;
  }

  /** Whether these words are nothing to be judged. */
  boolean isApart(TextRange range) {
    return apart.stream()
        .anyMatch(other -> other.start() < range.end() && range.start() < other.end());
  }

  /** Where the words begin, behind the signs of a heading or an entry. */
  int start() {
    return start;
  }
}
