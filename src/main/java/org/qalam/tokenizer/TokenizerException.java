package org.qalam.tokenizer;

/**
 * A tokenizer's description cannot be used: damaged, or of a kind that Qalam does not know. The
 * message is one sentence for people that names what was found.
 */
public final class TokenizerException extends Exception {
  private static final long serialVersionUID = 1;

  public TokenizerException(String message) {
    super(message);
  }

  public TokenizerException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A spelling from a file made fit for a sentence: in quotes, short, without control characters.
   */
  static String quoted(String spelling) {
    StringBuilder shown = new StringBuilder("'");
    spelling
        .codePoints()
        .limit(40)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    if (spelling.codePointCount(0, spelling.length()) > 40) {
      shown.append('…');
    }
    return shown.append('\'').toString();
  }
}
