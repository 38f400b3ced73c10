package org.qalam.assist;

/**
 * How much of their sources a request's corrections repeat, so that as much is guessed of the next
 * one (0067). Newer answers count more. Follows from the answers alone, not from the clock.
 */
final class Agreement {
  /** Tokens that a good model's corrections repeat, of {@link #ASSUMED}, before any is seen. */
  private static final double ASSUMED_RIGHT = 9;

  private static final double ASSUMED = 10;

  /** How much an answer counts when the next one comes. */
  private static final double FADING = 0.5;

  private double right;
  private double tokens;

  /** Share of an answer's tokens that are hoped to be its source's, 0 to 1. */
  double share() {
    return (ASSUMED_RIGHT + right) / (ASSUMED + tokens);
  }

  /**
   * An answer came.
   *
   * @param asExpected of its tokens, those that the source has
   */
  void saw(int expected, int asExpected) {
    if (expected > 0) {
      tokens = FADING * tokens + expected;
      right = FADING * right + asExpected;
    }
  }
}
