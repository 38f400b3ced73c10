package org.qalam.convert;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qalam.convert.BlockLayout.Format;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * The matrices of a graph: how each is kept, where its bytes lie, and the nodes that use it. One
 * row at a time is in memory, and the scales of one matrix.
 */
final class GraphWeights {
  private static final BlockLayout FLOATS =
      new BlockLayout(Format.FLOAT32, BlockLayout.LEAST_BLOCK);

  private final OnnxGraph graph;
  private final WeightsFile file;
  private final Checkpoint source;
  private final ImportOptions options;
  private final Progress progress;
  private final CancellationToken cancellation;
  private final long totalBytes;
  private long doneBytes;
  private final Set<String> kinds = new LinkedHashSet<>();
  private final Map<String, String> withBlockSums = new HashMap<>();

  GraphWeights(
      OnnxGraph graph,
      WeightsFile file,
      Checkpoint source,
      ImportOptions options,
      Progress progress,
      CancellationToken cancellation) {
    this.graph = graph;
    this.file = file;
    this.source = source;
    this.options = options;
    this.progress = progress;
    this.cancellation = cancellation;
    this.totalBytes = source.bytes();
  }

  /** How the weights were kept, for people. */
  String quantization() {
    return kinds.stream().sorted().collect(Collectors.joining("/"))
        + " weights, "
        + (options.activations() == ImportOptions.Activations.INT8 ? "int8" : "float32")
        + " activations";
  }

  /** A stored matrix (rows, columns); without zero points where its layout has none. */
  record Matrix(
      String name,
      BlockLayout layout,
      long rows,
      int columns,
      WeightsFile.Stored weights,
      WeightsFile.Stored scales,
      WeightsFile.@Nullable Stored zeroPoints) {}

  /** Stores matrices of the same columns and {@link #layout}, one below the other. */
  Matrix matrix(String name, List<Tensor> matrices) throws IOException, ImportException {
    return store(name, layout(matrices.getFirst()), matrices);
  }

  /**
   * A matrix whose rows are looked up.
   *
   * @param rests what its rounding left, added to the rows that are looked up
   */
  record Table(Matrix matrix, @Nullable Matrix rests) {}

  /**
   * Stores the token embedding; no vector's sums can be appended to rows that are looked up.
   *
   * @param tied whether it is the {@link #head} as well
   */
  Table table(Tensor tensor, boolean tied) throws IOException, ImportException {
    BlockLayout layout = asHeld(tensor);
    // Every word passes through it twice, so it is never rounded to four bits.
    boolean roundedToFour =
        layout.format() == Format.INT4 && !layout.equals(BlockLayout.holding(tensor, 4));
    if (roundedToFour) {
      layout = BlockLayout.coarse(tensor.columns());
    } else if (layout.format().hasSums()) {
      layout = BlockLayout.FINE;
    }
    // Q6_K is what nearly all files have here; of others the blocks of 16 lose no less than rests.
    BlockLayout head = tied && tensor.type() == TensorType.Q6_K ? ofHead(layout, tensor) : layout;
    Matrix matrix = store("token_embd", head, List.of(tensor));
    return new Table(matrix, head.equals(layout) ? null : rests(matrix, tensor));
  }

  /** Stores an output layer that is not the token embedding. */
  Matrix head(Tensor tensor) throws IOException, ImportException {
    return store("output", ofHead(asHeld(tensor), tensor), List.of(tensor));
  }

  /**
   * All of the output layer is read for every token, a third of what a small model reads. Its own
   * rounding is lost in that of its input to eight bits, while what is looked up goes through every
   * layer; so it has few scales, unless blocks of 32 hold it exactly.
   */
  private BlockLayout ofHead(BlockLayout layout, Tensor tensor) {
    boolean fine = layout.equals(BlockLayout.FINE) || layout.format() == Format.INT8_OFFSET;
    return fine && options.activations() == ImportOptions.Activations.INT8
        ? BlockLayout.coarse(tensor.columns())
        : layout;
  }

  private static boolean isFloat(Tensor tensor) {
    return switch (tensor.type()) {
      case F32, F16, BF16 -> true;
      default -> false;
    };
  }

  /** How a matrix of a layer is kept. */
  BlockLayout layout(Tensor tensor) {
    BlockLayout layout = asHeld(tensor);
    boolean inBytes =
        layout.format() == Format.INT4_OFFSET
            && options.offsets() == ImportOptions.Offsets.BYTES
            && options.activations() == ImportOptions.Activations.INT8;
    return inBytes ? BlockLayout.BYTES : layout;
  }

