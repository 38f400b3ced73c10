package org.qalam.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks that one tensor of an ONNX file has the bytes that its type and sizes ask for, and where
 * bytes lie in another file, that its name is a plain one.
 */
final class OnnxTensorCheck {
  private static final int MAX_DIMENSIONS = 16;
  private static final long MAX_ELEMENTS = 1L << 40;
  private static final int MAX_TEXT = 4096;
  private static final int STRING = 8;

  /** Bits of a number by type code; 0 for texts, -1 where Qalam does not know the type. */
  private static final int[] BITS = {
    -1, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4
  };

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");

  /** Names that Windows takes for devices, whatever their ending. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

  /** Names that a model folder has for files of its own. */
  private static final Set<String> TAKEN = Set.of("model.onnx", "manifest.json", "tokenizer.json");

  private final ProtoReader tensor;
  private final Map<Integer, Long> counts = new HashMap<>(); // of the lists of numbers, by field
  private final Map<String, String> external = new HashMap<>();
  private String name = "";
  private long elements = 1;
  private final List<Long> shape = new ArrayList<>();
  private int type;
  private boolean typeSeen;
  private long raw = -1;
  private boolean isExternal;

  private OnnxTensorCheck(ProtoReader tensor) {
    this.tensor = tensor;
  }

  /**
   * A tensor that is sound.
   *
   * @param type code of its numbers
   * @param bytes of its numbers; 0 for texts
   * @param file plain name of the file that holds them; empty where the tensor itself does
   * @param offset where they begin in that file
   */
  record Checked(
      String name,
      int type,
      List<Long> shape,
      long elements,
      long bytes,
      String file,
      long offset) {}

  static Checked check(ProtoReader tensor) throws ImportException {
    return new OnnxTensorCheck(tensor).check();
  }

  private Checked check() throws ImportException {
    while (tensor.next()) {
      read();
    }
    int bits = type > 0 && type < BITS.length ? BITS[type] : -1;
    if (bits < 0) {
      throw tensor.refused(
          "tensor '" + name + "' has numbers of type " + type + ", which Qalam does not know");
    }
    long bytes = (elements * bits + 7) / 8;
    if (!isExternal) {
      if (!external.isEmpty()) {
        throw tensor.refused("tensor '" + name + "' names a file that it does not use");
      }
      checkInside(bytes);
      return new Checked(name, type, List.copyOf(shape), elements, bytes, "", 0);
    }
    if (type == STRING || raw >= 0 || counts.values().stream().anyMatch(count -> count > 0)) {
      throw tensor.refused("tensor '" + name + "' has its numbers both inside and outside");
    }
    long length = number("length", bytes);
    if (length != bytes) {
      throw tensor.refused(
          "tensor '" + name + "' needs " + bytes + " bytes and is given " + length);
    }
    return new Checked(
        name, type, List.copyOf(shape), elements, bytes, file(), number("offset", 0));
  }

  private void read() throws ImportException {
    switch (tensor.field()) {
      case 1 -> readDimensions();
      case 2 -> {
        once(typeSeen);
        typeSeen = true;
        long code = tensor.integer();
        type = code > 0 && code < BITS.length ? (int) code : -1;
      }
      case 3 -> throw tensor.refused("tensor '" + name + "' is a segment, which nothing reads");
      case 4 -> count(4);
      case 5, 7, 11 -> count(0);
      case 6 -> {
        var _ = tensor.length();
        counts.merge(6, 1L, Long::sum);
      }
      case 8 -> {
        once(!name.isEmpty());
        name = tensor.text(MAX_TEXT);
      }
      case 9 -> {
        once(raw >= 0);
        raw = tensor.length();
      }
      case 10 -> count(8);
      case 13 -> readExternal(tensor.message());
      case 14 -> {
        long location = tensor.integer();
        if (location != 0 && location != 1) {
          throw tensor.damaged("a data location of " + location);
        }
        isExternal = location == 1;
      }
      default -> {
        // Notes for people, and fields of later versions: nothing that is run.
      }
    }
  }

  private void count(int bytes) throws ImportException {
    counts.merge(tensor.field(), tensor.count(bytes), Long::sum);
  }

  private void once(boolean seen) throws ImportException {
    if (seen) {
      throw tensor.damaged("tensor '" + name + "' with field " + tensor.field() + " twice");
    }
  }

  private void readDimensions() throws ImportException {
    if (tensor.isNumber()) {
      dimension(tensor.integer());
      return;
    }
    ProtoReader numbers = tensor.message();
    while (numbers.hasNumber()) {
      dimension(numbers.varint());
    }
  }

  private void dimension(long size) throws ImportException {
    shape.add(size);
    if (size < 0 || shape.size() > MAX_DIMENSIONS || (size > 0 && elements > MAX_ELEMENTS / size)) {
      throw tensor.refused("tensor '" + name + "' has an impossible size (" + size + ")");
    }
    elements *= size;
  }

  private void readExternal(ProtoReader entry) throws ImportException {
    String key = "";
    String value = "";
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> key = entry.text(MAX_TEXT);
        case 2 -> value = entry.text(MAX_TEXT);
        default -> throw entry.damaged("field " + entry.field() + " in a file's name");
      }
    }
    if (!Set.of("location", "offset", "length", "checksum").contains(key)) {
      throw tensor.refused(
          "tensor '" + name + "' is kept in a way that Qalam does not know ('" + key + "')");
    }
    if (external.put(key, value) != null) {
      throw tensor.damaged("tensor '" + name + "' with '" + key + "' twice");
    }
  }

  private String file() throws ImportException {
    String file = external.getOrDefault("location", "");
    if (!PLAIN_NAME.matcher(file).matches() || DEVICE.matcher(file).matches()) {
      throw tensor.refused(
          "tensor '"
              + name
              + "' is said to be in '"
              + file
              + "', which is not the plain name of a file beside it; Qalam reads nothing else");
    }
    if (TAKEN.contains(file.toLowerCase(Locale.ROOT))) {
      throw tensor.refused(
          "tensor '" + name + "' is said to be in '" + file + "', which is no file of weights");
    }
    return file;
  }

  private long number(String key, long otherwise) throws ImportException {
    String text = external.get(key);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw tensor.refused("tensor '" + name + "' has the " + key + " '" + text + "'");
    }
    return Long.parseLong(text);
  }

  private void checkInside(long bytes) throws ImportException {
    int field = listField();
    for (Map.Entry<Integer, Long> list : counts.entrySet()) {
      if (list.getValue() > 0 && (list.getKey() != field || raw >= 0)) {
        throw tensor.refused("tensor '" + name + "' has numbers of two types");
      }
    }
    if (raw >= 0 && type != STRING) {
      if (raw != bytes) {
        throw tensor.refused("tensor '" + name + "' needs " + bytes + " bytes and is given " + raw);
      }
      return;
    }
    long expected =
        switch (type) {
          case 14, 15 -> 2 * elements;
          case 21, 22 -> (elements + 1) / 2;
          default -> elements;
        };
    long found = counts.getOrDefault(field, 0L);
    if (found != expected || raw >= 0) {
      throw tensor.refused(
          "tensor '" + name + "' needs " + expected + " numbers and is given " + found);
    }
  }

  /** The field that lists numbers of this type where they are not raw bytes. */
  private int listField() {
    return switch (type) {
      case 1, 14 -> 4;
      case STRING -> 6;
      case 7 -> 7;
      case 11, 15 -> 10;
      case 12, 13 -> 11;
      default -> 5;
    };
  }
}
