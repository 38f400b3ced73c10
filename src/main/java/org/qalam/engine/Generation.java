package org.qalam.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
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

  /**
   * Ids of the tokens in the cache, and after them those to come; the first {@code count} count.
   */
  private int[] tokens = new int[512];

  private int count;

  /** Answers that end where the model says so. */
  public Generation(LanguageModel model) {
    this(model, model::isStopToken);
  }

  /**
   * @param endsAnswer whether a token ends an answer
   */
  public Generation(LanguageModel model, IntPredicate endsAnswer) {
    this.model = model;
    this.endsAnswer = endsAnswer;
    this.generator = model.newGenerator();
  }

  /** What a request that was cancelled before it began gives. */
  static GenerationResult nothing() {
    return new GenerationResult(
        List.of(), "", FinishReason.CANCELLED, new GenerationStats(0, 0, 0, 0, 0));
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
    long start = now(cancellation);
    float[] logits;
    try {
      listener.reading(reused, prompt.length);
      logits =
          generator.append(
              Arrays.copyOfRange(prompt, reused, prompt.length),
              (done, _) -> listener.reading(reused + (int) done, prompt.length),
              cancellation);
    } catch (CancellationException e) {
      count = generator.tokenCount();
      double seconds = (now(cancellation) - start) / 1e9;
      return new GenerationResult(
          List.of(),
          "",
          FinishReason.CANCELLED,
          new GenerationStats(prompt.length, reused, seconds, 0, 0));
    }
    long read = now(cancellation);
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
      logits = generator.append(new int[] {id}, org.qalam.task.Progress.NONE, NEVER);
    }
    answer.end(stream.flush());
    long end = now(cancellation);
    return new GenerationResult(
        ids,
        answer.text(),
        reason,
        new GenerationStats(
            prompt.length, reused, (read - start) / 1e9, ids.size(), (end - read) / 1e9));
  }

  /** One token is never interrupted: the loop looks at the caller's token between two of them. */
  private static final CancellationToken NEVER = new CancellationToken();

  /** Nanoseconds of a clock that stands still during pauses. */
  private static long now(CancellationToken cancellation) {
    return System.nanoTime() - cancellation.heldNanos();
  }

  /** Rewinds the cache to what it shares with the prompt; gives how many tokens that is. */
  private int reuse(int[] prompt) {
    // The last token is always read again: its logits begin the answer.
    int limit = Math.min(Math.min(count, generator.tokenCount()), prompt.length - 1);
    int common = 0;
    while (common < limit && tokens[common] == prompt[common]) {
      common++;
    }
    generator.rewindTo(common);
    count = 0;
    for (int id : prompt) {
      push(id);
    }
    return common;
  }

  private void push(int id) {
    if (count == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * count);
    }
    tokens[count++] = id;
  }

  @Override
  public void close() {
    generator.close();
  }
}
