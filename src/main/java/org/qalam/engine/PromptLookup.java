package org.qalam.engine;

import java.util.Arrays;

/**
 * Guesses how an answer goes on: as the text went on where the last words stood before (prompt
 * lookup, Saxena 2023). Corrections repeat most of their text. How much is guessed follows from how
 * often guesses were right and from what a step with several tokens costs. Confined to one thread.
 */
final class PromptLookup {
  /** Most tokens that are guessed at once. */
  static final int LONGEST = 7;

  private static final int[] LENGTHS = {1, 3, LONGEST};

  /**
   * What a step with 1 + {@link #LENGTHS} tokens costs, a step with one token being 1: measured on
   * a 1B-shaped model in 4 bits, rounded up (0067).
   */
  private static final double[] COSTS = {1.2, 1.7, 2.7};

  /** Fewest tokens in a row that must have stood before. */
  private static final int FEWEST = 2;

  /** From this share of right guesses on a single token that stood before is enough. */
  private static final double SURE = 0.6;

  /** Of several places where the last words stood, the one where most of them did is taken. */
  private static final int MOST = 8;

  /** How much the newest guess counts in the share of right ones. */
  private static final double NEWEST = 0.2;

  /** Share of right guesses that is assumed where an answer likely begins as its source does. */
  private static final double HOPED = 0.7;

  private double right;
  private int expected = -1;
  private int[] likely = {};
  private boolean isFirst;

  /**
   * A new answer begins.
   *
   * @param likely tokens that it may well begin with; none where nothing is known
   */
  void begin(int[] likely) {
    this.likely = likely;
    isFirst = true;
    // Nothing is taken over from earlier answers: the same request is to be cut the same way.
    right = likely.length > 0 ? HOPED : 0;
    expected = likely.length > 0 ? likely[0] : -1;
  }

  /**
   * Tells what the answer's next token became, guessed or not, so that guesses which were not tried
   * count as well.
   */
  void saw(int id) {
    if (expected >= 0) {
      right += NEWEST * ((expected == id ? 1 : 0) - right);
    }
    expected = -1;
  }

  /** Tells what the next token is guessed to be, for {@link #saw}. */
  void expect(int id) {
    expected = id;
  }

  /**
   * Guesses how the tokens go on.
   *
   * @param tokens ids, of which the first {@code count} count
   * @param most at most so many tokens
   * @return ids, none where nothing is guessed or it would not pay
   */
  int[] guess(int[] tokens, int count, int most) {
    boolean asLikely = isFirst && likely.length > 1 && tokens[count - 1] == likely[0];
    isFirst = false;
    int[] source = asLikely ? likely : tokens;
    int end = asLikely ? likely.length : count;
    int from = asLikely ? 1 : place(tokens, count, right > SURE ? 1 : FEWEST);
    if (from < 0) {
      return new int[0];
    }
    expected = source[from];
    int length = Math.min(Math.min(length(), most), end - from);
    return length > 0 ? Arrays.copyOfRange(source, from, from + length) : new int[0];
  }

  /** The length that gives most tokens for its cost; 0 where a step with one token gives more. */
  private int length() {
    int best = 0;
    double most = 1;
    for (int i = 0; i < LENGTHS.length; i++) {
      // The step's own token, and as many guesses as are right in a row.
      double gained = (1 - Math.pow(right, LENGTHS[i] + 1)) / (1 - right);
      if (gained / COSTS[i] > most) {
        most = gained / COSTS[i];
        best = LENGTHS[i];
      }
    }
    return best;
  }

  /** Where the tokens after the longest and latest repetition of the last ones begin, or -1. */
  private static int place(int[] tokens, int count, int fewest) {
    int found = -1;
    int longest = fewest - 1;
    for (int end = count - 1; end >= fewest; end--) {
      int equal = 0;
      while (equal < MOST && equal < end && tokens[end - 1 - equal] == tokens[count - 1 - equal]) {
        equal++;
      }
      if (equal > longest) {
        longest = equal;
        found = end;
        if (equal == MOST) {
          break;
        }
      }
    }
    return found;
  }
}
