package org.qalam.convert;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A GGUF file, mapped into memory: key-value pairs and tensors. Confined to the thread that opened
 * it; closing it unmaps the file, after which its tensors cannot be read. Every count, length and
 * offset is checked against the file before it is believed. The format is described in ggml's
 * {@code docs/gguf.md}.
 */
final class GgufFile implements CheckpointFile {
  private static final int MAGIC = 0x46554747; // "GGUF", little-endian
  private static final long MAX_STRING = 1 << 24;
  private static final int MAX_DIMENSIONS = 4;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final Path path;
  private final String name;
  private final MemorySegment file;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private long position;

  /**
   * Opens a file and reads all of its header.
   *
   * @throws ImportException where it is no whole GGUF file
   */
  @SuppressWarnings("MustBeClosedChecker") // the file owns the arena and closes it
  static GgufFile open(Path path) throws ImportException, IOException {
    Arena arena = Arena.ofConfined();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      GgufFile gguf = new GgufFile(arena, path, file);
      gguf.readHeader();
      return gguf;
    } catch (ImportException | IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private GgufFile(Arena arena, Path path, MemorySegment file) {
    this.arena = arena;
    this.path = path;
    this.name = String.valueOf(path.getFileName());
    this.file = file;
  }

  private void readHeader() throws ImportException {
    if (file.byteSize() < 24 || file.get(INT, 0) != MAGIC) {
      throw new ImportException(name + ": this is not a GGUF file (it does not begin with 'GGUF')");
    }
    position = 4;
    int version = readInt();
    if (version != 2 && version != 3) {
      throw new ImportException(
          name + ": GGUF version 2 or 3 was expected, version " + version + " was found");
    }
    long tensorCount = readCount(24, "tensors");
    long valueCount = readCount(12, "keys");
    for (long i = 0; i < valueCount; i++) {
      String key = readString();
      values.put(key, readValue(readInt(), 0));
    }
    record Described(String name, TensorType type, List<Long> shape, long offset) {}
    List<Described> described = new ArrayList<>();
    for (long i = 0; i < tensorCount; i++) {
      String tensor = readString();
      int dimensions = readInt();
      if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
        throw damaged("tensor " + tensor + " has " + dimensions + " dimensions");
      }
      List<Long> shape = new ArrayList<>();
      for (int d = 0; d < dimensions; d++) {
        long size = readLong();
        if (size <= 0 || size > Integer.MAX_VALUE) {
          throw damaged("tensor " + tensor + " has a dimension of " + size);
        }
        shape.addFirst(size);
      }
      int code = readInt();
      TensorType type = TensorType.of(code);
      if (type == null) {
        throw new ImportException(
            name
                + ": tensor "
                + tensor
                + " is quantised in a way that Qalam does not read (ggml type "
                + code
                + "); take a Q4_0, Q8_0, Q4_K_M or F16 file of the same model");
      }
      described.add(new Described(tensor, type, List.copyOf(shape), readLong()));
    }
    long alignment = integer("general.alignment").orElse(32L);
    if (alignment <= 0 || Long.bitCount(alignment) != 1 || alignment > 1 << 20) {
      throw damaged("its alignment is " + alignment);
    }
    long start = (position + alignment - 1) & -alignment;
    for (Described tensor : described) {
      tensors.put(
          tensor.name,
          new Tensor(
              tensor.name,
              tensor.type,
              tensor.shape,
              data(tensor.name, tensor.type, tensor.shape, start, tensor.offset)));
    }
  }

  private MemorySegment data(
      String tensor, TensorType type, List<Long> shape, long start, long offset)
      throws ImportException {
    long elements = 1;
    try {
      for (long size : shape) {
        elements = Math.multiplyExact(elements, size);
      }
      if (shape.getLast() % type.blockSize != 0) {
        throw damaged("tensor " + tensor + " has rows of " + shape.getLast() + " numbers");
      }
      long bytes = Math.multiplyExact(elements / type.blockSize, (long) type.blockBytes);
      long first = Math.addExact(start, offset);
      if (offset < 0 || Math.addExact(first, bytes) > file.byteSize()) {
        throw new ImportException(
            name
                + ": tensor "
                + tensor
                + " is cut short (the file ends at "
                + megabytes(file.byteSize())
                + " of at least "
                + megabytes(Math.addExact(first, bytes))
                + "); download it again");
      }
      return file.asSlice(first, bytes);
    } catch (ArithmeticException overflow) {
      throw damaged("tensor " + tensor + " is larger than any file");
    }
  }

