package org.qalam.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.qalam.task.CancellationToken;
import org.qalam.tokenizer.ChatMessage;

/**
 * The model at work on a thread of its own. Every method returns at once, from any thread; requests
 * are answered one after the other. The model is loaded when it is first needed and kept.
 *
 * <p>Futures fail with {@link ModelLoadException}, {@link ContextOverflowException} or {@link
 * NoModelException}.
 */
public interface Engine extends AutoCloseable {
  /** Chooses the model of the next requests by its folder; another loaded model is closed. */
  CompletableFuture<Void> use(Path modelFolder);

  /** The chosen model's folder. */
  Optional<Path> chosen();

  /** Whether the chosen model is in memory. */
  boolean isLoaded();

  /**
   * Whether the chosen model was in memory and its memory was given back since: the next request
   * has to load it again.
   */
  boolean isResting();

  /** Loads the chosen model now, so that the first request need not wait. */
  CompletableFuture<Void> load(GenerationListener listener, CancellationToken cancellation);

  /** Frees the model's memory; the next request loads it again. */
  CompletableFuture<Void> unload();

  /**
   * Generates an answer. After {@code cancellation} it completes within one token with what was
   * written so far and {@link FinishReason#CANCELLED}.
   */
  CompletableFuture<GenerationResult> generate(
      GenerationRequest request, GenerationListener listener, CancellationToken cancellation);

  /** Tokens of the conversation as the chosen model counts them. */
  CompletableFuture<Integer> countTokens(List<ChatMessage> messages);

  /** Tokens that the chosen model's prompt and answer may have together. */
  CompletableFuture<Integer> contextLength();

  /**
   * One action begins, of one request or many. Until it is closed the model is not unloaded for
   * idleness, and keeps the number of threads that it has when the first request begins.
   */
  Hold hold();

  /** Whether fewer threads are wanted on battery; heeded by the next action or load. */
  void setSparesBattery(boolean on);

  /**
   * Frees the model's memory when no action was under way for so long; empty for never. A request
   * loads it again.
   */
  void setIdleLimit(Optional<Duration> limit);

  /** Has {@code heard} called on the engine's thread when the model was unloaded for idleness. */
  void onIdleUnload(Runnable heard);

  /** An action under way; closing it twice is harmless. Any thread. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Stops the running request, frees the model and ends the thread. Closing twice is harmless. */
  @Override
  void close();
}
