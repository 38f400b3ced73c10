package org.qalam.convert;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.qalam.catalog.ModelFolder;

/**
 * A second graph over the same weights, whose key-value cache holds one byte a number (0073): each
 * channel of each layer's keys and values has a scale of its own, taken from the largest value that
 * a sample of text gave.
 */
final class CompactCacheGraph {
  /** Other texts reach a little further than the sample; keys, unlike values, must not be cut. */
  private static final float KEY_MARGIN = 1.5f;

  private static final float VALUE_MARGIN = 1.15f;

  /** A channel that was zero throughout must not divide by zero later. */
  private static final float LEAST = 1e-6f;

  /** Where GroupQueryAttention takes the scale of its keys; that of its values comes next. */
  private static final int SCALES_INPUT = 12;

  private CompactCacheGraph() {}

  /**
   * Writes it beside the folder's own graph.
   *
   * @param headSize channels of one head of keys or values
   * @param largest of every channel, as {@link CacheCalibrator#largest} tells
   */
  static void write(Path folder, int headSize, List<float[]> largest) throws IOException {
    ModelProto model;
    try (var in = Files.newInputStream(folder.resolve(ModelFolder.GRAPH_FILE))) {
      model = ModelProto.parseFrom(in);
    }
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      if (node.getOpType().equals("GroupQueryAttention")) {
        String layer = node.getInput(3).replaceAll("\\D", "");
        int key = 2 * Integer.parseInt(layer);
        while (node.getInputCount() < SCALES_INPUT) {
          node.addInput("");
        }
        float[] keys = ofPairs(largest.get(key), headSize, isInterleaved(node));
        node.addInput(scale(graph, "key_scale." + layer, keys, KEY_MARGIN));
        node.addInput(scale(graph, "value_scale." + layer, largest.get(key + 1), VALUE_MARGIN));
        node.addAttribute(
            AttributeProto.newBuilder()
                .setName("kv_cache_bit_width")
                .setType(AttributeProto.AttributeType.INT)
                .setI(Byte.SIZE));
        node.addAttribute(perChannel("k_quant_type"));
        node.addAttribute(perChannel("v_quant_type"));
      }
    }
    graph.getInputBuilderList().forEach(CompactCacheGraph::toBytes);
    graph.getOutputBuilderList().forEach(CompactCacheGraph::toBytes);
    try (var out = Files.newOutputStream(folder.resolve(ModelFolder.COMPACT_CACHE_GRAPH_FILE))) {
      model.toBuilder().setGraph(graph).build().writeTo(out);
    }
  }

  /**
   * The rotary embedding turns the two channels of a pair into each other as the position grows, so
   * that at later positions either can hold what the sample gave the other.
   */
  private static float[] ofPairs(float[] largest, int headSize, boolean interleaved) {
    float[] pairs = new float[largest.length];
    int half = headSize / 2;
    for (int i = 0; i < largest.length; i++) {
      int inHead = i % headSize;
      int other = interleaved ? inHead ^ 1 : (inHead + half) % headSize;
      pairs[i] = Math.max(largest[i], largest[i - inHead + other]);
    }
    return pairs;
  }

  private static boolean isInterleaved(NodeProto.Builder node) {
    return node.getAttributeList().stream()
        .anyMatch(a -> a.getName().equals("rotary_interleaved") && a.getI() == 1);
  }

  private static String scale(
      GraphProto.Builder graph, String name, float[] largest, float margin) {
    float[] scales = new float[largest.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = Math.max(LEAST, largest[i] * margin / Byte.MAX_VALUE);
    }
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(scales.length)
            .setRawData(ByteString.copyFrom(OnnxGraph.bytes(scales))));
    return name;
  }

  private static AttributeProto perChannel(String name) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFrom("PER_CHANNEL", StandardCharsets.UTF_8))
        .build();
  }

  private static void toBytes(ValueInfoProto.Builder value) {
    if (value.getName().startsWith("past_key_values.") || value.getName().startsWith("present.")) {
      value
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .setElemType(TensorProto.DataType.INT8.getNumber());
    }
  }
}
