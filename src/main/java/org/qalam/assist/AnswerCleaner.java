package org.qalam.assist;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes from an answer what is not the text that was asked for: the model's thinking, an
 * introduction, quotation marks or a code fence around the whole, an explanation after it.
 */
final class AnswerCleaner {
  private static final Pattern THINKING = Pattern.compile("(?s)<think>.*?(?:</think>|\\z)\\s*");

  /** "Sure, here is the corrected text:" and the like, a line or the head of one. */
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          "(?is)\\A\\s*(?:(?:sure|certainly|of"
              + " course|absolutely|okay|ok)\\b[^\\n:]{0,80}[:!.]\\s*)?(?:(?:here(?:'s|’s| is|"
              + " are)|this is|below is|the following is)[^\\n:]{0,90}:\\s*|(?:(?:the"
              + " )?(?:corrected|revised|rewritten|edited|improved|proofread|updated|final|"
              + "shortened|formal|friendly|professional|concise)(?:"
              + " (?:text|version|sentence|paragraph|message|passage))?(?: is)?|summary|key"
              + " points|rewrite|rewritten text|answer|output|correction|result)\\s*:\\s*)");

  private static final Pattern AGREEMENT =
      Pattern.compile(
          "(?i)\\A\\s*(?:sure|certainly|of course|absolutely)[!,.]?\\s+(?=here|i"
              + " )[^\\n:]{0,90}:\\s*");

  private static final Pattern ARABIC_INTRODUCTION =
      Pattern.compile(
          "\\A\\s*(?:(?:بالتأكيد|بالطبع|حسنا|حسنًا|طبعا|طبعًا)[،!.]?\\s*)?(?:(?:إليك|اليك|هذا"
              + " هو|هذه هي|فيما يلي)[^\\n:]{0,80}:\\s*"
              + "|(?:النص|الجملة|الفقرة)?\\s*(?:المصحح|المصححة|المعدل|المعدلة|الملخص|ملخص)\\s*:\\s*)");

  /** A last paragraph in which the model talks about what it did. */
  private static final Pattern EXPLANATION =
      Pattern.compile(
          "(?is)\\n\\s*\\n\\s*(?:\\(?note\\b|explanation\\b|changes(?: made)?\\s*:|i (?:have"
              + " )?(?:corrected|changed|fixed|made|replaced|rewrote|removed|added)\\b|the"
              + " (?:corrections?|changes?|corrected|revised)\\b|let me know\\b|i"
              + " hope\\b|ملاحظة|التغييرات|لقد (?:قمت|صححت)).*\\z");

  private static final List<String[]> QUOTES =
      List.of(
          new String[] {"\"", "\""},
          new String[] {"“", "”"},
          new String[] {"«", "»"},
          new String[] {"'", "'"},
          new String[] {"‘", "’"},
          new String[] {"`", "`"},
          new String[] {"**", "**"});

  private AnswerCleaner() {}

  /**
   * Cleans a whole answer.
   *
   * @param piece what was sent; what it had itself is not taken away
   */
  static String clean(String piece, String answer) {
    String text = THINKING.matcher(answer).replaceAll("").strip();
    text = withoutFence(piece, text);
    for (Pattern pattern : List.of(AGREEMENT, INTRODUCTION, ARABIC_INTRODUCTION)) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find() && !pattern.matcher(piece).find() && matcher.end() < text.length()) {
        text = text.substring(matcher.end()).strip();
      }
    }
    Matcher explanation = EXPLANATION.matcher(text);
    if (explanation.find() && explanation.start() > 0 && !EXPLANATION.matcher(piece).find()) {
      text = text.substring(0, explanation.start()).strip();
    }
    return withoutQuotes(piece.strip(), withoutFence(piece, text));
  }

  /**
   * What can be shown of an answer that is still growing: empty as long as it may be an
   * introduction or thinking, and without a mark that only the end would explain.
   */
  static String cleanSoFar(String piece, String answer) {
    String begun = answer.stripLeading();
    boolean undecided =
        "<think>".startsWith(begun)
            || (begun.length() < 100
                && begun.indexOf('\n') < 0
                && begun.indexOf(':') < 0
                && begun.matches(
                    "(?is)(?:sure|certainly|of course|absolutely|here|the"
                        + " (?:corr|rev|rewr|edit)|بالتأكيد|إليك).*")
                && !piece
                    .stripLeading()
                    .regionMatches(true, 0, begun, 0, Math.min(4, begun.length())));
    return undecided ? "" : clean(piece, answer);
  }

  private static String withoutFence(String piece, String text) {
    if (text.startsWith("```") && !piece.strip().startsWith("```")) {
      int line = text.indexOf('\n');
      String inner = line < 0 ? "" : text.substring(line + 1);
      int end = inner.lastIndexOf("```");
      return (end < 0 ? inner : inner.substring(0, end)).strip();
    }
    return text;
  }

  private static String withoutQuotes(String piece, String text) {
    for (String[] quotes : QUOTES) {
      String open = quotes[0];
      String close = quotes[1];
      int inner = text.length() - open.length() - close.length();
      if (inner > 0
          && text.startsWith(open)
          && text.endsWith(close)
          && !piece.startsWith(open)
          && text.substring(open.length(), open.length() + inner).indexOf(close) < 0) {
        return text.substring(open.length(), open.length() + inner).strip();
      }
    }
    return text;
  }
}
