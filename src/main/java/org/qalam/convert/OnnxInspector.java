package org.qalam.convert;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qalam.convert.OnnxSummary.BlockWidth;
import org.qalam.convert.OnnxSummary.Value;

/**
 * Looks through an ONNX file before ONNX Runtime does: a malformed one can end the whole process.
 * The file is mapped and walked where it lies, so that its weights, up to 2 GB of them, take no
 * memory. Refused are operators of other domains than ONNX's and ONNX Runtime's own, local
 * functions, training, sparse weights, weights that are not as long as they say or lie anywhere but
 * in plainly named files beside the graph, and graphs within graphs without end. The format is
 * {@code onnx.proto} of ONNX 1.23.
 */
final class OnnxInspector {
  /** The name of a domain whose operators ONNX Runtime itself brings. */
  private static final String MICROSOFT = OnnxGraph.MICROSOFT;

  private static final Set<String> DOMAINS = Set.of("", "ai.onnx", MICROSOFT);
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NAME = 4096;
  private static final int MAX_VALUES = 10_000;
  private static final int MAX_NODES = 1 << 20;
  private static final int MAX_WEIGHTS = 1 << 18;

  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final Map<String, List<Long>> weights = new HashMap<>(); // name: shape
  private final Set<List<String>> rotations = new HashSet<>(); // tables: cosines, sines
  private final Set<String> blockParts = new HashSet<>(); // weights inside quantised products
  private final Map<String, TreeMap<Long, Long>> ranges = new HashMap<>(); // file: start, end
  private final Map<String, Integer> operators = new HashMap<>();
  private final List<List<String>> attention = new ArrayList<>();
  private BlockWidth quantization = BlockWidth.NONE;
  private long halfBytes;
  private long floatBytes;
  private long parameters;
  private int nodes;
  private int tensors;

  private OnnxInspector() {}

