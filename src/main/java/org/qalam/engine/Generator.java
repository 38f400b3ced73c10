package org.qalam.engine;

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

  /** Most tokens that {@link #appendEach} takes; 1 where it gains nothing. */
  default int mostEach() {
    return 1;
  }

  /**
   * Reads a few tokens in one step and gives the logits of the position after each of them.
   *
   * @param ids at least one token id, at most {@link #mostEach}
   * @throws ContextOverflowException where they do not fit; the cache is as it was
   */
  default LogitsAfter appendEach(int[] ids) {
    float[] logits = append(ids, Progress.NONE, new CancellationToken());
    return index -> {
      if (index != ids.length - 1) {
        throw new UnsupportedOperationException("only the last token's logits are known");
      }
      return logits;
    };
  }

  /** The logits of several positions. */
  @FunctionalInterface
  interface LogitsAfter {
    /**
     * The logits after a token.
     *
     * @param index of the token among those read
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

  @Override
  void close();
}
