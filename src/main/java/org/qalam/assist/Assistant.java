package org.qalam.assist;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.qalam.task.CancellationToken;

/**
 * Answers a writer's requests with the chosen model. Every method returns at once, from any thread.
 *
 * <p>Futures fail with {@link AssistException}, whose message is one sentence for people.
 */
public interface Assistant extends QuestionAnswering {
  /**
   * All actions, in the order of the panel: the program's, the writer's own as they were last read,
   * and the free instruction last.
   */
  List<Action> actions();

  /**
   * Reads the writer's own actions anew. Gives a sentence for each file that cannot be used; the
   * others are among {@link #actions()} then.
   */
  default CompletableFuture<List<String>> readOwnActions() {
    return CompletableFuture.completedFuture(List.of());
  }

  /** Chooses the model of the next requests by its id and folder. */
  CompletableFuture<Void> use(String id, Path folder);

  /** The chosen model's id. */
  Optional<String> model();

  /** Loads the chosen model in advance. */
  CompletableFuture<Void> warmUp(Consumer<Phase> phases);

  /** Frees the model's memory; the next request loads it again. */
  CompletableFuture<Void> unload();

  /** Whether fewer threads compute on battery, from the next request on. */
  void setSparesBattery(boolean on);

  /**
   * Frees the model's memory when no request was under way for so long; empty for never. The next
   * request loads it again.
   */
  void setIdleLimit(Optional<Duration> limit);

  /** Has {@code heard} called, on the engine's thread, when the model was freed for idleness. */
  void onIdleUnload(Runnable heard);

  /**
   * Asks for a proposal. {@code phases} is called on the engine's thread and must return quickly.
   * After {@code cancellation} the future completes within one token with what was written so far;
   * while it is paused the request waits, from the next token or piece on.
   */
  CompletableFuture<Proposal> propose(
      AssistRequest request, Consumer<Phase> phases, CancellationToken cancellation);

  /** How fast the chosen model was seen to be; empty before anything was seen. */
  default Optional<Speed> speed() {
    return Optional.empty();
  }

  /** Takes the chosen model for that fast until something is seen. */
  default void expect(Speed speed) {}

  /**
   * Finds out how fast the chosen model is, where nothing was seen: it is loaded and corrects a
   * sentence. A request ends that. Does not load a model whose memory was given back.
   *
   * @return ends when the speed is known, or not to be found out
   */
  default CompletableFuture<Void> measureSpeed() {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * What a request will cost, from the speeds seen on this machine. Does not load a model whose
   * memory was given back: nothing but the expected tokens is known then.
   */
  CompletableFuture<Estimate> estimate(AssistRequest request);

  /**
   * What a request will cost.
   *
   * @param promptTokens tokens to read at a time, at most
   * @param expectedTokens tokens to write at a time, about
   * @param contextLength tokens that the model can hold
   * @param parts that a text is cut into which does not fit, or is worked on piece by piece
   * @param seconds time to the end, about; NaN before anything was measured
   */
  record Estimate(
      int promptTokens, int expectedTokens, int contextLength, int parts, double seconds) {
    /** Of a text in one piece. */
    public Estimate(int promptTokens, int expectedTokens, int contextLength, double seconds) {
      this(promptTokens, expectedTokens, contextLength, 1, seconds);
    }

    /** Per cent of the context that the largest prompt and its answer take, at least 1. */
    public int share() {
      return Math.max(1, (int) Math.round(100.0 * (promptTokens + expectedTokens) / contextLength));
    }

    /** Whether prompt and answer fit into the model's context. */
    public boolean fits() {
      return promptTokens + expectedTokens <= contextLength;
    }
  }
}
