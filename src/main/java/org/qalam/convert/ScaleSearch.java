package org.qalam.convert;

/**
 * Finds the scale of a block of numbers that is to be rounded to whole numbers around zero.
 *
 * <p>The plain way lets the number of largest size decide. The search tries scales around that one
 * and takes the one with the least squared error after a least-squares fit of the scale to the
 * numbers that it gives: for whole numbers q of numbers x the best scale is sum(xq) / sum(qq), and
 * what it leaves is sum(xx) - sum(xq)^2 / sum(qq).
 */
final class ScaleSearch {
  /** Scales tried on either side, a hundredth apart. */
  private static final int TRIES = 20;

  private final Weighting weighting;
  private final int middle;

  /** How much an error of a number counts. */
  enum Weighting {
    /** No search: the number of largest size decides. */
    NONE,
    EQUAL,
    /** By the number's square, where the large ones matter most. */
    SQUARE
  }

  /**
   * @param middle numbers go from {@code -middle} to {@code middle - 1}
   */
  ScaleSearch(Weighting weighting, int middle) {
    this.weighting = weighting;
    this.middle = middle;
  }

  float scale(float[] numbers, int from, int count) {
    float extreme = 0;
    for (int j = from; j < from + count; j++) {
      if (Math.abs(numbers[j]) > Math.abs(extreme)) {
        extreme = numbers[j];
      }
    }
    // With few steps the number of largest size goes to -middle, so that all of them are used.
    float plain = middle <= 8 ? extreme / -middle : Math.abs(extreme) / (middle - 1);
    return weighting != Weighting.NONE && plain != 0
        ? searched(numbers, from, count, plain)
        : plain;
  }

  private float searched(float[] numbers, int from, int count, float plain) {
    float best = plain;
    float most = -1;
    for (int step = -TRIES; step <= TRIES; step++) {
      float inverse = (1 + 0.01f * step) / plain;
      float xq = 0;
      float qq = 0;
      for (int j = from; j < from + count; j++) {
        float x = numbers[j];
        int q = Math.clamp(Math.round(x * inverse), -middle, middle - 1);
        float weight = weighting == Weighting.SQUARE ? x * x : 1;
        xq += weight * x * q;
        qq += weight * q * q;
      }
      if (qq > 0 && xq * xq > most * qq) {
        most = xq * xq / qq;
        best = xq / qq;
      }
    }
    return best;
  }
}
