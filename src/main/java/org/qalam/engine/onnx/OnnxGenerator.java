package org.qalam.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.qalam.engine.ContextOverflowException;
import org.qalam.engine.EngineException;
import org.qalam.engine.Generator;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** A run of an {@link OnnxLanguageModel}: its key-value cache and the buffers of one step. */
final class OnnxGenerator implements Generator {
  /**
   * Tokens read in one step. Larger pieces read no faster (measured: see docs/performance.md) but
   * need more memory, and Stop waits for the piece that is being read.
   */
  static final int PIECE = 128;

  private final OnnxLanguageModel model;
  private final OrtEnvironment environment;
  private final Thread owner = Thread.currentThread();
  private final KvCache cache;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> outputs = new HashMap<>();
  private final LongBuffer oneToken = direct(Long.BYTES).asLongBuffer();
  private final LongBuffer lastPosition = direct(Long.BYTES).asLongBuffer();
  private final IntBuffer lastIndex = direct(Integer.BYTES).asIntBuffer();
  private final IntBuffer total = direct(Integer.BYTES).asIntBuffer();
  private final FloatBuffer logitsBuffer;
  private final OnnxTensor oneTokenTensor;
  private final OnnxTensor logitsTensor;
  private final List<OnnxTensor> owned;
  private final float[] logits;

  /** Of the steps that give several positions' logits; grows. */
  private FloatBuffer severalLogits = FloatBuffer.allocate(0);

  private int tokenCount;
  private boolean closed;

  OnnxGenerator(OnnxLanguageModel model, OrtEnvironment environment) throws OrtException {
    this.model = model;
    this.environment = environment;
    ModelShape shape = model.shape();
    this.cache = new KvCache(environment, shape, model.hasCompactCache(), model.contextLength());
    this.logits = new float[shape.vocabularySize()];
    this.logitsBuffer = direct(logits.length * Float.BYTES).asFloatBuffer();
    this.oneTokenTensor = OnnxTensor.createTensor(environment, oneToken, new long[] {1, 1});
    this.logitsTensor =
        OnnxTensor.createTensor(environment, logitsBuffer, new long[] {1, 1, logits.length});
    OnnxTensor last = OnnxTensor.createTensor(environment, lastIndex, new long[] {1});
    OnnxTensor all = OnnxTensor.createTensor(environment, total, new long[] {});
    OnnxTensor position = OnnxTensor.createTensor(environment, lastPosition, new long[] {1});
    this.owned = List.of(oneTokenTensor, logitsTensor, last, all, position);
    inputs.put("seqlens_k", last);
    inputs.put("total_sequence_length", all);
    inputs.put("logits_positions", position);
    outputs.put("logits", logitsTensor);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public int tokenCount() {
    return tokenCount;
  }

  @Override
  public long cacheBytes() {
    return cache.bytes();
  }

  /** The largest absolute value of every channel of the cache; as {@link KvCache#largest} tells. */
  List<float[]> largestCached() {
    requireOpen();
    return cache.largest(tokenCount);
  }

  @Override
  public float[] append(int[] ids, Progress progress, CancellationToken cancellation) {
    requireOpen();
    if (ids.length == 0) {
      throw new IllegalArgumentException("expected at least one token, found none");
    }
    requireRoom(ids.length);
    try {
      for (int from = 0; from < ids.length; from += PIECE) {
        awaitTurn(cancellation);
        int to = Math.min(ids.length, from + PIECE);
        step(ids, from, to);
        tokenCount += to - from;
        progress.report(to, ids.length);
      }
    } catch (OrtException e) {
      throw failed(e);
    }
    logitsBuffer.rewind().get(logits);
    return logits;
  }

  /** Tokens scored in one step: every one of them needs its logits. */
  private static final int SCORED_PIECE = 32;

  @Override
  public double[] score(int[] ids, Progress progress, CancellationToken cancellation) {
    requireOpen();
    if (ids.length < 2) {
      throw new IllegalArgumentException("expected at least two tokens, found " + ids.length);
    }
    requireRoom(ids.length);
    double[] scores = new double[ids.length - 1];
    try {
      for (int from = 0; from < ids.length; from += SCORED_PIECE) {
        awaitTurn(cancellation);
        int to = Math.min(ids.length, from + SCORED_PIECE);
        scoreStep(ids, from, to, scores);
        tokenCount += to - from;
        progress.report(to, ids.length);
      }
    } catch (OrtException e) {
      throw failed(e);
    }
    return scores;
  }

  private void scoreStep(int[] ids, int from, int to, double[] scores) throws OrtException {
    FloatBuffer all = stepForLast(ids, from, to, to - from);
    for (int i = 0; from + i < to && from + i + 1 < ids.length; i++) {
      all.get(i * logits.length, logits);
      scores[from + i] = logProbability(logits, ids[from + i + 1]);
    }
  }

  /** Reads as {@link #step} does; gives the logits after the last tokens, (count, vocabulary). */
  private FloatBuffer stepForLast(int[] ids, int from, int to, int count) throws OrtException {
    LongBuffer positions = direct(count * Long.BYTES).asLongBuffer();
    for (int i = 0; i < count; i++) {
      positions.put(i, to - from - count + i);
    }
    if (severalLogits.capacity() < count * logits.length) {
      severalLogits = direct(count * logits.length * Float.BYTES).asFloatBuffer();
    }
    FloatBuffer all = severalLogits.slice(0, count * logits.length);
    OnnxTensor lastOnly = inputs.get("logits_positions");
    try (OnnxTensor positionsTensor =
            OnnxTensor.createTensor(environment, positions, new long[] {count});
        OnnxTensor allTensor =
            OnnxTensor.createTensor(environment, all, new long[] {1, count, logits.length})) {
      inputs.put("logits_positions", positionsTensor);
      outputs.put("logits", allTensor);
      step(ids, from, to);
    } finally {
      inputs.put("logits_positions", lastOnly);
      outputs.put("logits", logitsTensor);
    }
    return all;
  }

  /** Bytes that the logits of a step with guesses may take: 16 positions of 128,256 tokens. */
  private static final long EACH_BYTES = 8L << 20;

  @Override
  public int mostEach() {
    return Math.clamp(EACH_BYTES / ((long) logits.length * Float.BYTES), 8, SCORED_PIECE);
  }

  @Override
  public LogitsAfter appendEach(
      int[] ids, int each, Progress progress, CancellationToken cancellation) {
    requireOpen();
    if (each < 1 || each > Math.min(mostEach(), ids.length)) {
      throw new IllegalArgumentException(
          "expected 1 to " + Math.min(mostEach(), ids.length) + " positions, found " + each);
    }
    requireRoom(ids.length);
    try {
      int from = 0;
      while (ids.length - from > PIECE) {
        awaitTurn(cancellation);
        int to = Math.min(from + PIECE, ids.length - each);
        step(ids, from, to);
        tokenCount += to - from;
        from = to;
        progress.report(from, ids.length);
      }
      awaitTurn(cancellation);
      FloatBuffer all = stepForLast(ids, from, ids.length, each);
      tokenCount += ids.length - from;
      progress.report(ids.length, ids.length);
      return index -> {
        all.get(index * logits.length, logits);
        return logits;
      };
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static void awaitTurn(CancellationToken cancellation) {
    cancellation.awaitResumed();
    cancellation.throwIfCancelled();
  }

  /** The log of the softmax at {@code id}, in double precision. */
  static double logProbability(float[] logits, int id) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return logits[id] - largest - Math.log(sum);
  }

  private void requireRoom(int more) {
    int end = Math.addExact(tokenCount, more);
    if (end > model.contextLength()) {
      throw new ContextOverflowException(end, model.contextLength());
    }
  }

  private static EngineException failed(OrtException e) {
    return new EngineException("ONNX Runtime failed: " + e.getMessage(), e);
  }

  /**
   * Reads the tokens {@code from} to {@code to - 1}; leaves the last one's logits in the buffer.
   */
  private void step(int[] ids, int from, int to) throws OrtException {
    int count = to - from;
    int sum = tokenCount + count;
    if (cache.reserve(sum, tokenCount)) {
      shareCache();
    }
    lastIndex.put(0, sum - 1);
    total.put(0, sum);
    lastPosition.put(0, count - 1);
    if (count == 1) {
      checkedPut(oneToken, 0, ids[from]);
      inputs.put("input_ids", oneTokenTensor);
      run();
      return;
    }
    LongBuffer many = direct(count * Long.BYTES).asLongBuffer();
    for (int i = 0; i < count; i++) {
      checkedPut(many, i, ids[from + i]);
    }
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, many, new long[] {1, count})) {
      inputs.put("input_ids", tensor);
      run();
    }
  }

