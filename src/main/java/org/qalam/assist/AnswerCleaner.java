package org.qalam.assist;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes from an answer what is not the text that was asked for: the model's thinking, an
 * introduction, quotation marks or a code fence around the whole, an explanation after it.
 */
final class AnswerCleaner {
  private static final String THINK = "<think>";
  private static final Pattern THINKING = Pattern.compile("(?s)<think>.*?(?:</think>|\\z)\\s*");

  /** Thinking whose beginning was part of the prompt. */
  private static final Pattern THOUGHT = Pattern.compile("(?s)\\A.*</think>\\s*");

  private static final String AGREEMENT =
      "(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok)\\b";

  private static final String APOSTROPHE = "['’]";

  private static final String DONE =
      "(?:corrected|correct|revised|rewritten|edited|improved|proofread|updated|final|shortened"
          + "|shorter|formal|friendly|professional|concise)";

  private static final String THING =
      "(?:text|version|sentence|paragraph|message|passage|e-?mail|letter|draft)";

  /** Words that show that an announcement is the model's and not the writer's. */
  private static final String ANNOUNCED =
      "\\b(?:"
          + DONE
          + "|"
          + THING
          + "|summary|rewrite|corrections?|key points|continuation|translation|answer|result)\\b";

  /** "Here is the corrected text", "I've corrected the text", "The corrected text is". */
  private static final String ENGLISH =
      "(?:here(?: you go| it is)|(?:here(?:"
          + APOSTROPHE
          + "s| is| are)|this is|below (?:is|are)|the"
          + " following (?:is|are))\\b[^\\n:]{0,60}?"
          + ANNOUNCED
          + "[^\\n:]{0,60}|i(?:"
          + APOSTROPHE
          + "ve| have)?"
          + " (?:corrected|rewritten|rewrote|revised|edited|fixed|improved|shortened)\\b"
          + "[^\\n:]{0,80}|(?:(?:the |your )?"
          + DONE
          + "(?: "
          + THING
          + ")?(?: is)?(?: as follows)?"
          + "|summary|key points|rewrite|answer|output|correction|result))";

  private static final String ARABIC =
      "(?:(?:إليك|اليك|هذا هو|هذه هي|فيما"
          + " يلي)[^\\n:]{0,40}?(?:نص|جملة|فقرة|ملخص|نسخة|صياغة|تصحيح|مصحح|معدل|نقاط|ترجمة)"
          + "[^\\n:]{0,60}|(?:النص|الجملة|الفقرة)?"
          + " ?(?:المصححة?|المعدلة?|الملخص|ملخص|بعد التصحيح|التصحيح)(?: هو| هي)?)";

  private static final String ANNOUNCEMENT = "(?:" + ENGLISH + "|" + ARABIC + ")";

