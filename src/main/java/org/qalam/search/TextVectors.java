package org.qalam.search;

/**
 * Turns a text into a vector of length 1, texts of like meaning into like ones. Several threads
 * call it at the same time; the search that loaded it closes it when none does.
 */
@FunctionalInterface
public interface TextVectors extends AutoCloseable {
  /**
   * The vector of a text, always of as many numbers.
   *
   * @throws RuntimeException where it cannot be computed
   */
  float[] of(String text);

  /** Lets go of its memory. */
  @Override
  default void close() {}
}
