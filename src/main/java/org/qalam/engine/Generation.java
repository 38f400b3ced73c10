package org.qalam.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.qalam.task.CancellationToken;
import org.qalam.task.EngineThread;
import org.qalam.task.Progress;
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
  private final boolean guesses;
  private final PromptLookup lookup = new PromptLookup();
  private int[] likely = new int[0];

  /**
   * Ids of the tokens in the cache, and after them those to come; the first {@code count} count.
   */
  private int[] tokens = new int[512];

  private int count;

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
    this.guesses = guesses;
  }

  /** What a request that was cancelled before it began gives. */
  static GenerationResult nothing() {
    return new GenerationResult(
        List.of(), "", FinishReason.CANCELLED, new GenerationStats(0, 0, 0, 0, 0, 0));
  }

  /**
   * Tells what the next answer may well begin with, and that it will be guessed for that (0067).
   *
   * @param ids tokens; none where nothing is known
   */
  void expect(int[] ids) {
    likely = ids.clone();
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
          new GenerationStats(prompt.length, reused, seconds, 0, 0, 0));
    }
    long read = now(cancellation);
    Sampler sampler = new Sampler(params);
    TokenizerStream stream = new TokenizerStream(model.tokenizer());
    AnswerText answer = new AnswerText(stops, listener);
    List<Integer> ids = new ArrayList<>();
    Steps steps = new Steps(params.maxNewTokens(), likely);
    likely = new int[0];
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
      logits = steps.after(id, ids.size());
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
            steps.taken));
  }

  /** One answer's steps through the model: a token at a time, or with guesses of the next ones. */
  private final class Steps {
    private final int most;
    private final int mostEach;
    private int[] guessed = new int[0];
    private int right;
    private int taken;
    private Generator.@Nullable LogitsAfter read;

    /**
     * @param most tokens of the answer
     * @param likely tokens that it may well begin with
     */
    Steps(int most, int[] likely) {
      this.most = most;
      this.mostEach = guesses || likely.length > 0 ? generator.mostEach() : 1;
      lookup.begin(likely);
    }

    /** Logits after a token that was just pushed, {@code written} being those of the answer. */
    float[] after(int id, int written) {
      lookup.saw(id);
      Generator.LogitsAfter known = read;
      if (known != null && right < guessed.length && guessed[right] == id) {
        right++;
        if (right < guessed.length) {
          lookup.expect(guessed[right]);
        }
        return known.at(right);
      }
      taken++;
      generator.rewindTo(count - 1); // forgets guesses that were wrong
      int room = Math.min(most - written, model.contextLength() - count);
      guessed =
          mostEach == 1 ? new int[0] : lookup.guess(tokens, count, Math.min(room, mostEach - 1));
      right = 0;
      if (guessed.length == 0) {
        read = null;
        return generator.append(new int[] {id}, Progress.NONE, NEVER);
      }
      int[] all = new int[guessed.length + 1];
      all[0] = id;
      System.arraycopy(guessed, 0, all, 1, guessed.length);
      Generator.LogitsAfter fresh = generator.appendEach(all);
      read = fresh;
      return fresh.at(0);
    }
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