  private BlockLayout asHeld(Tensor tensor) {
    return switch (options.weights()) {
      case AUTO -> isFloat(tensor) ? floats(tensor) : BlockLayout.holding(tensor, 4);
      case INT4 -> rounded(tensor);
      case INT8 -> BlockLayout.holding(tensor, 8);
      case FLOAT32 -> FLOATS;
    };
  }

  /** Whoever asks for exact activations gets exact weights too, as far as the source has them. */
  private BlockLayout floats(Tensor tensor) {
    if (options.activations() == ImportOptions.Activations.FLOAT32) {
      return FLOATS;
    }
    return source.keepsFloats() ? BlockLayout.FINE : rounded(tensor);
  }

  private BlockLayout rounded(Tensor tensor) {
    boolean free = isFloat(tensor) && tensor.columns() % options.block() == 0;
    return new BlockLayout(Format.INT4, free ? options.block() : BlockLayout.LEAST_BLOCK);
  }

  private Matrix store(String name, BlockLayout layout, List<Tensor> matrices)
      throws IOException, ImportException {
    int columns = matrices.getFirst().columns();
    if (columns % BlockLayout.LEAST_BLOCK != 0) {
      throw new ImportException(
          source.name()
              + ": tensor "
              + matrices.getFirst().name()
              + " has rows of "
              + columns
              + " numbers, which is not a multiple of "
              + BlockLayout.LEAST_BLOCK);
    }
    kinds.add(layout.format().title());
    long rows = matrices.stream().mapToLong(matrix -> matrix.shape().getFirst()).sum();
    Matrix matrix =
        layout.format() == Format.FLOAT32
            ? storeFloats(name, layout, rows, columns, matrices)
            : storeBlocks(name, layout, rows, columns, matrices);
    for (Tensor part : matrices) {
      doneBytes += part.bytes();
    }
    progress.report(doneBytes, totalBytes);
    return matrix;
  }

  private Matrix storeFloats(
      String name, BlockLayout layout, long rows, int columns, List<Tensor> matrices)
      throws IOException, ImportException {
    WeightsFile.Rows floats =
        out -> {
          float[] row = new float[columns];
          for (Tensor part : matrices) {
            for (long first = 0; first < part.elements(); first += columns) {
              cancellation.throwIfCancelled();
              Dequantizer.read(part, first, row);
              out.write(OnnxGraph.bytes(row));
            }
          }
        };
    WeightsFile.Stored stored =
        file.store(matrices.size(), new WeightsFile.Part(rows * columns * Float.BYTES, floats))
            .getFirst();
    return new Matrix(name, layout, rows, columns, stored, stored, null);
  }

  private Matrix storeBlocks(
      String name, BlockLayout layout, long rows, int columns, List<Tensor> matrices)
      throws IOException, ImportException {
    return storeBlocks(name, layout, rows, columns, matrices, matrices.size(), quantizer(layout));
  }

  private BlockQuantizer quantizer(BlockLayout layout) {
    return new BlockQuantizer(layout, options.rounding(), cancellation);
  }

  private Matrix rests(Matrix matrix, Tensor tensor) throws IOException, ImportException {
    return storeBlocks(
        matrix.name() + ".rests",
        matrix.layout().ofRests(),
        matrix.rows(),
        matrix.columns(),
        List.of(tensor),
        0, // it was counted with the matrix itself
        quantizer(matrix.layout()).ofRests());
  }

  private Matrix storeBlocks(
      String name,
      BlockLayout layout,
      long rows,
      int columns,
      List<Tensor> matrices,
      int newTensors,
      BlockQuantizer quantizer)
      throws IOException, ImportException {
    long blocks = layout.blocks(columns);
    float[] scales = new float[Math.toIntExact(rows * blocks)];
    byte[] zeroPoints =
        new byte[layout.hasZeroPoints() ? Math.toIntExact(rows * ((blocks + 1) / 2)) : 0];
    List<WeightsFile.Part> parts = new ArrayList<>();
    parts.add(
        new WeightsFile.Part(
            rows * blocks * layout.blockBytes(),
            out -> quantizer.write(matrices, out, scales, zeroPoints)));
    // Known only when the rows before are written.
    parts.add(
        new WeightsFile.Part(
            (long) scales.length * Float.BYTES, out -> out.write(OnnxGraph.bytes(scales))));
    if (layout.hasZeroPoints()) {
      parts.add(new WeightsFile.Part(zeroPoints.length, out -> out.write(zeroPoints)));
    }
    List<WeightsFile.Stored> stored =
        file.store(newTensors, parts.toArray(WeightsFile.Part[]::new));
    return new Matrix(
        name,
        layout,
        rows,
        columns,
        stored.get(0),
        stored.get(1),
        layout.hasZeroPoints() ? stored.get(2) : null);
  }

