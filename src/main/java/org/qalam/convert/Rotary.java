package org.qalam.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The rotary position embedding: pair i of a head turns by {@code position * base^(-2i/headSize) /
 * factors[i]}.
 *
 * @param base of the frequencies
 * @param factors divide the frequencies, (headSize / 2)
 * @param interleaved whether a pair's numbers lie side by side (Meta, GGUF's llama) and not in the
 *     two halves of a head (Hugging Face)
 */
record Rotary(double base, List<Float> factors, boolean interleaved) {
  Rotary {
    factors = List.copyOf(factors);
  }

  /** Factors of one size: 1 for none. */
  static List<Float> same(int count, double factor) {
    return Collections.nCopies(count, (float) factor);
  }

  /**
   * Llama 3's scaling: low frequencies are divided by the factor, high ones are left, those between
   * are blended (Meta's reference code, {@code apply_scaling}).
   *
   * @param low frequencies with fewer turns than this within {@code original} positions are divided
   * @param high those with more are left
   * @param original context length that the model was first trained for
   */
  static List<Float> llama3(
      int headSize, double base, double factor, double low, double high, double original) {
    List<Float> factors = new ArrayList<>();
    for (int i = 0; i < headSize / 2; i++) {
      double turns = original * StrictMath.pow(base, -2.0 * i / headSize) / (2 * Math.PI);
      double kept = Math.clamp((turns - low) / (high - low), 0, 1);
      factors.add((float) (1 / (kept + (1 - kept) / factor)));
    }
    return factors;
  }
}
