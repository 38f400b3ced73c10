package org.qalam.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.tokenizer.ChatMessage;
import org.qalam.tokenizer.PromptEncoder;
import org.qalam.tokenizer.Tokenizer;

/** A model whose tokens are letters: it writes the alphabet and begins again. */
class StubModel implements LanguageModel, Tokenizer, PromptEncoder {
  static final int LETTERS = 26;

  /** Calls of {@link Generator#append}, in all of its runs. */
  final AtomicInteger steps = new AtomicInteger();

  final int threads;
  private final Runnable closed;

  /**
   * @param closed called when the model is closed
   */
  StubModel(int threads, Runnable closed) {
    this.threads = threads;
    this.closed = closed;
  }

  @Override
  public String id() {
    return "stub";
  }

  @Override
  public int contextLength() {
    return 1 << 20;
  }

  @Override
  public Tokenizer tokenizer() {
    return this;
  }

  @Override
  public PromptEncoder promptEncoder() {
    return this;
  }

  @Override
  public boolean isStopToken(int id) {
    return false;
  }

  @Override
  public Generator newGenerator() {
    return new Run();
  }

  @Override
  public void close() {
    closed.run();
  }

  @Override
  public int[] encode(CharSequence text) {
    return text.chars().map(letter -> Math.floorMod(letter - 'a', LETTERS)).toArray();
  }

  @Override
  public int[] encodeWithSpecial(CharSequence text) {
    return encode(text);
  }

  @Override
  public String render(List<ChatMessage> messages) {
    return messages.getLast().content();
  }

  @Override
  public int[] encode(List<ChatMessage> messages) {
    return encode(render(messages));
  }

  @Override
  public String decode(int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append((char) ('a' + id));
    }
    return text.toString();
  }

  @Override
  public byte[] bytes(int id) {
    return decode(new int[] {id}).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isSpecial(int id) {
    return false;
  }

  @Override
  public OptionalInt id(String token) {
    return OptionalInt.empty();
  }

  @Override
  public int vocabularySize() {
    return LETTERS;
  }

  private final class Run implements Generator {
    private int count;

    @Override
    public int tokenCount() {
      return count;
    }

    @Override
    public long cacheBytes() {
      return 0;
    }

    @Override
    public float[] append(int[] ids, Progress progress, CancellationToken cancellation) {
      cancellation.awaitResumed();
      cancellation.throwIfCancelled();
      steps.incrementAndGet();
      count += ids.length;
      float[] logits = new float[LETTERS];
      logits[(ids[ids.length - 1] + 1) % LETTERS] = 1;
      return logits;
    }

    @Override
    public double[] score(int[] ids, Progress progress, CancellationToken cancellation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void rewindTo(int tokens) {
      count = tokens;
    }

    @Override
    public void close() {}
  }
}
