package org.qalam.tokenizer;

import java.util.Locale;

/**
 * How a text is cut into the pieces that byte-pair merges never cross. Each pattern is the regular
 * expression that its makers published, written as a scanner: one pass, no backtracking, so that no
 * text can make it slow.
 *
 * <p>{@code \p{L}} and {@code \p{N}} are Unicode's general categories, {@code \s} its property
 * White_Space.
 */
public enum SplitPattern {
  /** GPT-2's: contractions, words, numbers and signs, each with one leading space. */
  GPT_2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+") {
    @Override
    int pieceEnd(String text, int from, int end) {
      return gpt2PieceEnd(text, from, end, false);
    }
  },

  /** SmolLM's: every digit alone, then GPT-2's on what lies between. */
  SMOLLM("") {
    @Override
    int pieceEnd(String text, int from, int end) {
      return gpt2PieceEnd(text, from, end, true);
    }
  },

  /** Llama 3's: contractions of either case, words with one sign before, numbers by threes. */
  LLAMA_3(
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+") {
    @Override
    int pieceEnd(String text, int from, int end) {
      return llama3PieceEnd(text, from, end);
    }
  };

  private static final int LETTER = 0;
  private static final int NUMBER = 1;
  private static final int SPACE = 2;
  private static final int OTHER = 3;

  private static final int LETTERS =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER;
  private static final int NUMBERS =
      1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;
  private static final int SEPARATORS =
      1 << Character.SPACE_SEPARATOR
          | 1 << Character.LINE_SEPARATOR
          | 1 << Character.PARAGRAPH_SEPARATOR;

  private final String regex;

  SplitPattern(String regex) {
    this.regex = regex;
  }

  /** The regular expression as tokenizer files write it; empty where one alone cannot say it. */
  String regex() {
    return regex;
  }

  /**
   * The pattern that a GGUF file names in {@code tokenizer.ggml.pre}. A vocabulary with Llama 3's
   * pattern is one that ignores merges for a piece that is itself a token; with the others it is
   * not.
   *
   * @throws TokenizerException when Qalam does not know the name
   */
  public static SplitPattern ofGgufName(String name) throws TokenizerException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gpt-2", "gpt2", "phi-2" -> GPT_2;
      case "smollm", "starcoder", "refact", "codeshell" -> SMOLLM;
      case "llama-bpe", "llama3", "llama-v3" -> LLAMA_3;
      default ->
          throw new TokenizerException(
              "the split pattern "
                  + TokenizerException.quoted(name)
                  + " is not one that Qalam knows");
    };
  }

  /**
   * Where the piece that begins at {@code from} ends; {@code from < end}. What lies outside {@code
   * end} is not looked at.
   */
  abstract int pieceEnd(String text, int from, int end);

  private static int gpt2PieceEnd(String text, int from, int end, boolean digitsAlone) {
    char first = text.charAt(from);
    if (first == '\'') {
      int contraction = contractionEnd(text, from, end, false);
      if (contraction > from) {
        return contraction;
      }
    }
    int start = from;
    int kind = kind(text, from, end);
    if (digitsAlone && kind == NUMBER) {
      return next(text, from, end);
    }
    if (first == ' ' && from + 1 < end) {
      int following = kind(text, from + 1, end);
      if (following != SPACE && !(digitsAlone && following == NUMBER)) {
        start = from + 1;
        kind = following;
      }
    }
    if (kind != SPACE) {
      return runEnd(text, start, end, kind);
    }
    int run = runEnd(text, from, end, SPACE);
    boolean last = run == end || (digitsAlone && kind(text, run, end) == NUMBER);
    return allButLast(from, run, last);
  }

  private static int llama3PieceEnd(String text, int from, int end) {
    char first = text.charAt(from);
    if (first == '\'') {
      int contraction = contractionEnd(text, from, end, true);
      if (contraction > from) {
        return contraction;
      }
    }
    int kind = kind(text, from, end);
    if (kind == LETTER) {
      return runEnd(text, from, end, LETTER);
    }
    if (kind == NUMBER) {
      int to = next(text, from, end);
      for (int digits = 1; digits < 3 && to < end && kind(text, to, end) == NUMBER; digits++) {
        to = next(text, to, end);
      }
      return to;
    }
    int second = next(text, from, end);
    int following = second < end ? kind(text, second, end) : SPACE;
    if (following == LETTER && first != '\r' && first != '\n') {
      return runEnd(text, second, end, LETTER);
    }
    if (kind == OTHER || (first == ' ' && following == OTHER)) {
      int to = runEnd(text, kind == OTHER ? from : second, end, OTHER);
      while (to < end && isLineBreak(text.charAt(to))) {
        to++;
      }
      return to;
    }
    int run = runEnd(text, from, end, SPACE);
    for (int i = run - 1; i >= from; i--) {
      if (isLineBreak(text.charAt(i))) {
        return i + 1;
      }
    }
    return allButLast(from, run, run == end);
  }

  /** {@code \s+(?!\S)|\s+}: a run of blanks leaves its last one to the word that follows. */
  private static int allButLast(int from, int runEnd, boolean last) {
    return last || runEnd - from == 1 ? runEnd : runEnd - 1;
  }

  private static boolean isLineBreak(char c) {
    return c == '\r' || c == '\n';
  }

  /** The end of {@code 's 't 're 've 'm 'll 'd}, or {@code from} where there is none. */
  private static int contractionEnd(String text, int from, int end, boolean anyCase) {
    if (from + 1 >= end) {
      return from;
    }
    char first = contractionLetter(text.charAt(from + 1), anyCase);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
      return from + 2;
    }
    if (from + 2 >= end) {
      return from;
    }
    char second = contractionLetter(text.charAt(from + 2), anyCase);
    boolean matches =
        ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l');
    return matches ? from + 3 : from;
  }

  private static char contractionLetter(char c, boolean anyCase) {
    if (!anyCase) {
      return c;
    }
    if (c == '\u017F') { // the long s folds to s
      return 's';
    }
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }

  private static int runEnd(String text, int from, int end, int kind) {
    int i = from;
    while (i < end && kind(text, i, end) == kind) {
      i = next(text, i, end);
    }
    return i;
  }

  private static int next(String text, int i, int end) {
    return i + 1 < end && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))
        ? i + 2
        : i + 1;
  }

  private static int kind(String text, int i, int end) {
    char c = text.charAt(i);
    if (c >= 'a' && c <= 'z') {
      return LETTER;
    }
    int codePoint = c;
    if (Character.isHighSurrogate(c)
        && i + 1 < end
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      codePoint = Character.toCodePoint(c, text.charAt(i + 1));
    }
    int category = 1 << Character.getType(codePoint);
    if ((category & LETTERS) != 0) {
      return LETTER;
    }
    if ((category & NUMBERS) != 0) {
      return NUMBER;
    }
    boolean space = (category & SEPARATORS) != 0 || (c >= '\t' && c <= '\r') || c == '\u0085';
    return space ? SPACE : OTHER;
  }
}
