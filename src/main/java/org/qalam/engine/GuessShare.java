package org.qalam.engine;

/**
 * How many guesses were right lately, and how many tokens are worth guessing at that. Confined to
 * one thread.
 */
final class GuessShare {
  /** Most tokens that are guessed in a step of their own. */
  static final int LONGEST = 7;

  private static final int[] LENGTHS = {1, 3, LONGEST};

  /**
   * What a step with 1 + {@link #LENGTHS} tokens costs, a step with one token being 1: measured on
   * a 1B-shaped model in 4 bits, rounded up (0067).
   */
  private static final double[] COSTS = {1.2, 1.7, 2.7};

  /**
   * A token that is guessed beside the prompt's end costs 0.2 (the starter) to 0.25 steps (1B), and
   * saves 0.37 to 0.45: what it would cost among {@link #LONGEST} guesses later.
   */
  private static final double WORTH = 0.55;

  /** How much the newest guess counts in the share of right ones. */
  private final double newest;

  private double right;

  /**
   * @param right share of right guesses to begin with, 0 to 1
   */
  GuessShare(double right, double newest) {
    this.right = right;
    this.newest = newest;
  }

  double right() {
    return right;
  }

  void saw(boolean wasRight) {
    right += newest * ((wasRight ? 1 : 0) - right);
  }

  /** Tokens to guess in the step that reads the prompt's end: the last one is still worth it. */
  int beginning(int most) {
    int length = 0;
    double likely = right;
    while (length < most && likely > WORTH) {
      length++;
      likely *= right;
    }
    return length;
  }

  /** The length that gives most tokens for its cost; 0 where a step with one token gives more. */
  int length(double share) {
    int best = 0;
    double most = 1;
    for (int i = 0; i < LENGTHS.length; i++) {
      // The step's own token, and as many guesses as are right in a row.
      int tokens = LENGTHS[i] + 1;
      double gained = share < 1 ? (1 - Math.pow(share, tokens)) / (1 - share) : tokens;
      if (gained / COSTS[i] > most) {
        most = gained / COSTS[i];
        best = LENGTHS[i];
      }
    }
    return best;
  }
}
