package org.qalam.engine;

import java.util.Arrays;

/**
 * Guesses that a correction goes on as its source does. Where the answer leaves the source, the
 * place in the source is found again by the answer's last two tokens, or its last one.
 */
final class SourceGuesses implements Guesses {
  /** How much the newest token counts in the share of right guesses. */
  private static final double NEWEST = 0.1;

  /** Share that is assumed at most just after a token that was not the source's. */
  private static final double ASTRAY = 0.7;

  /** How far behind and ahead of the expected place a single token is looked for. */
  private static final int BEHIND = 2;

  private static final int AHEAD = 8;

  private final int[] source;
  private final GuessShare share;
  private int at; // of the source, what is expected next
  private int last = -1; // of the answer
  private boolean astray;
  private int expected;
  private int asExpected;

  /**
   * @param source ids
   * @param share of the answer's tokens that are hoped to be the source's, 0 to 1
   */
  SourceGuesses(int[] source, double share) {
    this.source = source;
    this.share = new GuessShare(share, NEWEST);
  }

  @Override
  public int[] beginning(int most) {
    return Arrays.copyOf(source, share.beginning(Math.min(most, source.length)));
  }

  @Override
  public void saw(int id) {
    if (at < source.length) {
      boolean right = source[at] == id;
      share.saw(right);
      expected++;
      asExpected += right ? 1 : 0;
      astray = !right;
      at = right ? at + 1 : realigned(id);
    }
    last = id;
  }

  @Override
  public int[] next(int[] tokens, int count, int most) {
    int length = share.length(astray ? Math.min(share.right(), ASTRAY) : share.right());
    return Arrays.copyOfRange(
        source, at, at + Math.min(Math.min(length, most), source.length - at));
  }

  /** Where the source goes on after a token that is not the expected one. */
  private int realigned(int id) {
    int nearest = -1;
    for (int i = 1; i < source.length; i++) {
      boolean isNearer = nearest < 0 || Math.abs(i - at) < Math.abs(nearest - at);
      if (source[i] == id && source[i - 1] == last && isNearer) {
        nearest = i;
      }
    }
    for (int distance = 1; nearest < 0 && distance <= AHEAD; distance++) {
      if (at + distance < source.length && source[at + distance] == id) {
        nearest = at + distance;
      } else if (distance <= BEHIND && at - distance >= 0 && source[at - distance] == id) {
        nearest = at - distance;
      }
    }
    // Else it stands for the expected one, as another form of the word does.
    return nearest < 0 ? at + 1 : nearest + 1;
  }

  @Override
  public int expected() {
    return expected;
  }

  @Override
  public int asExpected() {
    return asExpected;
  }
}
