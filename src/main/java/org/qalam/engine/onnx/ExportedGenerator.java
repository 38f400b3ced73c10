package org.qalam.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qalam.engine.ContextOverflowException;
import org.qalam.engine.EngineException;
import org.qalam.engine.Generator;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * A run of a graph that another program exported: an attention mask of ones over past and new
 * tokens, their positions, and the logits of every position of a step, which decide how many tokens
 * a step may read.
 */
final class ExportedGenerator implements Generator {
  /** Bytes that the logits of one step may take; 128,256 tokens leave 64 positions. */
  private static final long LOGITS_BYTES = 32L << 20;

  private static final int SCORED_PIECE = 32;

  private final OnnxLanguageModel model;
  private final OrtEnvironment environment;
  private final ExportedSignature signature;
  private final Thread owner = Thread.currentThread();
  private final ExportedCache cache;
  private final int piece;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> outputs = new HashMap<>();
  private final float[] logits;
  private LongBuffer ones = LongBuffer.allocate(0);
  private LongBuffer ascending = LongBuffer.allocate(0);
  private ByteBuffer logitsBuffer; // (rows, vocabulary)
  private int rows; // of logits that the last step gave
  private int tokenCount;
  private boolean quiet; // failures are expected and not to be logged
  private boolean closed;

  ExportedGenerator(
      OnnxLanguageModel model, OrtEnvironment environment, ExportedSignature signature) {
    this.model = model;
    this.environment = environment;
    this.signature = signature;
    this.cache = new ExportedCache(environment, model.shape(), signature, model.contextLength());
    this.logits = new float[model.shape().vocabularySize()];
    this.logitsBuffer = direct(rowBytes());
    this.piece =
        givesLastOnly()
            ? OnnxGenerator.PIECE
            : Math.clamp(Long.highestOneBit(LOGITS_BYTES / rowBytes()), 1, OnnxGenerator.PIECE);
  }

  /** Tokens that are read in one step. */
  int piece() {
    return piece;
  }

  private boolean givesLastOnly() {
    return signature.givesLastOnly() || !signature.names().logitsToKeep().isEmpty();
  }

  private int rowBytes() {
    return Math.multiplyExact(logits.length, signature.logitsType().size);
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

  @Override
  public float[] append(int[] ids, Progress progress, CancellationToken cancellation) {
    requireOpen();
    if (ids.length == 0) {
      throw new IllegalArgumentException("expected at least one token, found none");
    }
    requireRoom(ids.length);
    for (int from = 0; from < ids.length; ) {
      cancellation.awaitResumed();
      cancellation.throwIfCancelled();
      int to = Math.min(ids.length, from + width(piece));
      step(ids, from, to, true);
      from = to;
      progress.report(to, ids.length);
    }
    readRow(rows - 1);
    if (rows > 1) {
      logitsBuffer = direct(rowBytes()); // the large one is only for prompts
    }
    return logits;
  }

  @Override
  public double[] score(int[] ids, Progress progress, CancellationToken cancellation) {
    requireOpen();
    if (ids.length < 2) {
      throw new IllegalArgumentException("expected at least two tokens, found " + ids.length);
    }
    requireRoom(ids.length);
    double[] scores = new double[ids.length - 1];
    int most = signature.givesLastOnly() ? 1 : Math.min(piece, SCORED_PIECE);
    for (int from = 0; from < ids.length; ) {
      cancellation.awaitResumed();
      cancellation.throwIfCancelled();
      int to = Math.min(ids.length, from + width(most));
      step(ids, from, to, false);
      for (int i = from; i < to && i + 1 < ids.length; i++) {
        readRow(i - from);
        scores[i] = OnnxGenerator.logProbability(logits, ids[i + 1]);
      }
      from = to;
      progress.report(to, ids.length);
    }
    return scores;
  }

  /** Tokens that the next step may read. */
  private int width(int most) {
    return signature.readsInPieces() || tokenCount == 0 ? most : 1;
  }

  /** What a graph can read after the beginning of a text. */
  enum Reading {
    /** Any number of tokens in a step. */
    PIECES,
    /** One token in a step: its mask is made for prompts and single tokens. */
    SINGLE_TOKENS,
    /** Nothing. */
    NOTHING
  }

  /**
   * Tries what may follow in a step: reads three tokens at once, then the same three in two steps
   * or three, and compares. A graph that cannot do it fails, or gives something else.
   */
  Reading tryReading() {
    int last = Math.min(2, logits.length - 1);
    int[] ids = {0, last, last / 2};
    float[] expected = logitsOf(ids, 3);
    if (isLike(expected, logitsOf(ids, 1, 3))) {
      return Reading.PIECES;
    }
    return isLike(expected, logitsOf(ids, 1, 2, 3)) ? Reading.SINGLE_TOKENS : Reading.NOTHING;
  }

  /** Logits after steps that end at {@code ends}; empty where one of them fails. */
  private float[] logitsOf(int[] ids, int... ends) {
    rewindTo(0);
    quiet = true;
    try {
      for (int to : ends) {
        step(ids, tokenCount, to, true);
      }
    } catch (EngineException e) {
      return new float[0];
    } finally {
      quiet = false;
    }
    readRow(rows - 1);
    return logits.clone();
  }

  /** Whether two vectors differ by less than a tenth of what the numbers in one differ. */
  private static boolean isLike(float[] expected, float[] found) {
    if (expected.length != found.length || expected.length == 0) {
      return false;
    }
    double mean = 0;
    for (float number : expected) {
      mean += number / expected.length;
    }
    double spread = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      spread += (expected[i] - mean) * (expected[i] - mean);
      difference += (double) (expected[i] - found[i]) * (expected[i] - found[i]);
    }
    return difference <= spread / 100;
  }

