package org.qalam.convert;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qalam.convert.BlockQuantizer.Format;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * The graph of a Llama decoder, made of ONNX Runtime's operators for language models.
 *
 * <p>Inputs: {@code input_ids} (1, sequence); {@code seqlens_k} (1), tokens in the cache after this
 * step less one; {@code total_sequence_length} (), the same not lessened; {@code logits_positions}
 * (n), the positions of this step whose logits are wanted; {@code past_key_values.N.key} and {@code
 * .value} (1, key-value heads, capacity, head size). Outputs: {@code logits} (1, n, vocabulary) and
 * {@code present.N.key} and {@code .value}, to be given the same buffers as the past ones, which
 * are then written in place.
 */
final class LlamaGraph {
  private final OnnxGraph graph;
  private final GgufFile source;
  private final LlamaConfig config;
  private final ImportOptions options;
  private final Progress progress;
  private final CancellationToken cancellation;
  private final long totalBytes;
  private long doneBytes;
  private final EnumSet<Format> formats = EnumSet.noneOf(Format.class);
  private final Map<String, String> withBlockSums = new HashMap<>();

  LlamaGraph(
      OnnxGraph graph,
      GgufFile source,
      LlamaConfig config,
      ImportOptions options,
      Progress progress,
      CancellationToken cancellation) {
    this.graph = graph;
    this.source = source;
    this.config = config;
    this.options = options;
    this.progress = progress;
    this.cancellation = cancellation;
    this.totalBytes = source.tensors().values().stream().mapToLong(t -> t.data().byteSize()).sum();
  }

