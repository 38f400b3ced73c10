package org.qalam.engine;

/**
 * What a generation cost.
 *
 * @param promptTokens tokens of the prompt
 * @param reusedTokens of these, tokens that were already in the key-value cache
 * @param promptSeconds time to read the rest of the prompt
 * @param newTokens tokens written
 * @param newTokenSeconds time to write them
 * @param steps through the model that the new tokens took, one and more tokens each
 */
public record GenerationStats(
    int promptTokens,
    int reusedTokens,
    double promptSeconds,
    int newTokens,
    double newTokenSeconds,
    int steps) {
  /** New tokens a step, at least 1 but for what a stop cut off; 1 where there was none. */
  public double tokensPerStep() {
    return steps > 0 ? (double) newTokens / steps : 1;
  }

  /** Prompt tokens read per second; 0 where none was read. */
  public double promptTokensPerSecond() {
    return promptSeconds > 0 ? (promptTokens - reusedTokens) / promptSeconds : 0;
  }

  /** Tokens written per second; 0 where none was written. */
  public double tokensPerSecond() {
    return newTokenSeconds > 0 ? newTokens / newTokenSeconds : 0;
  }
}
