package org.qalam.engine;

/**
 * What a generation cost.
 *
 * @param promptTokens tokens of the prompt
 * @param reusedTokens of these, tokens that were already in the key-value cache
 * @param promptSeconds time to read the rest of the prompt
 * @param newTokens tokens written
 * @param newTokenSeconds time to write them; where the first ones were read as guesses together
 *     with the prompt, with their share of that time
 * @param steps through the model that the new tokens took, one and more tokens each; the prompt's
 *     own steps, which may bring guessed tokens too, are not counted
 * @param expected new tokens for which one was expected from {@link GenerationRequest#likely}
 * @param asExpected of these, tokens that became what was expected
 */
public record GenerationStats(
    int promptTokens,
    int reusedTokens,
    double promptSeconds,
    int newTokens,
    double newTokenSeconds,
    int steps,
    int expected,
    int asExpected) {
  /** New tokens a step, at least 1 but for what a stop cut off; 1 where there was none. */
  public double tokensPerStep() {
    return steps > 0 ? (double) newTokens / steps : Math.max(1, newTokens);
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
