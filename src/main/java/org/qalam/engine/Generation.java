package org.qalam.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.qalam.task.CancellationToken;
import org.qalam.task.EngineThread;
import org.qalam.tokenizer.TokenizerStream;

/**
 * Writes answers with one model, one after the other, on one key-value cache. Confined to the
 * engine's thread; closing it frees the cache.
 */
@EngineThread
public final class Generation implements AutoCloseable {
  private final LanguageModel model;
  private final IntPredicate endsAnswer;
  private final Generator generator;
  private final KeptPrefixes kept;
  private final boolean guesses;

  /**
   * Bytes of earlier prompts: 1,400 tokens of the starter with a float cache, 4,000 of a 1B model
   * with a cache of bytes.
   */
  private static final long KEPT_BYTES = 64L << 20;

  private @Nullable SourceGuesses likely;

  /**
   * Ids of the tokens in the cache, and after them those to come; the first {@code count} count.
   */
  private int[] tokens = new int[512];

  private int count;

  /** How many of them are the last prompt's. */
  private int promptCount;

  /** Answers that end where the model says so, with guesses of how they go on (0067). */
  public Generation(LanguageModel model) {
    this(model, model::isStopToken, true);
  }

  /**
   * @param endsAnswer whether a token ends an answer
   * @param guesses whether tokens may be read several at a time wherever an answer repeats its
   *     prompt; that is faster, and rounds as reading a prompt does
   */
  public Generation(LanguageModel model, IntPredicate endsAnswer, boolean guesses) {
    this.model = model;
    this.endsAnswer = endsAnswer;
    this.generator = model.newGenerator();
    this.kept = new KeptPrefixes(generator, KEPT_BYTES);
    this.guesses = guesses;
  }

  /** What a request that was cancelled before it began gives. */
  static GenerationResult nothing() {
    return new GenerationResult(
        List.of(), "", FinishReason.CANCELLED, new GenerationStats(0, 0, 0, 0, 0, 0, 0, 0));
  }

  /**
   * Tells what the next answer will repeat for the most part; it is guessed from that (0067).
   *
   * @param ids tokens; none where nothing is known
   * @param share of them that are hoped to come back, 0 to 1
   */
  void expect(int[] ids, double share) {
    likely = ids.length == 0 ? null : new SourceGuesses(ids, share);
  }

  /**
   * Reads the prompt, as far as the cache does not hold it already, and writes until the model is
   * done, a limit is reached or somebody cancels. While the token is paused it waits before the
   * next piece of the prompt or the next token; {@code listener} has heard all text until then.
   *
   * @param prompt at least one token
   * @param stops the answer ends before the first of these texts
   * @throws ContextOverflowException where the prompt leaves no room for an answer
   */
  public GenerationResult generate(
      int[] prompt,
      List<String> stops,
      GenerationParams params,
      GenerationListener listener,
      CancellationToken cancellation) {
    if (prompt.length >= model.contextLength()) {
      throw new ContextOverflowException(prompt.length, model.contextLength());
    }
    int reused = reuse(prompt);
    Guesses source = guesses();
    Steps steps = new Steps(generator, source, params.maxNewTokens(), model.contextLength());
    int[] fresh = Arrays.copyOfRange(prompt, reused, prompt.length);
    int[] beginning = steps.beginning(prompt.length);
    long start = now(cancellation);
    float[] logits;
    try {
      listener.reading(reused, prompt.length);
      logits =
          steps.begin(
              fresh,
              beginning,
              (done, _) ->
                  listener.reading(Math.min(reused + (int) done, prompt.length), prompt.length),
              cancellation);
    } catch (CancellationException e) {
      count = generator.tokenCount();
      double seconds = (now(cancellation) - start) / 1e9;
      return new GenerationResult(
          List.of(),
          "",
          FinishReason.CANCELLED,
          new GenerationStats(prompt.length, reused, seconds, 0, 0, 0, 0, 0));
    }
    // Guesses are part of the writing, and take their share of the time.
    double guessedShare = (double) beginning.length / (fresh.length + beginning.length);
    long read = now(cancellation);
    read -= (long) ((read - start) * guessedShare);
    Sampler sampler = new Sampler(params);
    TokenizerStream stream = new TokenizerStream(model.tokenizer());
    AnswerText answer = new AnswerText(stops, listener);
    List<Integer> ids = new ArrayList<>();
    FinishReason reason;
    while (true) {
      cancellation.awaitResumed();
      if (cancellation.isCancelled()) {
        reason = FinishReason.CANCELLED;
        break;
      }
      int id = sampler.sample(logits, tokens, count);
      if (endsAnswer.test(id)) {
        reason = FinishReason.STOP_TOKEN;
        break;
      }
      ids.add(id);
      if (answer.add(stream.accept(id))) {
        reason = FinishReason.STOP_TOKEN;
        break;
      }
      if (ids.size() >= params.maxNewTokens()) {
        reason = FinishReason.LENGTH;
        break;
      }
      if (count >= model.contextLength()) {
        reason = FinishReason.CONTEXT_FULL;
        break;
      }
      push(id);
      logits = steps.after(tokens, count, ids.size());
    }
    answer.end(stream.flush());
    long end = now(cancellation);
    return new GenerationResult(
        ids,
        answer.text(),
        reason,
        new GenerationStats(
            prompt.length,
            reused,
            (read - start) / 1e9,
            ids.size(),
            (end - read) / 1e9,
            steps.taken(),
            source.expected(),
            source.asExpected()));
  }

  /** Guesses for the answer that begins now. */
  private Guesses guesses() {
    SourceGuesses source = likely;
    likely = null;
    if (source != null) {
      return source;
    }
    return guesses ? new PromptLookup() : Guesses.NONE;
  }

  /** Nanoseconds of a clock that stands still during pauses. */
  private static long now(CancellationToken cancellation) {
    return System.nanoTime() - cancellation.heldNanos();
  }

  /** Leaves in the cache what it or a kept one shares with the prompt; gives how many tokens. */
  private int reuse(int[] prompt) {
    int reused = kept.take(tokens, Math.min(promptCount, generator.tokenCount()), count, prompt);
    count = 0;
    for (int id : prompt) {
      push(id);
    }
    promptCount = count;
    return reused;
  }

  private void push(int id) {
    if (count == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * count);
    }
    tokens[count++] = id;
  }

  @Override
  public void close() {
    kept.close();
    generator.close();
  }
}
