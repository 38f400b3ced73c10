package org.qalam.engine;

import java.util.Optional;
import org.qalam.task.CancellationToken;
import org.qalam.task.EngineThread;
import org.qalam.task.Progress;

/**
 * One run of a model: a sequence of tokens with its key-value cache. Confined to the engine's
 * thread. Closing it frees the cache, not the model; closing twice is harmless.
 */
@EngineThread
public interface Generator extends AutoCloseable {
  /** Number of tokens in the cache. */
  int tokenCount();

  /** Bytes of native memory that the key-value cache takes now. */
  long cacheBytes();

  /**
   * Reads tokens after those already read and gives the logits of the position after the last one.
   * Long inputs are read in pieces; between pieces {@code progress} hears of them and {@code
   * cancellation} is polled, and waited for where it is paused. After cancellation the cache holds
   * the pieces that were read.
   *
   * @param ids at least one token id
   * @return logits, (vocabulary size); valid until the next call
   * @throws ContextOverflowException where they do not fit; the cache is as it was
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  float[] append(int[] ids, Progress progress, CancellationToken cancellation);

  /** Most positions whose logits {@link #appendEach} gives; 1 where it gains nothing. */
  default int mostEach() {
    return 1;
  }

  /**
   * Reads tokens as {@link #append} does and gives the logits of the position after each of the
   * last ones, which are read in one step.
   *
   * @param ids at least {@code each} token ids
   * @param each 1 to {@link #mostEach}
   * @throws ContextOverflowException where they do not fit; the cache is as it was
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  default LogitsAfter appendEach(
      int[] ids, int each, Progress progress, CancellationToken cancellation) {
    if (each != 1) {
      throw new IllegalArgumentException("expected 1 position, found " + each);
    }
    float[] logits = append(ids, progress, cancellation);
    return _ -> logits;
  }

  /** The logits of several positions. */
  @FunctionalInterface
  interface LogitsAfter {
    /**
     * The logits after a token.
     *
     * @param index of the token among those whose logits are given
     * @return (vocabulary size); valid until the next call of any method
     */
    float[] at(int index);
  }

  /**
   * Reads tokens as {@link #append} does and tells how likely the model thought each of them.
   *
   * @param ids at least two token ids
   * @return natural logarithms of the probabilities of {@code ids[1]}, {@code ids[2]}, ... each
   *     given all before it; (ids.length - 1)
   * @throws ContextOverflowException where they do not fit; the cache is as it was
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  double[] score(int[] ids, Progress progress, CancellationToken cancellation);

  /**
   * Forgets the tokens after the first {@code tokenCount}.
   *
   * @throws IllegalArgumentException where there are fewer
   */
  void rewindTo(int tokenCount);

  /**
   * Copies the keys and values of the first tokens.
   *
   * @param tokenCount at most as many as there are
   * @param limit bytes that the copy may take
   * @return nothing where it would take more, or this kind of model has no such copies
   */
  default Optional<Saved> save(int tokenCount, long limit) {
    return Optional.empty();
  }

  /**
   * Goes on from a copy that {@link #save} made, whose first tokens are those in the cache.
   *
   * @param tokenCount tokens to have in the cache, of the copy's
   */
  default void restore(Saved saved, int tokenCount) {
    throw new UnsupportedOperationException("nothing was saved");
  }

  /** A copy of keys and values; closing it frees its memory, closing twice is harmless. */
  interface Saved extends AutoCloseable {
    /** Bytes of native memory that it takes. */
    long bytes();

    @Override
    void close();
  }

  @Override
  void close();
}