  private void requireRoom(int more) {
    int end = Math.addExact(tokenCount, more);
    if (end > model.contextLength()) {
      throw new ContextOverflowException(end, model.contextLength());
    }
  }

  /** Reads the tokens {@code from} to {@code to - 1}; leaves logits in the buffer. */
  private void step(int[] ids, int from, int to, boolean lastOnly) {
    int count = to - from;
    int total = tokenCount + count;
    LongBuffer tokens = direct(count * Long.BYTES).asLongBuffer();
    for (int i = 0; i < count; i++) {
      int id = ids[from + i];
      if (id < 0 || id >= logits.length) {
        throw new IllegalArgumentException(
            "expected a token id from 0 to " + (logits.length - 1) + ", found " + id);
      }
      tokens.put(i, id);
    }
    reserveNumbers(total);
    int given = lastOnly && givesLastOnly() ? 1 : count;
    List<OnnxTensor> owned = new ArrayList<>();
    try {
      put(signature.names().inputIds(), tokens, owned, 1, count);
      put(signature.names().attentionMask(), ones.slice(0, total), owned, 1, total);
      put(signature.names().positionIds(), ascending.slice(tokenCount, count), owned, 1, count);
      LongBuffer keep = direct(Long.BYTES).asLongBuffer().put(0, lastOnly ? 1 : 0);
      put(signature.names().logitsToKeep(), keep, owned);
      bindLogits(given, owned);
      cache.bind(tokenCount, total, inputs, outputs);
      run();
    } catch (OrtException e) {
      throw new EngineException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      owned.forEach(OnnxTensor::close);
    }
    cache.accept();
    rows = given;
    tokenCount = total;
  }

  private void run() throws OrtException {
    if (!quiet) {
      model.session().run(inputs, Set.of(), outputs).close(); // every output is pinned and ours
      return;
    }
    try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      model.session().run(inputs, Set.of(), outputs, options).close();
    }
  }

  private void put(String name, LongBuffer numbers, List<OnnxTensor> owned, long... shape)
      throws OrtException {
    if (!name.isEmpty()) {
      OnnxTensor tensor = OnnxTensor.createTensor(environment, numbers, shape);
      owned.add(tensor);
      inputs.put(name, tensor);
    }
  }

  private void bindLogits(int given, List<OnnxTensor> owned) throws OrtException {
    int bytes = Math.multiplyExact(given, rowBytes());
    if (logitsBuffer.capacity() < bytes) {
      logitsBuffer = direct(bytes);
    }
    OnnxTensor tensor =
        OnnxTensor.createTensor(
            environment,
            logitsBuffer.slice(0, bytes).order(ByteOrder.nativeOrder()),
            new long[] {1, given, logits.length},
            signature.logitsType());
    owned.add(tensor);
    outputs.put(signature.names().logits(), tensor);
  }

  /** The mask and the positions are slices of two lists that grow with the text. */
  private void reserveNumbers(int total) {
    if (ones.capacity() >= total) {
      return;
    }
    int capacity =
        (int) Math.min(Math.max(2L * total, 512), Math.max(total, model.contextLength()));
    ones = direct(capacity * Long.BYTES).asLongBuffer();
    ascending = direct(capacity * Long.BYTES).asLongBuffer();
    for (int i = 0; i < capacity; i++) {
      ones.put(i, 1);
      ascending.put(i, i);
    }
  }

  private void readRow(int at) {
    int first = Math.multiplyExact(at, rowBytes());
    ByteBuffer bytes = logitsBuffer.slice(first, rowBytes()).order(ByteOrder.nativeOrder());
    if (signature.logitsType() == OnnxJavaType.FLOAT) {
      bytes.asFloatBuffer().get(logits);
      return;
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Float.float16ToFloat(bytes.getShort(i * Short.BYTES));
    }
  }

  @Override
  public void rewindTo(int tokens) {
    requireOpen();
    if (tokens < 0 || tokens > tokenCount) {
      throw new IllegalArgumentException(
          "expected 0 to " + tokenCount + " tokens to keep, found " + tokens);
    }
    cache.truncate(tokenCount, tokens);
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
      cache.close();
    }
  }
}
