package org.qalam.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file: eight bytes with the length of a JSON header, the header, the tensors. The
 * file is mapped; its tensors are valid until it is closed. Format: Hugging Face's {@code
 * safetensors} documentation.
 */
final class SafetensorsFile implements CheckpointFile {
  /** A thousand tensors take 100 kB; the format itself allows 100 MB. */
  private static final long MAX_HEADER = 8_000_000;

  private static final int MAX_DIMENSIONS = 8;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(16).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Arena arena;
  private final Path path;
  private final String name;
  private final MemorySegment file;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private SafetensorsFile(Arena arena, Path path, MemorySegment file) {
    this.arena = arena;
    this.path = path;
    this.name = String.valueOf(path.getFileName());
    this.file = file;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws ImportException where it is no whole safetensors file
   */
  @SuppressWarnings("MustBeClosedChecker") // the file owns the arena and closes it
  static SafetensorsFile open(Path path) throws ImportException, IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      SafetensorsFile opened = new SafetensorsFile(arena, path, mapped);
      opened.readHeader();
      return opened;
    } catch (ImportException | IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private void readHeader() throws ImportException {
    if (file.byteSize() < Long.BYTES) {
      throw new ImportException(name + ": this is not a safetensors file (it is too short)");
    }
    long length = file.get(LONG, 0);
    if (length < 2 || length > MAX_HEADER) {
      throw new ImportException(
          name
              + ": this is not a safetensors file (it announces a header of "
              + Long.toUnsignedString(length)
              + " bytes)");
    }
    long start = Long.BYTES + length;
    if (start > file.byteSize()) {
      throw new ImportException(name + ": the file is cut short in its header; download it again");
    }
    JsonNode header;
    try {
      header = JSON.readTree(file.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE));
    } catch (JsonProcessingException e) {
      throw new ImportException(
          name + ": this is not a safetensors file (its header is no JSON)", e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are always read", e);
    }
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), start));
      }
    }
  }

  private Tensor tensor(String tensor, JsonNode facts, long start) throws ImportException {
    TensorType type = type(tensor, facts.path("dtype").asText());
    List<Long> shape = new ArrayList<>();
    long elements = 1;
    try {
      for (JsonNode size : facts.path("shape")) {
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
          throw damaged("tensor " + tensor + " has the size " + size);
        }
        shape.add(size.longValue());
        elements = Math.multiplyExact(elements, size.longValue());
      }
      JsonNode offsets = facts.path("data_offsets");
      if (shape.size() > MAX_DIMENSIONS || offsets.size() != 2) {
        throw damaged("tensor " + tensor + " has no usable shape or place");
      }
      long from = offsets.get(0).longValue();
      long to = offsets.get(1).longValue();
      long bytes = Math.multiplyExact(elements, (long) type.blockBytes);
      if (from < 0 || to < from || to - from != bytes) {
        throw damaged(
            "tensor " + tensor + " takes " + bytes + " bytes but has " + from + " to " + to);
      }
      if (to > file.byteSize() - start) {
        throw new ImportException(
            name + ": tensor " + tensor + " is cut short; download the file again");
      }
      return new Tensor(tensor, type, List.copyOf(shape), file.asSlice(start + from, bytes));
    } catch (ArithmeticException overflow) {
      throw damaged("tensor " + tensor + " is larger than any file");
    }
  }

  private TensorType type(String tensor, String dtype) throws ImportException {
    return switch (dtype) {
      case "F32" -> TensorType.F32;
      case "F16" -> TensorType.F16;
      case "BF16" -> TensorType.BF16;
      default ->
          throw new ImportException(
              name
                  + ": tensor "
                  + tensor
                  + " is of type '"
                  + dtype
                  + "'; Qalam reads F32, F16 and BF16");
    };
  }

  private ImportException damaged(String how) {
    return new ImportException(name + ": the file is damaged (" + how + "); download it again");
  }

  Map<String, Tensor> tensors() {
    return tensors;
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
}
