package org.qalam.engine;

import java.util.Arrays;

/**
 * Guesses that an answer goes on as the text went on where its last words stood before (prompt
 * lookup, Saxena 2023).
 */
final class PromptLookup implements Guesses {
  /** Fewest tokens in a row that must have stood before. */
  private static final int FEWEST = 2;

  /** From this share of right guesses on a single token that stood before is enough. */
  private static final double SURE = 0.6;

  /** Of several places where the last words stood, the one where most of them did is taken. */
  private static final int MOST = 8;

  /** How much the newest guess counts in the share of right ones. */
  private static final double NEWEST = 0.2;

  // Nothing is taken over from earlier answers: the same request is to be cut the same way.
  private final GuessShare share = new GuessShare(0, NEWEST);

  /** What is expected next, tried or not. */
  private int[] ahead = {};

  private int at;

  @Override
  public int[] beginning(int most) {
    return new int[0];
  }

  @Override
  public void saw(int id) {
    if (at < ahead.length) {
      boolean right = ahead[at] == id;
      share.saw(right);
      at = right ? at + 1 : ahead.length;
    }
  }

  @Override
  public int[] next(int[] tokens, int count, int most) {
    at = 0;
    int from = place(tokens, count, share.right() > SURE ? 1 : FEWEST);
    if (from < 0) {
      ahead = new int[0];
      return ahead;
    }
    int length = Math.min(Math.min(share.length(share.right()), most), count - from);
    ahead = Arrays.copyOfRange(tokens, from, from + Math.max(1, length));
    return Arrays.copyOf(ahead, length);
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
