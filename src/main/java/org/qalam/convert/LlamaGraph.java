package org.qalam.convert;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
  private final WeightsFile file;
  private final Checkpoint source;
  private final LlamaConfig config;
  private final GraphWeights weights;

  LlamaGraph(OnnxGraph graph, WeightsFile file, Checkpoint source, GraphWeights weights) {
    this.graph = graph;
    this.file = file;
    this.source = source;
    this.config = source.config();
    this.weights = weights;
  }

  /** Adds every node and weight. */
  void build() throws IOException, ImportException {
    int hidden = config.hiddenSize();
    graph.input("input_ids", DataType.INT64, "1", "sequence");
    graph.input("seqlens_k", DataType.INT32, "1");
    graph.input("total_sequence_length", DataType.INT32);
    graph.input("logits_positions", DataType.INT64, "positions");
    RotaryCaches.add(graph, config);
    boolean tied = !source.has("output.weight");
    GraphWeights.Table embedding =
        weights.table(source.tensor("token_embd.weight", config.vocabularySize(), hidden), tied);
    String residual = weights.rows(embedding, "input_ids");
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
    if (tied) {
      weights.multiply(embedding.matrix(), "logits", normed);
    } else if (source.has("output.bias") || source.has("output.lora_a")) {
      linear("logits", normed, hidden, part("output", config.vocabularySize()));
    } else {
      Tensor output = source.tensor("output.weight", config.vocabularySize(), hidden);
      weights.multiply(weights.head(output), "logits", normed);
    }
    graph.output(
        "logits", DataType.FLOAT, "1", "positions", Integer.toString(config.vocabularySize()));
  }

  /** The vectors (1, n, columns) at the positions whose logits are asked for. */
  private String chosen(String vectors) {
    return graph
        .node("Gather", List.of(vectors, "logits_positions"), vectors + ".chosen")
        .with("axis", 1)
        .add();
  }

  private String norm(String name) throws ImportException {
    Tensor tensor = source.tensor(name, config.hiddenSize());
    float[] weights = new float[config.hiddenSize()];
    Dequantizer.read(tensor, 0, weights);
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
            part(block + "attn_q", width),
            part(block + "attn_k", keyValueWidth),
            part(block + "attn_v", keyValueWidth));
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
                    RotaryCaches.COSINES,
                    RotaryCaches.SINES),
                block + "attn",
                "present." + layer + ".key",
                "present." + layer + ".value")
            .with("num_heads", config.heads())
            .with("kv_num_heads", config.keyValueHeads())
            .with("do_rotary", 1)
            .with("rotary_interleaved", config.rotary().interleaved() ? 1 : 0)
            .with("local_window_size", config.slidingWindow() == 0 ? -1 : config.slidingWindow())
            .add();
    graph.output("present." + layer + ".key", DataType.FLOAT, cache);
    graph.output("present." + layer + ".value", DataType.FLOAT, cache);
    return attended;
  }

  private String attentionOutput(String block, String attended)
      throws IOException, ImportException {
    int hidden = config.hiddenSize();
    int width = config.heads() * config.headSize();
    return linear(block + "attn_output", attended, width, part(block + "attn_output", hidden));
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
            part(block + "ffn_gate", width),
            part(block + "ffn_up", width));
    String gate = block + "ffn_gate";
    String up = block + "ffn_up";
    graph.node("Split", List.of(both), gate, up).with("axis", 2).with("num_outputs", 2).add();
    // QuickGelu with alpha 1 is x * sigmoid(x), which is SiLU.
    String silu =
        graph.microsoft("QuickGelu", List.of(gate), block + "ffn_silu").with("alpha", 1f).add();
    String product = graph.node("Mul", List.of(silu, up), block + "ffn_product").add();
    String turned = config.hadamard() ? hadamard(product) : product;
    return linear(block + "ffn_down", turned, width, part(block + "ffn_down", hidden));
  }

  /**
   * Multiplies vectors (1, n, feed-forward size) with the normalised Walsh-Hadamard matrix. It is
   * the Kronecker product of two smaller ones, so the vector is laid out as a matrix (a, b) and
   * multiplied from both sides.
   */
  private String hadamard(String vectors) {
    int size = config.feedForwardSize();
    int a = 1 << (Integer.numberOfTrailingZeros(size) / 2);
    int b = size / a;
    if (!graph.has("hadamard.left")) {
      graph.initializer("hadamard.left", walsh(a), a, a);
      graph.initializer("hadamard.right", walsh(b), b, b);
      graph.initializer("hadamard.apart", new long[] {0, 0, a, b});
      graph.initializer("hadamard.together", new long[] {0, 0, size});
    }
    String apart =
        graph.node("Reshape", List.of(vectors, "hadamard.apart"), vectors + ".apart").add();
    String right = graph.node("MatMul", List.of(apart, "hadamard.right"), vectors + ".right").add();
    String both = graph.node("MatMul", List.of("hadamard.left", right), vectors + ".both").add();
    return graph.node("Reshape", List.of(both, "hadamard.together"), vectors + ".hadamard").add();
  }

  /** The normalised Walsh-Hadamard matrix in Sylvester's order, (size, size). */
  private static float[] walsh(int size) {
    float[] matrix = new float[size * size];
    float unit = (float) (1 / Math.sqrt(size));
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        matrix[row * size + column] = Integer.bitCount(row & column) % 2 == 0 ? unit : -unit;
      }
    }
    return matrix;
  }

  /** A layer that gives {@code rows} numbers. */
  private record Part(String layer, int rows) {}

  private static Part part(String layer, int rows) {
    return new Part(layer, rows);
  }

  /**
   * Applies linear layers to the same {@code input} (1, n, columns), with their biases and
   * adaptors; gives what they give, one behind the other.
   */
  private String linear(String name, String input, int columns, Part... parts)
      throws IOException, ImportException {
    List<Tensor> matrices = new ArrayList<>();
    boolean biased = false;
    boolean adapted = false;
    for (Part part : parts) {
      matrices.add(source.tensor(part.layer + ".weight", part.rows, columns));
      biased |= source.has(part.layer + ".bias");
      adapted |= source.has(part.layer + ".lora_a");
    }
    if (!biased && !adapted) {
      return product(name, input, matrices);
    }
    String sum = product(name + ".product", input, matrices);
    if (adapted) {
      String adaptation = adaptation(name, input, columns, parts);
      String output = biased ? name + ".adapted" : name;
      sum = graph.node("Add", List.of(sum, adaptation), output).add();
    }
    return biased ? graph.node("Add", List.of(sum, bias(name, parts)), name).add() : sum;
  }

  /** Multiplies with matrices that are kept in one way together, with others side by side. */
  private String product(String name, String input, List<Tensor> matrices)
      throws IOException, ImportException {
    List<List<Tensor>> groups = new ArrayList<>();
    for (Tensor matrix : matrices) {
      boolean first = groups.isEmpty();
      if (first || !weights.layout(matrix).equals(weights.layout(groups.getLast().getFirst()))) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(matrix);
    }
    if (groups.size() == 1) {
      return weights.multiply(weights.matrix(name, matrices), name, input);
    }
    List<String> products = new ArrayList<>();
    for (List<Tensor> group : groups) {
      String part = name + "." + products.size();
      products.add(weights.multiply(weights.matrix(part, group), part, input));
    }
    return graph.node("Concat", products, name).with("axis", 2).add();
  }

  private String bias(String name, Part... parts) throws ImportException {
    float[] all = new float[Stream.of(parts).mapToInt(Part::rows).sum()];
    int row = 0;
    for (Part part : parts) {
      if (source.has(part.layer + ".bias")) {
        float[] own = new float[part.rows];
        Dequantizer.read(source.tensor(part.layer + ".bias", part.rows), 0, own);
        System.arraycopy(own, 0, all, row, own.length);
      }
      row += part.rows;
    }
    return graph.initializer(name + ".bias", all);
  }

  /** What the adaptors of layers add: scale * B(A(input)); the Bs stand along a diagonal. */
  private String adaptation(String layer, String input, int columns, Part... parts)
      throws IOException, ImportException {
    List<Tensor> inner = new ArrayList<>();
    for (Part part : parts) {
      String name = part.layer + ".lora_a";
      inner.add(source.tensor(name, source.adaptor(name).shape().getFirst(), columns));
    }
    int rank = inner.stream().mapToInt(a -> Math.toIntExact(a.shape().getFirst())).sum();
    int rows = Stream.of(parts).mapToInt(Part::rows).sum();
    float[] a = new float[Math.multiplyExact(rank, columns)];
    float[] b = new float[Math.multiplyExact(rows, rank)];
    int rankAt = 0;
    int rowAt = 0;
    for (int p = 0; p < parts.length; p++) {
      int own = Math.toIntExact(inner.get(p).shape().getFirst());
      float[] ownA = new float[own * columns];
      Dequantizer.read(source.tensor(parts[p].layer + ".lora_a", own, columns), 0, ownA);
      System.arraycopy(ownA, 0, a, rankAt * columns, ownA.length);
      float[] ownB = new float[parts[p].rows * own];
      Dequantizer.read(source.tensor(parts[p].layer + ".lora_b", parts[p].rows, own), 0, ownB);
      for (int i = 0; i < ownB.length; i++) {
        b[(rowAt + i / own) * rank + rankAt + i % own] = ownB[i] * config.adaptorScale();
      }
      rankAt += own;
      rowAt += parts[p].rows;
    }
    List<WeightsFile.Stored> stored =
        file.store(2 * parts.length, WeightsFile.Part.of(a), WeightsFile.Part.of(b));
    String low = transposed(layer + ".lora_a", input, stored.get(0), rank, columns);
    return transposed(layer + ".lora_b", low, stored.get(1), rows, rank);
  }

  private String transposed(
      String name, String input, WeightsFile.Stored stored, int rows, int columns) {
    String matrix = graph.initializer(name, DataType.FLOAT, stored, rows, columns);
    return graph
        .microsoft("FusedMatMul", List.of(input, matrix), name + ".product")
        .with("transB", 1)
        .add();
  }
}