  /**
   * Looks through a file.
   *
   * @throws ImportException with one sentence, where ONNX Runtime should not see it
   */
  static OnnxSummary inspect(Path path) throws ImportException, IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ProtoReader model =
          new ProtoReader(
              String.valueOf(path.getFileName()),
              channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
      OnnxInspector inspector = new OnnxInspector();
      inspector.model(model);
      return inspector.summary(model);
    }
  }

  private OnnxSummary summary(ProtoReader graph) throws ImportException {
    Map<String, Long> files = new LinkedHashMap<>();
    ranges.forEach((file, range) -> files.put(file, range.lastEntry().getValue()));
    inputs.removeIf(input -> weights.containsKey(input.name()));
    return new OnnxSummary(
        inputs,
        outputs,
        files,
        operators,
        attention,
        quantization,
        positions(graph),
        halfBytes,
        floatBytes,
        parameters);
  }

  /** Rows of the smallest table of a rotary embedding, whose kernels trust that both are alike. */
  private long positions(ProtoReader graph) throws ImportException {
    long positions = Long.MAX_VALUE;
    for (List<String> tables : rotations) {
      List<Long> cosines = weights.getOrDefault(tables.getFirst(), List.of());
      List<Long> sines = weights.getOrDefault(tables.getLast(), List.of());
      if (!cosines.equals(sines) || (!cosines.isEmpty() && cosines.size() != 2)) {
        throw graph.refused(
            "the tables of its rotary embedding have the sizes " + cosines + " and " + sines);
      }
      if (!cosines.isEmpty()) {
        positions = Math.min(positions, cosines.getFirst());
      }
    }
    return positions;
  }

  private void model(ProtoReader model) throws ImportException {
    boolean graphSeen = false;
    while (model.next()) {
      switch (model.field()) {
        case 7 -> {
          if (graphSeen) {
            throw model.damaged("a second graph");
          }
          graphSeen = true;
          graph(model.message(), 0);
        }
        case 20 ->
            throw model.refused(
                "this is a model in training; export it for inference and import that");
        case 25 ->
            throw model.refused(
                "it brings functions of its own, which Qalam does not run; export it with all"
                    + " functions inlined");
        default -> {
          // Versions and notes; domains that are imported are only used by nodes.
        }
      }
    }
    if (!graphSeen) {
      throw model.damaged("no graph");
    }
  }

  private void graph(ProtoReader graph, int depth) throws ImportException {
    if (depth > MAX_DEPTH) {
      throw graph.refused("its graphs lie more than " + MAX_DEPTH + " deep in each other");
    }
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> node(graph, depth);
        case 5 -> weight(graph.message(), depth == 0);
        case 11 -> value(graph.message(), depth == 0 ? inputs : null);
        case 12 -> value(graph.message(), depth == 0 ? outputs : null);
        case 13 -> value(graph.message(), null);
        case 15 -> throw sparse(graph);
        default -> {
          // Names and notes.
        }
      }
    }
  }

  private static ImportException sparse(ProtoReader at) {
    return at.refused("it has sparse weights, which Qalam does not run");
  }

  private void node(ProtoReader graph, int depth) throws ImportException {
    ProtoReader node = graph.message();
    if (++nodes > MAX_NODES) {
      throw node.refused("it has more than " + MAX_NODES + " operators");
    }
    String operator = "";
    String domain = "";
    while (node.next()) {
      switch (node.field()) {
        case 4 -> operator = node.text(MAX_NAME);
        case 5 -> attribute(node.message(), depth);
        case 7 -> {
          domain = node.text(MAX_NAME);
          requireDomain(node, domain);
        }
        default -> {
          // Names and notes; the names matter for a few operators only, see below.
        }
      }
    }
    String full = domain.equals(MICROSOFT) ? MICROSOFT + "." + operator : operator;
    operators.merge(full, 1, Integer::sum);
    Map<String, Long> numbers = Map.of();
    if (domain.equals(MICROSOFT)) {
      numbers = numbers(graph.message());
      OperatorNumbers.check(node, operator, numbers);
    }
    switch (full) {
      case "com.microsoft.GroupQueryAttention" -> attention(graph.message(), depth);
      case "com.microsoft.RotaryEmbedding" -> rotation(graph.message(), 2);
      case "RotaryEmbedding" -> rotation(graph.message(), 1);
      case "com.microsoft.MatMulNBits" -> product(graph.message(), numbers);
      default -> {
        // Nothing to learn of it.
      }
    }
  }

  private static void requireDomain(ProtoReader at, String domain) throws ImportException {
    if (!DOMAINS.contains(domain)) {
      throw at.refused(
          "it uses operators of '" + domain + "', which neither ONNX nor ONNX Runtime brings");
    }
  }

  private void attribute(ProtoReader attribute, int depth) throws ImportException {
    while (attribute.next()) {
      switch (attribute.field()) {
        case 5, 10 -> {
          OnnxTensorCheck.Checked tensor = OnnxTensorCheck.check(attribute.message());
          if (!tensor.file().isEmpty()) {
            throw attribute.refused(
                "a constant of an operator is kept in the file '" + tensor.file() + "'");
          }
        }
        case 6, 11 -> graph(attribute.message(), depth + 1);
        case 14, 15 -> type(attribute.message(), 0);
        case 22, 23 -> throw sparse(attribute);
        default -> {
          // Numbers and texts.
        }
      }
    }
  }

  private void weight(ProtoReader message, boolean isOutermost) throws ImportException {
    OnnxTensorCheck.Checked tensor = OnnxTensorCheck.check(message);
    if (++tensors > MAX_WEIGHTS) {
      throw message.refused("it has more than " + MAX_WEIGHTS + " weights");
    }
    if (isOutermost) {
      weights.put(tensor.name(), tensor.shape());
    }
    if (tensor.type() == OnnxSummary.FLOAT16) {
      halfBytes += tensor.bytes();
    } else if (tensor.type() == OnnxSummary.FLOAT) {
      floatBytes += tensor.bytes();
    }
    if (tensor.shape().size() >= 2 && !blockParts.contains(tensor.name())) {
      parameters += tensor.elements();
    }
    if (!tensor.file().isEmpty() && tensor.bytes() > 0) {
      range(message, tensor);
    }
  }

  /** Two weights may share their bytes, all of them; anything else is a mistake or a trick. */
  private void range(ProtoReader at, OnnxTensorCheck.Checked tensor) throws ImportException {
    TreeMap<Long, Long> taken = ranges.computeIfAbsent(tensor.file(), _ -> new TreeMap<>());
    long start = tensor.offset();
    long end = start + tensor.bytes();
    Map.Entry<Long, Long> before = taken.lowerEntry(end);
    boolean isShared = before != null && before.getKey() == start && before.getValue() == end;
    if (before != null && before.getValue() > start && !isShared) {
      throw at.refused(
          "tensor '" + tensor.name() + "' overlaps another one in '" + tensor.file() + "'");
    }
    taken.put(start, end);
  }

  private void value(ProtoReader message, @Nullable List<Value> list) throws ImportException {
    String name = "";
    Value typed = new Value("", 0, List.of());
    while (message.next()) {
      switch (message.field()) {
        case 1 -> name = message.text(MAX_NAME);
        case 2 -> typed = type(message.message(), 0);
        default -> {
          // Notes.
        }
      }
    }
    if (list != null) {
      if (list.size() >= MAX_VALUES) {
        throw message.refused("it has more than " + MAX_VALUES + " inputs or outputs");
      }
      list.add(new Value(name, typed.type(), typed.shape()));
    }
  }

  /** The type and shape of a value; type 0 where it is no tensor. */
  private static Value type(ProtoReader type, int depth) throws ImportException {
    if (depth > MAX_DEPTH) {
      throw type.refused("its types lie more than " + MAX_DEPTH + " deep in each other");
    }
    Value value = new Value("", 0, List.of());
    while (type.next()) {
      switch (type.field()) {
        case 1, 8 -> value = tensorType(type.message());
        case 4, 5, 9 -> {
          int inner = type.field() == 5 ? 2 : 1;
          ProtoReader container = type.message();
          while (container.next()) {
            if (container.field() == inner) {
              type(container.message(), depth + 1);
            }
          }
        }
        default -> {
          // A note.
        }
      }
    }
    return value;
  }

  private static Value tensorType(ProtoReader tensor) throws ImportException {
    int code = 0;
    List<Long> shape = new ArrayList<>();
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> code = Math.clamp(tensor.integer(), 0, 1000);
        case 2 -> {
          ProtoReader dimensions = tensor.message();
          while (dimensions.next()) {
            if (dimensions.field() == 1) {
              shape.add(dimension(dimensions.message()));
            }
          }
        }
        default -> {
          // A note.
        }
      }
      if (shape.size() > 64) {
        throw tensor.refused("a value has more than 64 dimensions");
      }
    }
    return new Value("", code, List.copyOf(shape));
  }

  private static long dimension(ProtoReader dimension) throws ImportException {
    long size = -1;
    while (dimension.next()) {
      if (dimension.field() == 1) {
        size = dimension.integer();
        if (size < 0) {
          throw dimension.refused("a value has a size of " + size);
        }
      }
    }
    return size;
  }

  /** Keeps what the attention of a layer reads and gives. */
  private void attention(ProtoReader node, int depth) throws ImportException {
    List<String> read = new ArrayList<>();
    List<String> given = new ArrayList<>();
    while (node.next()) {
      if (node.field() == 1) {
        read.add(node.text(MAX_NAME));
      } else if (node.field() == 2) {
        given.add(node.text(MAX_NAME));
      }
    }
    if (read.size() >= 9) {
      rotations.add(read.subList(7, 9));
    }
    boolean isWhole = depth == 0 && read.size() >= 5 && given.size() >= 3;
    if (isWhole && attention.size() < MAX_VALUES) {
      attention.add(List.of(read.get(3), read.get(4), given.get(1), given.get(2)));
    }
  }

  /** Keeps the names of the two tables of a rotary embedding. */
  private void rotation(ProtoReader node, int first) throws ImportException {
    List<String> read = new ArrayList<>();
    while (node.next()) {
      if (node.field() == 1 && read.size() < first + 2) {
        read.add(node.text(MAX_NAME));
      }
    }
    if (read.size() == first + 2) {
      rotations.add(read.subList(first, first + 2));
    }
  }

  /** The whole-number attributes of a node. */
  private static Map<String, Long> numbers(ProtoReader node) throws ImportException {
    Map<String, Long> numbers = new HashMap<>();
    while (node.next()) {
      if (node.field() == 5) {
        ProtoReader attribute = node.message();
        String name = "";
        long number = 0;
        boolean isNumber = false;
        while (attribute.next()) {
          if (attribute.field() == 1) {
            name = attribute.text(MAX_NAME);
          } else if (attribute.field() == 3) {
            number = attribute.integer();
            isNumber = true;
          }
        }
        if (isNumber) {
          numbers.put(name, number);
        }
      }
    }
    return numbers;
  }

  /** Counts the weights of a matrix product on quantised blocks. */
  private void product(ProtoReader node, Map<String, Long> numbers) throws ImportException {
    for (int i = 0; node.next(); ) {
      if (node.field() == 1) {
        String input = node.text(MAX_NAME);
        if (i++ > 0 && blockParts.size() < MAX_WEIGHTS) {
          blockParts.add(input);
        }
      }
    }
    parameters += numbers.getOrDefault("N", 0L) * numbers.getOrDefault("K", 0L);
    if (quantization.bits() == 0) {
      quantization =
          new BlockWidth(
              Math.toIntExact(numbers.getOrDefault("bits", 4L)),
              Math.toIntExact(numbers.getOrDefault("block_size", 0L)));
    }
  }
}
