package org.qalam.engine;

/**
 * How tokens are chosen.
 *
 * @param maxNewTokens at most so many new tokens
 * @param temperature divides the logits; 0 takes the likeliest token always (greedy)
 * @param topP keeps the likeliest tokens whose probabilities sum to this; 1 keeps all
 * @param minP keeps tokens at least this share of the likeliest one's probability; 0 keeps all
 * @param repetitionPenalty divides positive (multiplies negative) logits of tokens among the last
 *     {@code repetitionWindow}; 1 does nothing (Keskar and others, CTRL, 2019)
 * @param repetitionWindow number of last tokens, prompt included, that the penalty looks at
 * @param seed of the random numbers; the same seed gives the same text
 */
public record GenerationParams(
    int maxNewTokens,
    float temperature,
    float topP,
    float minP,
    float repetitionPenalty,
    int repetitionWindow,
    long seed) {
  public GenerationParams {
    require(maxNewTokens > 0, "maxNewTokens must be positive, found " + maxNewTokens);
    require(temperature >= 0, "temperature must be 0 or more, found " + temperature);
    require(topP > 0 && topP <= 1, "topP must be in (0, 1], found " + topP);
    require(minP >= 0 && minP < 1, "minP must be in [0, 1), found " + minP);
    require(
        repetitionPenalty > 0, "repetitionPenalty must be positive, found " + repetitionPenalty);
    require(repetitionWindow >= 0, "repetitionWindow must be 0 or more, found " + repetitionWindow);
  }

  /** The likeliest token always. */
  public static GenerationParams greedy(int maxNewTokens) {
    return new GenerationParams(maxNewTokens, 0, 1, 0, 1, 64, 0);
  }

  public GenerationParams withSeed(long other) {
    return new GenerationParams(
        maxNewTokens, temperature, topP, minP, repetitionPenalty, repetitionWindow, other);
  }

  public GenerationParams withTemperature(float other) {
    return new GenerationParams(
        maxNewTokens, other, topP, minP, repetitionPenalty, repetitionWindow, seed);
  }

  public GenerationParams withMaxNewTokens(int other) {
    return new GenerationParams(
        other, temperature, topP, minP, repetitionPenalty, repetitionWindow, seed);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