  /** Adds every node and weight. */
  void build() throws IOException, ImportException {
    int hidden = config.hiddenSize();
    graph.input("input_ids", DataType.INT64, "1", "sequence");
    graph.input("seqlens_k", DataType.INT32, "1");
    graph.input("total_sequence_length", DataType.INT32);
    graph.input("logits_positions", DataType.INT64, "positions");
    rotaryCaches();
    Table embedding =
        embedding(source.tensor("token_embd.weight", config.vocabularySize(), hidden));
    String residual = embedding.lookUp();
    String normed =
        graph
            .node(
                "SimplifiedLayerNormalization",
                List.of(residual, norm("blk.0.attn_norm.weight")),
                "blk.0.attn_norm")
            .with("axis", -1)
            .with("epsilon", config.normEpsilon())
            .with("stash_type", 1)
            .add();
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "blk." + layer + ".";
      String before = residual;
      String attended = attention(block, layer, normed);
      if (layer + 1 == config.layers()) {
        // What follows the last attention matters only where logits are asked for.
        before = chosen(before);
        attended = chosen(attended);
      }
      residual = block + "attn_residual";
      normed = skipNorm(residual, attentionOutput(block, attended), before, block, "ffn_norm");
      String fed = feedForward(block, normed);
      String next =
          layer + 1 < config.layers() ? "blk." + (layer + 1) + ".attn_norm" : "output_norm";
      normed = skipNorm(block + "ffn_residual", fed, residual, "", next);
      residual = block + "ffn_residual";
    }
    if (source.tensors().containsKey("output.weight")) {
      linear(
          "logits",
          normed,
          hidden,
          List.of(source.tensor("output.weight", config.vocabularySize(), hidden)));
    } else {
      embedding.head(normed);
    }
    graph.output(
        "logits", DataType.FLOAT, "1", "positions", Integer.toString(config.vocabularySize()));
  }

  /** How the weights were kept, for people. */
  String quantization() {
    String weights =
        formats.stream()
            .map(format -> format == Format.FLOAT32 ? "float32" : "int" + format.bits)
            .distinct()
            .collect(Collectors.joining("/"));
    return weights
        + " weights, "
        + (options.activations() == ImportOptions.Activations.INT8 ? "int8" : "float32")
        + " activations";
  }

  /** The vectors (1, n, columns) at the positions whose logits are asked for. */
  private String chosen(String vectors) {
    return graph
        .node("Gather", List.of(vectors, "logits_positions"), vectors + ".chosen")
        .with("axis", 1)
        .add();
  }

  /** The rotary position embedding's cosines and sines, (positions, head size / 2). */
  private void rotaryCaches() throws IOException, ImportException {
    int half = config.headSize() / 2;
    float[] cos = new float[Math.multiplyExact(config.contextLength(), half)];
    float[] sin = new float[cos.length];
    for (int i = 0; i < half; i++) {
      double frequency =
          Math.pow(config.ropeBase(), -2.0 * i / config.headSize()) / config.ropeFactors().get(i);
      for (int position = 0; position < config.contextLength(); position++) {
        cos[position * half + i] = (float) Math.cos(position * frequency);
        sin[position * half + i] = (float) Math.sin(position * frequency);
      }
    }
    graph.initializer("cos_cache", DataType.FLOAT, graph.store(cos), config.contextLength(), half);
    graph.initializer("sin_cache", DataType.FLOAT, graph.store(sin), config.contextLength(), half);
  }

  private String norm(String name) throws ImportException {
    float[] weights = new float[config.hiddenSize()];
    Dequantizer.read(source.tensor(name, weights.length), 0, weights);
    return graph.initializer(name, weights);
  }

  /** Adds two vectors into the residual stream and norms the sum. */
  private String skipNorm(String sum, String input, String skip, String block, String norm)
      throws ImportException {
    return graph
        .microsoft(
            "SkipSimplifiedLayerNormalization",
            List.of(input, skip, norm(block + norm + ".weight")),
            block + norm,
            "",
            "",
            sum)
        .with("epsilon", config.normEpsilon())
        .add();
  }

  private String attention(String block, int layer, String input)
      throws IOException, ImportException {
    int hidden = config.hiddenSize();
    int width = config.heads() * config.headSize();
    int keyValueWidth = config.keyValueHeads() * config.headSize();
    String packed =
        linear(
            block + "attn_qkv",
            input,
            hidden,
            List.of(
                source.tensor(block + "attn_q.weight", width, hidden),
                source.tensor(block + "attn_k.weight", keyValueWidth, hidden),
                source.tensor(block + "attn_v.weight", keyValueWidth, hidden)));
    String[] cache = {
      "1", Integer.toString(config.keyValueHeads()), "capacity", Integer.toString(config.headSize())
    };
    String pastKey = graph.input("past_key_values." + layer + ".key", DataType.FLOAT, cache);
    String pastValue = graph.input("past_key_values." + layer + ".value", DataType.FLOAT, cache);
    String attended =
        graph
            .microsoft(
                "GroupQueryAttention",
                List.of(
                    packed,
                    "",
                    "",
                    pastKey,
                    pastValue,
                    "seqlens_k",
                    "total_sequence_length",
                    "cos_cache",
                    "sin_cache"),
                block + "attn",
                "present." + layer + ".key",
                "present." + layer + ".value")
            .with("num_heads", config.heads())
            .with("kv_num_heads", config.keyValueHeads())
            .with("do_rotary", 1)
            // GGUF keeps the rows of queries and keys in Meta's order: pairs side by side.
            .with("rotary_interleaved", 1)
            .add();
    graph.output("present." + layer + ".key", DataType.FLOAT, cache);
    graph.output("present." + layer + ".value", DataType.FLOAT, cache);
    return attended;
  }

  private String attentionOutput(String block, String attended)
      throws IOException, ImportException {
    int hidden = config.hiddenSize();
    int width = config.heads() * config.headSize();
    return linear(
        block + "attn_output",
        attended,
        width,
        List.of(source.tensor(block + "attn_output.weight", hidden, width)));
  }

  /** down(silu(gate(x)) * up(x)). */
  private String feedForward(String block, String input) throws IOException, ImportException {
    int hidden = config.hiddenSize();
    int width = config.feedForwardSize();
    String both =
        linear(
            block + "ffn_gate_up",
            input,
            hidden,
            List.of(
                source.tensor(block + "ffn_gate.weight", width, hidden),
                source.tensor(block + "ffn_up.weight", width, hidden)));
    String gate = block + "ffn_gate";
    String up = block + "ffn_up";
    graph.node("Split", List.of(both), gate, up).with("axis", 2).with("num_outputs", 2).add();
    // QuickGelu with alpha 1 is x * sigmoid(x), which is SiLU.
    String silu =
        graph.microsoft("QuickGelu", List.of(gate), block + "ffn_silu").with("alpha", 1f).add();
    String product = graph.node("Mul", List.of(silu, up), block + "ffn_product").add();
    return linear(
        block + "ffn_down",
        product,
        width,
        List.of(source.tensor(block + "ffn_down.weight", hidden, width)));
  }

  /** Multiplies {@code input} (1, n, columns) with the transposed matrices, one below the other. */
  private String linear(String name, String input, int columns, List<Tensor> matrices)
      throws IOException, ImportException {
    long rows = matrices.stream().mapToLong(matrix -> matrix.shape().getFirst()).sum();
    Format format = matrices.stream().map(this::format).reduce(Format::or).orElseThrow();
    return store(name, format, rows, columns, matrices).multiply(name, input);
  }

  private Table embedding(Tensor tensor) throws IOException, ImportException {
    Format format = format(tensor);
    return new Table(
        store(
            "token_embd",
            // Rows are also looked up, where there is no vector to append sums to.
            format == Format.INT4_OFFSET ? Format.INT8 : format,
            config.vocabularySize(),
            config.hiddenSize(),
            List.of(tensor)));
  }

  private Format format(Tensor tensor) {
    return switch (options.weights()) {
      case AUTO -> Format.holding(tensor.type());
      case INT4 -> Format.INT4;
      case INT8 -> Format.INT8;
      case FLOAT32 -> Format.FLOAT32;
    };
  }

  private Matrix store(String name, Format format, long rows, int columns, List<Tensor> matrices)
      throws IOException, ImportException {
    if (columns % BlockQuantizer.BLOCK != 0) {
      throw new ImportException(
          source.name()
              + ": tensor "
              + matrices.getFirst().name()
              + " has rows of "
              + columns
              + " numbers, which is not a multiple of "
              + BlockQuantizer.BLOCK);
    }
    formats.add(format);
    Matrix matrix =
        format == Format.FLOAT32
            ? storeFloats(name, rows, columns, matrices)
            : storeBlocks(name, format, rows, columns, matrices);
    for (Tensor part : matrices) {
      doneBytes += part.data().byteSize();
    }
    progress.report(doneBytes, totalBytes);
    return matrix;
  }

  private Matrix storeFloats(String name, long rows, int columns, List<Tensor> matrices)
      throws IOException, ImportException {
    OnnxGraph.Stored stored =
        graph.store(
            rows * columns * Float.BYTES,
            out -> {
              float[] row = new float[columns];
              for (Tensor part : matrices) {
                for (long first = 0; first < part.elements(); first += columns) {
                  cancellation.throwIfCancelled();
                  Dequantizer.read(part, first, row);
                  out.write(OnnxGraph.bytes(row));
                }
              }
            });
    return new Matrix(name, Format.FLOAT32, rows, columns, stored, stored, null);
  }

  private Matrix storeBlocks(
      String name, Format format, long rows, int columns, List<Tensor> matrices)
      throws IOException, ImportException {
    BlockQuantizer quantizer = new BlockQuantizer(format, cancellation);
    long blocks = format.blocks(columns);
    float[] scales = new float[Math.toIntExact(rows * blocks)];
    byte[] zeroPoints =
        new byte[format == Format.INT4_OFFSET ? Math.toIntExact(rows * ((blocks + 1) / 2)) : 0];
    OnnxGraph.Stored weights =
        graph.store(
            rows * blocks * format.blockBytes(),
            out -> quantizer.write(matrices, out, scales, zeroPoints));
    return new Matrix(
        name,
        format,
        rows,
        columns,
        weights,
        graph.store(scales),
        zeroPoints.length == 0
            ? null
            : graph.store(zeroPoints.length, out -> out.write(zeroPoints)));
  }

  /** The vectors (1, n, columns) with the sums of their blocks behind: (1, n, columns + blocks). */
  private String withBlockSums(String input, int columns) throws IOException, ImportException {
    String known = withBlockSums.get(input);
    if (known != null) {
      return known;
    }
    int blocks = columns / BlockQuantizer.BLOCK;
    String shape = "blocks." + columns;
    if (withBlockSums.putIfAbsent(shape, shape) == null) {
      graph.initializer(shape, new long[] {0, 0, blocks, BlockQuantizer.BLOCK});
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

  /** A stored matrix (rows, columns); without zero points where its format has none. */
  private final class Matrix {
    private final String name;
    private final Format format;
    private final long rows;
    private final int columns;
    private final OnnxGraph.Stored weights;
    private final OnnxGraph.Stored scales;
    private final OnnxGraph.@Nullable Stored zeroPoints;

    Matrix(
        String name,
        Format format,
        long rows,
        int columns,
        OnnxGraph.Stored weights,
        OnnxGraph.Stored scales,
        OnnxGraph.@Nullable Stored zeroPoints) {
      this.name = name;
      this.format = format;
      this.rows = rows;
      this.columns = columns;
      this.weights = weights;
      this.scales = scales;
      this.zeroPoints = zeroPoints;
    }

    /** Adds the node that multiplies {@code input} (1, n, columns) with the transposed matrix. */
    String multiply(String output, String input) throws IOException, ImportException {
      if (format == Format.FLOAT32) {
        String plain =
            graph.initializer(name + ".matmul.weight", DataType.FLOAT, weights, rows, columns);
        return graph
            .microsoft("FusedMatMul", List.of(input, plain), output)
            .with("transB", 1)
            .add();
      }
      int blocks = format.blocks(columns);
      List<String> inputs = new ArrayList<>();
      inputs.add(format == Format.INT4_OFFSET ? withBlockSums(input, columns) : input);
      inputs.add(
          graph.initializer(
              name + ".matmul.weight", DataType.UINT8, weights, rows, blocks, format.blockBytes()));
      inputs.add(graph.initializer(name + ".matmul.scales", DataType.FLOAT, scales, rows, blocks));
      if (zeroPoints != null) {
        inputs.add(
            graph.initializer(
                name + ".matmul.zero_points", DataType.UINT8, zeroPoints, rows, (blocks + 1) / 2));
      }
      return graph
          .microsoft("MatMulNBits", inputs, output)
          .with("K", format.columns(columns))
          .with("N", rows)
          .with("bits", format.bits)
          .with("block_size", BlockQuantizer.BLOCK)
          .with("accuracy_level", options.activations() == ImportOptions.Activations.INT8 ? 4 : 1)
          .add();
    }
  }

  /** The token embedding; its bytes also serve as the head where that is tied to it. */
  private final class Table {
    private final Matrix matrix;
    private final String rows;

    Table(Matrix matrix) {
      this.matrix = matrix;
      if (matrix.format == Format.FLOAT32) {
        String table =
            graph.initializer(
                "token_embd.weight", DataType.FLOAT, matrix.weights, matrix.rows, matrix.columns);
        rows = graph.node("Gather", List.of(table, "input_ids"), "embedded").add();
        return;
      }
      String table =
          graph.initializer(
              "token_embd.weight",
              DataType.UINT8,
              matrix.weights,
              matrix.rows,
              (long) matrix.columns * matrix.format.bits / 8);
      String scales =
          graph.initializer(
              "token_embd.scales",
              DataType.FLOAT,
              matrix.scales,
              matrix.rows,
              matrix.columns / BlockQuantizer.BLOCK);
      rows =
          graph
              .microsoft("GatherBlockQuantized", List.of(table, "input_ids", scales), "embedded")
              .with("bits", matrix.format.bits)
              .with("block_size", BlockQuantizer.BLOCK)
              .with("gather_axis", 0)
              .with("quantize_axis", 1)
              .add();
    }

    String lookUp() {
      return rows;
    }

    void head(String input) throws IOException, ImportException {
      String _ = matrix.multiply("logits", input);
    }
  }
}