  /** "Sure, here is the corrected text:" and the like, a line or the head of one. */
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          "(?is)\\A\\s*(?:(?:"
              + AGREEMENT
              + "[^\\n:]{0,80}?[,:!.]\\s*|(?:بالتأكيد|بالطبع|حسنا|حسنًا|طبعا|طبعًا)[،!.]?\\s*)?(?:\\*\\*"
              + ANNOUNCEMENT
              + "(?::\\*\\*|\\*\\*\\s*:)|"
              + ANNOUNCEMENT
              + "\\s*:)|"
              + AGREEMENT
              + "[!,.]?\\s+i\\b[^\\n:]{0,90}:|"
              + AGREEMENT
              + "!(?=\\s))\\s*");

  /** A last paragraph in which the model talks about what it did, or several after a heading. */
  private static final Pattern EXPLANATION =
      Pattern.compile(
          "(?is)\\n\\s*\\n\\s*[*_(]{0,3}(?:(?:(?:please )?note\\b|explanation\\b|changes(?:"
              + " made)?\\s*:|corrections?(?: made)?\\s*:|ملاحظة|التغييرات|لقد (?:قمت|صححت)).*|"
              + "(?:i(?:"
              + APOSTROPHE
              + "ve| have)?"
              + " (?:corrected|changed|fixed|made|replaced|rewrote|removed|added)\\b[^\\n]{0,80}?"
              + "(?:[\"“']|\\b(?:text|sentence|spelling|gramma|punctuation|typo|mistake|error|word"
              + "|tone|changes?\\b|correction|comma|apostrophe|phras))"
              + "|the (?:corrections?|changes?)(?: i| that i| made| is\\b| are\\b| include)"
              + "|the (?:corrected|revised) "
              + THING
              + "\\b"
              + "|let me know if (?:you(?:"
              + APOSTROPHE
              + "d| would)? (?:need|like|want|have) )?"
              + "(?:any(?:thing| (?:further|other|more|additional))|further|more|me to)\\b"
              + "|these (?:key )?points\\b"
              + "|i hope (?:this|that|it) (?:helps?|meets|works|is (?:helpful|what))\\b)"
              + "[^\\n]*(?:(?<=:)\\s.*|(?:\\n[^\\n]+)*))\\s*\\z");

  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\s*\\n");
  private static final Pattern SPEECH = Pattern.compile("[\"“”«»]");

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
    String own = piece.strip();
    String text = withoutFence(own, withoutThinking(own, answer));
    for (int i = 0; i < 2; i++) { // "Here is the text:", then "Corrected text:"
      Matcher matcher = INTRODUCTION.matcher(text);
      if (matcher.lookingAt()
          && matcher.end() < text.length()
          && !beginsLike(own, matcher.group().strip())) {
        text = text.substring(matcher.end());
      }
    }
    text = withoutFence(own, text);
    Matcher explanation = EXPLANATION.matcher(text);
    if (explanation.find() && explanation.start() > 0 && !EXPLANATION.matcher(own).find()) {
      text = text.substring(0, explanation.start()).strip();
    }
    return withoutQuotes(own, text);
  }

  /**
   * What can be shown of an answer that is still growing: empty as long as it may be an
   * introduction or thinking, and without what may turn out to be an explanation or a mark around
   * the whole.
   */
  static String cleanSoFar(String piece, String answer) {
    String own = piece.strip();
    String begun = withoutThinking(own, withoutStartOf(THINK, answer));
    boolean fenced = begun.contains("```") && !own.contains("```");
    String whole = fenced ? begun.replaceAll("(?<!`)`{1,2}\\z", "") : begun;
    if (mayBeIntroduced(own, withoutFence(own, whole))) {
      return "";
    }
    String text = clean(piece, withoutStartOfExplanation(own, whole));
    if (mayBeIntroduced(own, text) || (!own.contains("`") && text.matches("`{1,3}"))) {
      return "";
    }
    return withoutOpeningQuote(own, text);
  }

  private static boolean mayBeIntroduced(String piece, String text) {
    Matcher matcher = INTRODUCTION.matcher(text);
    boolean _ = matcher.lookingAt();
    boolean writersToo = INTRODUCTION.matcher(piece).lookingAt() && beginsLike(piece, text.strip());
    return mayGoOn(matcher) && !writersToo;
  }

  /** Whether more text could change what was matched. */
  @SuppressWarnings("JdkObsolete") // an answer that is being written is a stream
  private static boolean mayGoOn(Matcher matcher) {
    return matcher.hitEnd();
  }

  private static String withoutStartOf(String mark, String text) {
    for (int length = mark.length() - 1; length > 0; length--) {
      if (text.endsWith(mark.substring(0, length))) {
        return text.substring(0, text.length() - length);
      }
    }
    return text;
  }

  private static String withoutStartOfExplanation(String piece, String text) {
    int last = -1;
    Matcher lines = BLANK_LINE.matcher(text);
    while (lines.find()) {
      last = lines.start();
    }
    if (last > 0 && !EXPLANATION.matcher(piece).find()) {
      Matcher matcher = EXPLANATION.matcher(text).region(last, text.length());
      if (matcher.lookingAt() || mayGoOn(matcher)) {
        return text.substring(0, last);
      }
    }
    return text;
  }

  private static String withoutThinking(String piece, String text) {
    if (piece.contains(THINK) || piece.contains("</think>")) {
      return text.strip();
    }
    String rest = THINKING.matcher(text).replaceAll("");
    return THOUGHT.matcher(rest).replaceFirst("").strip();
  }

  /**
   * Whether a text begins with these words or nearly so: a correction changes letters of what the
   * writer began with.
   */
  private static boolean beginsLike(String text, String words) {
    String start =
        text.substring(0, Math.min(text.length(), 2 * words.length())).toLowerCase(Locale.ROOT);
    String wanted = words.toLowerCase(Locale.ROOT);
    return Likeness.distanceToBeginning(wanted, start) <= wanted.length() / 4;
  }

  private static String withoutFence(String piece, String text) {
    if (text.startsWith("```") && !piece.startsWith("```")) {
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
          && !isQuoted(piece, open)
          && text.substring(open.length(), open.length() + inner).indexOf(close) < 0) {
        return text.substring(open.length(), open.length() + inner).strip();
      }
    }
    return text;
  }

  private static String withoutOpeningQuote(String piece, String text) {
    for (String[] quotes : QUOTES) {
      String open = quotes[0];
      String close = quotes[1];
      if (text.startsWith(open) && !isQuoted(piece, open) && !text.startsWith(close, 1)) {
        String inner = text.substring(open.length());
        return inner.contains(close) ? text : withoutStartOf(close, inner).strip();
      }
    }
    return text.equals("*") ? "" : text;
  }

  /** Whether the writer's own text has such marks. */
  private static boolean isQuoted(String piece, String mark) {
    if (SPEECH.matcher(mark).matches()) {
      return SPEECH.matcher(piece).find();
    }
    // An apostrophe within a word is no quotation mark.
    return List.of("'", "‘").contains(mark) ? piece.startsWith(mark) : piece.contains(mark);
  }
}
