package org.qalam.convert;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qalam.convert.PickleValue.Dictionary;
import org.qalam.convert.PickleValue.Storage;
import org.qalam.convert.PickleValue.TensorView;
import org.qalam.convert.PickleValue.Text;

/**
 * A dictionary of tensors that PyTorch saved ({@code consolidated.00.pth}), mapped into memory: a
 * zip archive of plain entries in which {@code data.pkl} names the tensors and {@code data/0},
 * {@code data/1} and so on hold their numbers. Confined to the thread that opened it; closing it
 * unmaps the file, after which its tensors cannot be read. Nothing in the file is run, and nothing
 * is believed before it is checked. The layout is that of PyTorch's {@code torch/serialization.py}
 * and {@code caffe2/serialize/inline_container.h}.
 */
final class TorchFile implements CheckpointFile {
  private static final String PICKLE = "data.pkl";

  /** The pickle of the number 0x1950a86a20f9469cfc6c, with which files began before PyTorch 1.6. */
  private static final byte[] OLD_MAGIC = {
    (byte) 0x8a, 0x0a, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20
  };

  private final Arena arena;
  private final Path path;
  private final String name;
  private final MemorySegment file;
  private Map<String, MemorySegment> entries = Map.of();
  private String folder = ""; // of the archive: "consolidated.00/"
  private final Map<String, Storage> storages = new HashMap<>(); // by key
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * Opens a file and reads all but the tensors' numbers.
   *
   * @throws ImportException where it is no whole file of PyTorch 1.6 or newer, holds anything but
   *     tensors that Qalam reads, or wants to run code
   */
  @SuppressWarnings("MustBeClosedChecker") // the file owns the arena and closes it
  static TorchFile open(Path path) throws ImportException, IOException {
    Arena arena = Arena.ofConfined();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      TorchFile torch = new TorchFile(arena, path, file);
      torch.read();
      return torch;
    } catch (ImportException | IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private TorchFile(Arena arena, Path path, MemorySegment file) {
    this.arena = arena;
    this.path = path;
    this.name = String.valueOf(path.getFileName());
    this.file = file;
  }

  /** Name of the file. */
  String name() {
    return name;
  }

  /** The tensors by name, in the file's order. Two may share their numbers. */
  Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
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

  private void read() throws ImportException {
    if (!StoredZip.looksLikeOne(file)) {
      throw new ImportException(name + ": " + otherFormat());
    }
    entries = StoredZip.entries(name, file);
    MemorySegment pickle = findPickle();
    requireLittleEndian();
    if (!(RestrictedPickle.read(name, pickle) instanceof Dictionary dictionary)) {
      throw new ImportException(
          name + ": it holds no dictionary of tensors; save the model's state_dict() alone");
    }
    for (Map.Entry<PickleValue, PickleValue> entry : dictionary.entries.entrySet()) {
      if (!(entry.getKey() instanceof Text(String key))
          || !(entry.getValue() instanceof TensorView view)) {
        throw notATensor(entry.getKey(), entry.getValue());
      }
      tensors.put(key, tensor(key, view));
    }
    if (tensors.isEmpty()) {
      throw new ImportException(name + ": there are no tensors in it");
    }
  }

  private String otherFormat() {
    boolean pickle = file.byteSize() >= 2 && file.get(ValueLayout.JAVA_BYTE, 0) == (byte) 0x80;
    if (pickle
        && file.byteSize() >= 2 + OLD_MAGIC.length
        && file.asSlice(2, OLD_MAGIC.length).mismatch(MemorySegment.ofArray(OLD_MAGIC)) < 0) {
      return "this file has the layout of PyTorch before 1.6, which Qalam does not read; load it"
          + " with a newer PyTorch and save it again";
    }
    return pickle
        ? "this is a bare pickle, not a file of PyTorch 1.6 or newer"
        : "this is not a file of PyTorch 1.6 or newer (it does not begin as a zip archive)";
  }

  /** Finds the one {@code folder/data.pkl}, and with it the folder that all else is in. */
  private MemorySegment findPickle() throws ImportException {
    MemorySegment found = null;
    for (Map.Entry<String, MemorySegment> entry : entries.entrySet()) {
      String path = entry.getKey();
      int slash = path.indexOf('/');
      if (slash > 0 && path.substring(slash + 1).equals(PICKLE)) {
        if (found != null) {
          throw damaged("it has two lists of tensors");
        }
        found = entry.getValue();
        folder = path.substring(0, slash + 1);
      }
    }
    if (found == null) {
      throw new ImportException(
          name + ": this zip archive is not a file of PyTorch (it has no " + PICKLE + ")");
    }
    return found;
  }

  /** PyTorch before 2.1 wrote no byte order; its files are of little-endian machines. */
  private void requireLittleEndian() throws ImportException {
    MemorySegment order = entries.get(folder + "byteorder");
    if (order == null) {
      return;
    }
    String found = order.byteSize() > 6 ? "" : text(order);
    if (found.equals("big")) {
      throw new ImportException(
          name + ": it was saved by a big-endian machine, whose numbers Qalam does not read");
    }
    if (!found.equals("little")) {
      throw damaged("its byte order is neither little nor big");
    }
  }

  private static String text(MemorySegment bytes) {
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
  }

  private ImportException notATensor(PickleValue key, PickleValue value) {
    String shown = key instanceof Text(String text) ? Quoted.of(text) : key.kind();
    return new ImportException(
        name
            + ": the entry "
            + shown
            + " is "
            + value.kind()
            + (value instanceof Dictionary
                ? "; if the tensors are in it, save that dictionary alone"
                : ", not a tensor; save the model's state_dict() alone"));
  }

  private Tensor tensor(String key, TensorView view) throws ImportException {
    String quoted = Quoted.of(key);
    Storage storage = view.storage();
    TensorType type = type(storage.type());
    if (type == null) {
      throw new ImportException(
          name
              + ": tensor "
              + quoted
              + " holds numbers of a kind that Qalam does not read ("
              + storage.type().replace("Storage", "")
              + "); it reads BFloat16, Half, Float and Char");
    }
    MemorySegment numbers = numbers(quoted, storage, type);
    long elements = elements(quoted, view);
    if (view.offset() < 0
        || view.offset() > storage.elements()
        || elements > storage.elements() - view.offset()) {
      throw damaged("tensor " + quoted + " reaches beyond its storage");
    }
    MemorySegment data =
        numbers.asSlice(view.offset() * type.blockBytes, elements * type.blockBytes);
    return new Tensor(key, type, view.shape(), data);
  }

  private static @Nullable TensorType type(String storage) {
    return switch (storage) {
      case "BFloat16Storage" -> TensorType.BF16;
      case "HalfStorage" -> TensorType.F16;
      case "FloatStorage" -> TensorType.F32;
      case "CharStorage" -> TensorType.I8;
      default -> null;
    };
  }

  /** The storage's bytes; it must be as large, and of one type, wherever it is named. */
  private MemorySegment numbers(String tensor, Storage storage, TensorType type)
      throws ImportException {
    Storage earlier = storages.putIfAbsent(storage.key(), storage);
    if (earlier != null && !earlier.equals(storage)) {
      throw damaged("the storage " + Quoted.of(storage.key()) + " is described in two ways");
    }
    MemorySegment numbers = entries.get(folder + "data/" + storage.key());
    if (numbers == null) {
      throw damaged("the numbers of tensor " + tensor + " are missing");
    }
    if (numbers.byteSize() % type.blockBytes != 0
        || numbers.byteSize() / type.blockBytes != storage.elements()) {
      throw damaged(
          "tensor "
              + tensor
              + " should have a storage of "
              + storage.elements()
              + " numbers and has one of "
              + numbers.byteSize()
              + " bytes");
    }
    return numbers;
  }

  /** Counts a tensor's numbers, which must stand row after row without gaps. */
  private long elements(String tensor, TensorView view) throws ImportException {
    List<Long> shape = view.shape();
    if (view.strides().size() != shape.size()) {
      throw damaged("tensor " + tensor + " has " + view.strides().size() + " strides");
    }
    long elements = 1;
    for (int d = shape.size() - 1; d >= 0; d--) {
      long size = shape.get(d);
      if (size <= 0 || size > Integer.MAX_VALUE) {
        throw damaged("tensor " + tensor + " has a dimension of " + size);
      }
      if (size > 1 && view.strides().get(d) != elements) {
        throw new ImportException(
            name
                + ": tensor "
                + tensor
                + " is not stored row after row (shape "
                + shape
                + ", strides "
                + view.strides()
                + "); save its contiguous() form");
      }
      if (elements > Long.MAX_VALUE / size) {
        throw damaged("tensor " + tensor + " is larger than any file");
      }
      elements *= size;
    }
    return elements;
  }

  private ImportException damaged(String how) {
    return new ImportException(name + ": the file is damaged (" + how + "); download it again");
  }
}