  /** Name of the file. */
  String name() {
    return name;
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  Optional<String> string(String key) {
    return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<Long> integer(String key) {
    return values.get(key) instanceof Number number && !isFloat(number)
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  Optional<Double> number(String key) {
    return values.get(key) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  Optional<Boolean> bool(String key) {
    return values.get(key) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /** A list of strings; empty where the key is missing or is something else. */
  List<String> strings(String key) {
    return values.get(key) instanceof List<?> list
            && list.stream().allMatch(String.class::isInstance)
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  /** A list of numbers; empty where the key is missing or is something else. */
  List<Number> numbers(String key) {
    return values.get(key) instanceof List<?> list
            && list.stream().allMatch(Number.class::isInstance)
        ? list.stream().map(Number.class::cast).toList()
        : List.of();
  }

  /** A positive whole number that the model cannot be understood without. */
  int required(String key) throws ImportException {
    long value =
        integer(key)
            .orElseThrow(() -> new ImportException(name + ": the key " + key + " is missing"));
    if (value <= 0 || value > Integer.MAX_VALUE) {
      throw damaged("its key " + key + " is " + value);
    }
    return (int) value;
  }

  @Override
  public Path path() {
    return path;
  }

  /** Unmaps the file. Closing twice is harmless. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private static boolean isFloat(Number number) {
    return number instanceof Float || number instanceof Double;
  }

  private Object readValue(int type, int depth) throws ImportException {
    return switch (type) {
      case 0 -> (long) Byte.toUnsignedInt(readByte());
      case 1 -> (long) readByte();
      case 2 -> (long) Short.toUnsignedInt(readShort());
      case 3 -> (long) readShort();
      case 4 -> Integer.toUnsignedLong(readInt());
      case 5 -> (long) readInt();
      case 6 -> Float.intBitsToFloat(readInt());
      case 7 -> readByte() != 0;
      case 8 -> readString();
      case 9 -> readArray(depth);
      case 10, 11 -> readLong();
      case 12 -> Double.longBitsToDouble(readLong());
      default -> throw damaged("a key is of unknown type " + type);
    };
  }

  private List<Object> readArray(int depth) throws ImportException {
    if (depth > 3) {
      throw damaged("its lists are nested too deeply");
    }
    int type = readInt();
    long count = readCount(1, "list entries");
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      list.add(readValue(type, depth + 1));
    }
    return list;
  }

  /** Reads a count of things that take at least {@code bytes} bytes each in what is left. */
  private long readCount(long bytes, String what) throws ImportException {
    long count = readLong();
    if (count < 0 || count > (file.byteSize() - position) / bytes) {
      throw damaged("it announces " + Long.toUnsignedString(count) + " " + what);
    }
    return count;
  }

  private String readString() throws ImportException {
    long length = readLong();
    if (length < 0 || length > MAX_STRING) {
      throw damaged("it announces a text of " + Long.toUnsignedString(length) + " bytes");
    }
    require(length);
    byte[] bytes = file.asSlice(position, length).toArray(ValueLayout.JAVA_BYTE);
    position += length;
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte readByte() throws ImportException {
    require(1);
    return file.get(ValueLayout.JAVA_BYTE, position++);
  }

  private short readShort() throws ImportException {
    require(2);
    position += 2;
    return file.get(SHORT, position - 2);
  }

  private int readInt() throws ImportException {
    require(4);
    position += 4;
    return file.get(INT, position - 4);
  }

  private long readLong() throws ImportException {
    require(8);
    position += 8;
    return file.get(LONG, position - 8);
  }

  private void require(long bytes) throws ImportException {
    if (bytes > file.byteSize() - position) {
      throw new ImportException(
          name
              + ": the file is cut short (it ends at "
              + megabytes(file.byteSize())
              + " in its header); download it again");
    }
  }

  private ImportException damaged(String how) {
    return new ImportException(name + ": the file is damaged (" + how + "); download it again");
  }

  private static String megabytes(long bytes) {
    return bytes < 1_000_000
        ? bytes / 1000 + " kB"
        : String.format(java.util.Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
