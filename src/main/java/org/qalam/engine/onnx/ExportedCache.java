package org.qalam.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qalam.catalog.GraphSignature;

/**
 * The keys and values of an exported graph, in native memory that both ways of running it use.
 *
 * <p>In place: one set of buffers (1, heads, capacity, head size) is past and present at once, so
 * that a step copies nothing. Otherwise there are two sets, and each step reads the one, (1, heads,
 * past tokens, head size), and writes the other. Confined to the engine's thread but for {@link
 * #close}.
 */
final class ExportedCache implements AutoCloseable {
  private static final int FIRST_CAPACITY = 512;

  private final OrtEnvironment environment;
  private final ModelShape shape;
  private final GraphSignature names;
  private final OnnxJavaType type;
  private final int limit;
  private final long row; // bytes of one head of one token
  private Bank past = Bank.EMPTY;
  private Bank present = Bank.EMPTY; // the same as past where the cache is in place
  private List<OnnxTensor> bound = List.of();

  /** Two buffers for each layer: keys, values. */
  private record Bank(@Nullable Arena arena, List<MemorySegment> buffers, int capacity) {
    static final Bank EMPTY = new Bank(null, List.of(), 0);

    void free() {
      if (arena != null && arena.scope().isAlive()) {
        arena.close();
      }
    }
  }

  /**
   * @param limit tokens that it may ever hold
   */
  ExportedCache(
      OrtEnvironment environment, ModelShape shape, ExportedSignature signature, int limit) {
    this.environment = environment;
    this.shape = shape;
    this.names = signature.names();
    this.type = signature.cacheType();
    this.limit = limit;
    this.row = (long) shape.headSize() * type.size;
  }

  /** Bytes of native memory. */
  long bytes() {
    long one = 2L * shape.layers() * shape.keyValueHeads() * row;
    return one * (names.cacheInPlace() ? past.capacity : past.capacity + present.capacity);
  }

  /**
   * Makes room and gives the step its tensors.
   *
   * @param kept tokens that it holds
   * @param total tokens that it holds after the step
   */
  void bind(int kept, int total, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs)
      throws OrtException {
    if (!names.cacheInPlace()) {
      if (total > present.capacity) {
        present.free();
        present = Bank.EMPTY;
        present = allocate(total);
      }
      release();
      List<OnnxTensor> from = tensors(past, kept);
      bound = from;
      put(inputs, names.pastKeys(), names.pastValues(), from);
      List<OnnxTensor> to = tensors(present, total);
      List<OnnxTensor> both = new ArrayList<>(from);
      both.addAll(to);
      bound = both;
      put(outputs, names.presentKeys(), names.presentValues(), to);
    } else if (total > past.capacity) {
      Bank larger = allocate(total);
      for (int i = 0; i < past.buffers.size(); i++) {
        copy(past.buffers.get(i), past.capacity, larger.buffers.get(i), larger.capacity, kept);
      }
      release();
      past.free();
      past = larger;
      bound = tensors(past, past.capacity);
      put(inputs, names.pastKeys(), names.pastValues(), bound);
      put(outputs, names.presentKeys(), names.presentValues(), bound);
    }
  }

  /** Takes what the step wrote as the past of the next one. */
  void accept() {
    if (!names.cacheInPlace()) {
      Bank read = past;
      past = present;
      present = read;
    }
  }

  /**
   * Forgets tokens at the end.
   *
   * @param held tokens that it holds
   * @param kept tokens that stay
   */
  void truncate(int held, int kept) {
    if (names.cacheInPlace() || held == kept) {
      return; // what follows is written over
    }
    for (MemorySegment buffer : past.buffers) {
      copy(buffer, held, buffer, kept, kept); // each head moves towards the start, the first first
    }
  }

  private void copy(MemorySegment from, int fromTokens, MemorySegment to, int toTokens, int kept) {
    for (long head = 0; head < shape.keyValueHeads(); head++) {
      MemorySegment.copy(from, head * fromTokens * row, to, head * toTokens * row, kept * row);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // the cache owns the arena and closes it
  private Bank allocate(int tokens) {
    int capacity = Math.max(past.capacity, FIRST_CAPACITY);
    while (capacity < tokens) {
      capacity = Math.multiplyExact(capacity, 2);
    }
    capacity = Math.min(capacity, Math.max(limit, tokens));
    Arena arena = Arena.ofShared();
    try {
      List<MemorySegment> buffers = new ArrayList<>();
      for (int i = 0; i < 2 * shape.layers(); i++) {
        buffers.add(arena.allocate(rowsBytes(capacity), 64));
      }
      return new Bank(arena, buffers, capacity);
    } catch (RuntimeException | OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  /** Bytes of the keys of a layer, or of its values. */
  private long rowsBytes(int tokens) {
    return (long) shape.keyValueHeads() * tokens * row;
  }

  /** Tensors (1, heads, tokens, head size) over the bank's buffers. */
  private List<OnnxTensor> tensors(Bank bank, int tokens) throws OrtException {
    List<OnnxTensor> tensors = new ArrayList<>();
    long[] sizes = {1, shape.keyValueHeads(), tokens, shape.headSize()};
    long bytes = rowsBytes(tokens);
    try {
      for (int i = 0; i < 2 * shape.layers(); i++) {
        MemorySegment buffer = tokens == 0 ? NOTHING : bank.buffers.get(i);
        tensors.add(
            OnnxTensor.createTensor(
                environment,
                buffer.asSlice(0, bytes).asByteBuffer().order(ByteOrder.nativeOrder()),
                sizes,
                type));
      }
      return tensors;
    } catch (OrtException | RuntimeException e) {
      tensors.forEach(OnnxTensor::close);
      throw e;
    }
  }

  /** Stands for no tokens: a tensor of no bytes still needs an address. */
  private static final MemorySegment NOTHING = Arena.global().allocate(64, 64);

  private void put(
      Map<String, OnnxTensor> nodes, String keys, String values, List<OnnxTensor> tensors) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      nodes.put(GraphSignature.inLayer(keys, layer), tensors.get(2 * layer));
      nodes.put(GraphSignature.inLayer(values, layer), tensors.get(2 * layer + 1));
    }
  }

  private void release() {
    bound.forEach(OnnxTensor::close);
    bound = List.of();
  }

  @Override
  public void close() {
    release();
    past.free();
    present.free();
    past = Bank.EMPTY;
    present = Bank.EMPTY;
  }
}
