package org.qalam.engine;

/** A text has more tokens than the model's context holds. The caller can send less. */
public final class ContextOverflowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int tokens;
  private final int contextLength;

  public ContextOverflowException(int tokens, int contextLength) {
    super(
        "the text has "
            + tokens
            + " tokens and the model reads at most "
            + contextLength
            + "; shorten it");
    this.tokens = tokens;
    this.contextLength = contextLength;
  }

  /** Tokens that were to be read in all. */
  public int tokens() {
    return tokens;
  }

  /** Tokens that fit. */
  public int contextLength() {
    return contextLength;
  }
}
