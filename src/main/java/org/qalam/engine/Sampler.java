package org.qalam.engine;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Chooses the next token from logits: repetition penalty, then temperature, then min-p, then top-p,
 * then a draw. Keeps its random numbers between tokens; confined to one thread.
 */
final class Sampler {
  private final GenerationParams params;
  private final RandomGenerator random;
  private int[] candidates = new int[0];
  private float[] weights = new float[0];

  Sampler(GenerationParams params) {
    this.params = params;
    // A named algorithm, so that a seed gives the same text on every machine and Java version.
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(params.seed());
  }

  /**
   * Chooses a token.
   *
   * @param logits (vocabulary); penalised in place
   * @param recent ids of the tokens so far
   * @param recentCount how many of {@code recent} count
   */
  int sample(float[] logits, int[] recent, int recentCount) {
    penalize(logits, recent, recentCount);
    int best = argmax(logits);
    if (params.temperature() == 0) {
      return best;
    }
    // Weights relative to the likeliest token: its own is 1.
    float inverse = 1 / params.temperature();
    float cut =
        params.minP() > 0
            ? logits[best] + (float) Math.log(params.minP()) * params.temperature()
            : logits[best] - NEGLIGIBLE * params.temperature();
    int count = 0;
    if (candidates.length < logits.length) {
      candidates = new int[logits.length];
      weights = new float[logits.length];
    }
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] >= cut) {
        candidates[count] = id;
        weights[id] = (float) Math.exp((logits[id] - logits[best]) * inverse);
        sum += weights[id];
        count++;
      }
    }
    if (params.topP() < 1) {
      count = nucleus(count, sum * params.topP());
      sum = 0;
      for (int i = 0; i < count; i++) {
        sum += weights[candidates[i]];
      }
    }
    double draw = random.nextDouble() * sum;
    for (int i = 0; i < count; i++) {
      draw -= weights[candidates[i]];
      if (draw < 0) {
        return candidates[i];
      }
    }
    return best;
  }

  /** Tokens of a weight below e^-30 of the likeliest one's cannot be drawn in practice. */
  private static final float NEGLIGIBLE = 30;

  /** Sorts the candidates by weight and keeps the fewest whose weights reach {@code enough}. */
  private int nucleus(int count, double enough) {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      // A positive float's bits sort as the float does; the id breaks ties, lower first.
      order[i] =
          (long) Float.floatToIntBits(weights[candidates[i]]) << 32
              | (Integer.MAX_VALUE - candidates[i]);
    }
    Arrays.sort(order);
    double reached = 0;
    int kept = 0;
    for (int i = count - 1; i >= 0; i--) {
      int id = Integer.MAX_VALUE - (int) order[i];
      candidates[kept++] = id;
      reached += weights[id];
      if (reached >= enough) {
        break;
      }
    }
    return kept;
  }

  private void penalize(float[] logits, int[] recent, int recentCount) {
    float penalty = params.repetitionPenalty();
    if (penalty == 1) {
      return;
    }
    int from = Math.max(0, recentCount - params.repetitionWindow());
    for (int i = from; i < recentCount; i++) {
      int id = recent[i];
      if (firstAt(recent, from, i, id)) {
        logits[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
      }
    }
  }

  /** Whether {@code id} is not among those before {@code i}: a token is penalised once. */
  private static boolean firstAt(int[] recent, int from, int i, int id) {
    for (int j = from; j < i; j++) {
      if (recent[j] == id) {
        return false;
      }
    }
    return true;
  }

  static int argmax(float[] logits) {
    int best = 0;
    for (int id = 1; id < logits.length; id++) {
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    return best;
  }
}
