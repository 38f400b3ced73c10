package org.qalam.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qalam.engine.Generator;

/**
 * The keys and values of the tokens so far, float32 or int8, in native memory: for every layer two
 * buffers (1, heads, capacity, head size), given to ONNX Runtime as input and output at once, so
 * that a step writes them in place. Grows by doubling. Confined to the engine's thread; closing
 * frees the memory.
 */
final class KvCache implements AutoCloseable {
  private static final int FIRST_CAPACITY = 512;

  private final OrtEnvironment environment;
  private final int layers;
  private final int heads;
  private final int headSize;
  private final int limit;
  private final boolean isCompact;
  private @Nullable Arena arena;
  private List<MemorySegment> buffers = List.of();
  private List<OnnxTensor> tensors = List.of();
  private int capacity;

  /**
   * @param isCompact whether a number takes one byte instead of four
   * @param limit tokens that it may ever hold
   */
  KvCache(OrtEnvironment environment, ModelShape shape, boolean isCompact, int limit) {
    this.environment = environment;
    this.layers = shape.layers();
    this.heads = shape.keyValueHeads();
    this.headSize = shape.headSize();
    this.isCompact = isCompact;
    this.limit = limit;
  }

  /** Tensors in the order layer 0 key, layer 0 value, layer 1 key, ...; valid until it grows. */
  List<OnnxTensor> tensors() {
    return tensors;
  }

  /** Bytes of native memory. */
  long bytes() {
    return 2L * layers * bufferBytes(capacity);
  }

  /**
   * Makes room.
   *
   * @param tokens that it must hold, at most the limit
   * @param kept tokens at its start that must stay
   * @return whether the tensors are new ones
   */
  @SuppressWarnings("MustBeClosedChecker") // the cache owns the arena and closes it
  boolean reserve(int tokens, int kept) throws OrtException {
    if (tokens <= capacity) {
      return false;
    }
    int larger = Math.max(capacity, FIRST_CAPACITY);
    while (larger < tokens) {
      larger = Math.multiplyExact(larger, 2);
    }
    larger = Math.min(larger, Math.max(limit, tokens));
    Arena next = Arena.ofShared();
    List<MemorySegment> nextBuffers = new ArrayList<>();
    List<OnnxTensor> nextTensors = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * layers; i++) {
        MemorySegment buffer = next.allocate(bufferBytes(larger), 64);
        if (kept > 0) {
          copy(buffers.get(i), capacity, buffer, larger, kept);
        }
        nextBuffers.add(buffer);
        nextTensors.add(
            tensor(
                buffer.asByteBuffer().order(ByteOrder.nativeOrder()),
                new long[] {1, heads, larger, headSize}));
      }
    } catch (OrtException | RuntimeException | OutOfMemoryError e) {
      nextTensors.forEach(OnnxTensor::close);
      next.close();
      throw e;
    }
    free();
    arena = next;
    buffers = nextBuffers;
    tensors = nextTensors;
    capacity = larger;
    return true;
  }

  @SuppressWarnings("MustBeClosedChecker") // the cache owns the tensors and closes them
  private OnnxTensor tensor(ByteBuffer buffer, long[] shape) throws OrtException {
    return isCompact
        ? OnnxTensor.createTensor(environment, buffer, shape, OnnxJavaType.INT8)
        : OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), shape);
  }

  /**
   * The largest absolute value of every channel so far; float32 only.
   *
   * @return layer 0 key, layer 0 value, layer 1 key, ...; each (heads * head size)
   */
  List<float[]> largest(int tokens) {
    return buffers.stream().map(buffer -> largest(buffer, tokens)).toList();
  }

  private float[] largest(MemorySegment buffer, int tokens) {
    float[] largest = new float[heads * headSize];
    for (int head = 0; head < heads; head++) {
      for (int token = 0; token < tokens; token++) {
        long row = ((long) head * capacity + token) * headSize;
        for (int i = 0; i < headSize; i++) {
          float value = Math.abs(buffer.getAtIndex(ValueLayout.JAVA_FLOAT, row + i));
          largest[head * headSize + i] = Math.max(largest[head * headSize + i], value);
        }
      }
    }
    return largest;
  }

  private long numberBytes() {
    return isCompact ? Byte.BYTES : Float.BYTES;
  }

  private void copy(
      MemorySegment from, int fromCapacity, MemorySegment to, int toCapacity, int kept) {
    long row = headSize * numberBytes();
    for (long head = 0; head < heads; head++) {
      MemorySegment.copy(from, head * fromCapacity * row, to, head * toCapacity * row, kept * row);
    }
  }

  /** Bytes of so many tokens' keys and values. */
  long bytesOf(int tokens) {
    return 2L * layers * bufferBytes(tokens);
  }

  /** The first tokens' keys and values: buffers as the cache's, with a capacity of just these. */
  record Copy(Arena arena, List<MemorySegment> buffers, int tokens, long bytes)
      implements Generator.Saved {
    @Override
    public void close() {
      if (arena.scope().isAlive()) {
        arena.close();
      }
    }
  }

  /** Copies the first tokens, which the cache holds; the caller closes the copy. */
  @SuppressWarnings("MustBeClosedChecker") // the copy owns the arena and closes it
  Copy save(int tokens) {
    Arena own = Arena.ofShared();
    try {
      List<MemorySegment> copies = new ArrayList<>();
      for (MemorySegment buffer : buffers) {
        MemorySegment copy = own.allocate(bufferBytes(tokens), 64);
        copy(buffer, capacity, copy, tokens, tokens);
        copies.add(copy);
      }
      return new Copy(own, copies, tokens, bytesOf(tokens));
    } catch (OutOfMemoryError e) {
      own.close();
      throw e;
    }
  }

  /** Takes the tokens {@code from} to {@code to - 1} from a copy; there is room for them. */
  void restore(Copy copy, int from, int to) {
    long row = headSize * numberBytes();
    for (int i = 0; i < buffers.size(); i++) {
      for (long head = 0; head < heads; head++) {
        MemorySegment.copy(
            copy.buffers.get(i),
            (head * copy.tokens + from) * row,
            buffers.get(i),
            (head * capacity + from) * row,
            (to - from) * row);
      }
    }
  }

  private long bufferBytes(int tokens) {
    return (long) heads * tokens * headSize * numberBytes();
  }

  private void free() {
    tensors.forEach(OnnxTensor::close);
    tensors = List.of();
    buffers = List.of();
    if (arena != null) {
      arena.close();
      arena = null;
    }
    capacity = 0;
  }

  @Override
  public void close() {
    free();
  }
}