  /** Adds the node that multiplies {@code input} (1, n, columns) with the transposed matrix. */
  String multiply(Matrix matrix, String output, String input) throws IOException {
    String name = matrix.name() + ".matmul.";
    BlockLayout layout = matrix.layout();
    if (layout.format() == Format.FLOAT32) {
      String plain =
          graph.initializer(
              name + "weight", DataType.FLOAT, matrix.weights(), matrix.rows(), matrix.columns());
      return graph.microsoft("FusedMatMul", List.of(input, plain), output).with("transB", 1).add();
    }
    int blocks = layout.blocks(matrix.columns());
    List<String> inputs = new ArrayList<>();
    inputs.add(layout.format().hasSums() ? withBlockSums(input, matrix.columns()) : input);
    inputs.add(
        graph.initializer(
            name + "weight",
            DataType.UINT8,
            matrix.weights(),
            matrix.rows(),
            blocks,
            layout.blockBytes()));
    inputs.add(
        graph.initializer(name + "scales", DataType.FLOAT, matrix.scales(), matrix.rows(), blocks));
    if (matrix.zeroPoints() != null) {
      inputs.add(
          graph.initializer(
              name + "zero_points",
              DataType.UINT8,
              matrix.zeroPoints(),
              matrix.rows(),
              (blocks + 1) / 2));
    }
    return graph
        .microsoft("MatMulNBits", inputs, output)
        .with("K", layout.columns(matrix.columns()))
        .with("N", matrix.rows())
        .with("bits", layout.format().bits())
        .with("block_size", layout.block())
        .with("accuracy_level", options.activations() == ImportOptions.Activations.INT8 ? 4 : 1)
        .add();
  }

  /** Adds the nodes that look up rows of a table: (1, n) ids to (1, n, columns). */
  String rows(Table table, String ids) {
    if (table.rests() == null) {
      return rows(table.matrix(), ids, "embedded");
    }
    String rounded = rows(table.matrix(), ids, "embedded.rounded");
    String rests = rows(table.rests(), ids, "embedded.rests");
    return graph.node("Add", List.of(rounded, rests), "embedded").add();
  }

  private String rows(Matrix matrix, String ids, String output) {
    BlockLayout layout = matrix.layout();
    String name = matrix.name();
    if (layout.format() == Format.FLOAT32) {
      String table =
          graph.initializer(
              name + ".weight", DataType.FLOAT, matrix.weights(), matrix.rows(), matrix.columns());
      return graph.node("Gather", List.of(table, ids), output).add();
    }
    String table =
        graph.initializer(
            name + ".weight",
            DataType.UINT8,
            matrix.weights(),
            matrix.rows(),
            (long) matrix.columns() * layout.format().bits() / 8);
    String scales =
        graph.initializer(
            name + ".scales",
            DataType.FLOAT,
            matrix.scales(),
            matrix.rows(),
            layout.blocks(matrix.columns()));
    return graph
        .microsoft("GatherBlockQuantized", List.of(table, ids, scales), output)
        .with("bits", layout.format().bits())
        .with("block_size", layout.block())
        .with("gather_axis", 0)
        .with("quantize_axis", 1)
        .add();
  }

  /** The vectors (1, n, columns) with the sums of their blocks behind: (1, n, columns + blocks). */
  private String withBlockSums(String input, int columns) throws IOException {
    String known = withBlockSums.get(input);
    if (known != null) {
      return known;
    }
    int blocks = columns / BlockLayout.LEAST_BLOCK;
    String shape = "blocks." + columns;
    if (withBlockSums.putIfAbsent(shape, shape) == null) {
      graph.initializer(shape, new long[] {0, 0, blocks, BlockLayout.LEAST_BLOCK});
      withBlockSums.computeIfAbsent("last_axis", axis -> graph.initializer(axis, new long[] {3}));
    }
    String inBlocks = graph.node("Reshape", List.of(input, shape), input + ".blocks").add();
    String sums =
        graph
            .node("ReduceSum", List.of(inBlocks, "last_axis"), input + ".block_sums")
            .with("keepdims", 0)
            .add();
    String both =
        graph
            .node("Concat", List.of(input, sums), input + ".with_block_sums")
            .with("axis", 2)
            .add();
    withBlockSums.put(input, both);
    return both;
  }
}
