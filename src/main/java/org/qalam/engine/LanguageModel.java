package org.qalam.engine;

import org.qalam.task.EngineThread;
import org.qalam.tokenizer.PromptEncoder;
import org.qalam.tokenizer.Tokenizer;

/**
 * A loaded model. Immutable and shareable; closing it frees its native memory, after which its
 * generators fail. Closing twice is harmless.
 */
public interface LanguageModel extends AutoCloseable {
  /** The model's name in the catalogue, such as {@code smollm2-135m-instruct}. */
  String id();

  /** Tokens that prompt and answer may have together. */
  int contextLength();

  Tokenizer tokenizer();

  PromptEncoder promptEncoder();

  /** Whether the token ends an answer. */
  boolean isStopToken(int id);

  /** A new run with an empty key-value cache, which the caller closes. */
  @EngineThread
  Generator newGenerator();

  @Override
  void close();
}