  /** An id outside the vocabulary would make the run-time read foreign memory. */
  private void checkedPut(LongBuffer buffer, int at, int id) {
    if (id < 0 || id >= logits.length) {
      throw new IllegalArgumentException(
          "expected a token id from 0 to " + (logits.length - 1) + ", found " + id);
    }
    buffer.put(at, id);
  }

  private void run() throws OrtException {
    OrtSession.Result result = model.session().run(inputs, Set.of(), outputs);
    result.close(); // frees nothing of ours: every output is pinned
  }

  private void shareCache() {
    List<OnnxTensor> tensors = cache.tensors();
    for (int layer = 0; layer < tensors.size() / 2; layer++) {
      inputs.put("past_key_values." + layer + ".key", tensors.get(2 * layer));
      inputs.put("past_key_values." + layer + ".value", tensors.get(2 * layer + 1));
      outputs.put("present." + layer + ".key", tensors.get(2 * layer));
      outputs.put("present." + layer + ".value", tensors.get(2 * layer + 1));
    }
  }

  @Override
  public void rewindTo(int tokens) {
    requireOpen();
    if (tokens < 0 || tokens > tokenCount) {
      throw new IllegalArgumentException(
          "expected 0 to " + tokenCount + " tokens to keep, found " + tokens);
    }
    tokenCount = tokens;
  }

  @Override
  public Optional<Saved> save(int tokens, long limit) {
    requireOpen();
    if (tokens < 1 || tokens > tokenCount) {
      throw new IllegalArgumentException(
          "expected 1 to " + tokenCount + " tokens to save, found " + tokens);
    }
    return cache.bytesOf(tokens) > limit ? Optional.empty() : Optional.of(cache.save(tokens));
  }

  @Override
  public void restore(Saved saved, int tokens) {
    requireOpen();
    if (!(saved instanceof KvCache.Copy copy) || tokens < tokenCount || tokens > copy.tokens()) {
      throw new IllegalArgumentException("expected a copy of " + tokens + " tokens or more");
    }
    requireRoom(tokens - tokenCount);
    try {
      if (cache.reserve(tokens, tokenCount)) {
        shareCache();
      }
    } catch (OrtException e) {
      throw failed(e);
    }
    cache.restore(copy, tokenCount, tokens);
    tokenCount = tokens;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this run of " + model.id() + " is closed");
    }
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "expected thread '"
              + owner.getName()
              + "', found '"
              + Thread.currentThread().getName()
              + "'");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      owned.forEach(OnnxTensor::close);
      cache.close();
    }
  }
}
