package org.qalam.engine;

/**
 * What a generation cost.
 *
 * @param promptTokens tokens of the prompt
 * @param reusedTokens of these, tokens that were already in the key-value cache
 * @param promptSeconds time to read the rest of the prompt
 * @param newTokens tokens written
 * @param newTokenSeconds time to write them
 */
public record GenerationStats(
    int promptTokens,
    int reusedTokens,
    double promptSeconds,
    int newTokens,
    double newTokenSeconds) {
  /** Prompt tokens read per second; 0 where none was read. */
  public double promptTokensPerSecond() {
    return promptSeconds > 0 ? (promptTokens - reusedTokens) / promptSeconds : 0;
  }

  /** Tokens written per second; 0 where none was written. */
  public double tokensPerSecond() {
    return newTokenSeconds > 0 ? newTokens / newTokenSeconds : 0;
  }
}
