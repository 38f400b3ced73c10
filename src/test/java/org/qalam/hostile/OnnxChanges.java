package org.qalam.hostile;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Random;
import org.qalam.convert.OnnxMutants;

/** Graphs that name files elsewhere, foreign operators, or graphs inside graphs. */
final class OnnxChanges {
  private static final List<String> DOMAINS =
      List.of(
          "evil",
          "com.microsoft.experimental",
          "ai.onnx.contrib",
          "com.microsoft.nchwc",
          "ai.onnx.training",
          "");

  private OnnxChanges() {}

  static byte[] change(byte[] sound, Random random, Canary canary) throws Exception {
    if (random.nextInt(3) == 0) {
      return OnnxMutants.mutant(sound, random.nextInt());
    }
    ModelProto.Builder model = ModelProto.parseFrom(sound).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
    TensorProto.Builder weight =
        graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
    switch (random.nextInt(6)) {
      case 0 -> node.setDomain(DOMAINS.get(random.nextInt(DOMAINS.size())));
      case 1 -> nest(graph, node, random, canary);
      case 2 ->
          weight
              .clearDims()
              .addDims(ByteChanges.number(random))
              .addDims(ByteChanges.number(random));
      default -> outside(weight, random, canary);
    }
    return model.build().toByteArray();
  }

  /** Weights in another file, at another place, or of another length. */
  private static void outside(TensorProto.Builder weight, Random random, Canary canary) {
    boolean elsewhere = random.nextInt(3) > 0 || weight.getExternalDataCount() == 0;
    if (elsewhere) {
      weight
          .clearRawData()
          .clearExternalData()
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", JsonChanges.path(random, canary)));
      if (random.nextBoolean()) {
        weight.addExternalData(entry("offset", "0")).addExternalData(entry("length", "64"));
      }
      return;
    }
    weight.addExternalData(
        entry(
            List.of("offset", "length", "checksum", "location", "prepacked").get(random.nextInt(5)),
            random.nextInt(4) == 0 ? "many" : "" + ByteChanges.number(random)));
    if (random.nextBoolean()) {
      weight.removeExternalData(1);
    }
  }

  /**
   * An If or a Loop, whose graph holds another one and so on, the innermost with foreign weights.
   */
  private static void nest(
      GraphProto.Builder graph, NodeProto.Builder node, Random random, Canary canary) {
    TensorProto.Builder weight = TensorProto.newBuilder().setName("w").setDataType(1).addDims(16);
    outside(weight, random, canary);
    GraphProto inner = GraphProto.newBuilder().setName("g").addInitializer(weight).build();
    String type = random.nextBoolean() ? "If" : "Loop";
    for (int depth = 1 << random.nextInt(7); depth > 1; depth--) {
      inner =
          GraphProto.newBuilder()
              .setName("g")
              .addNode(holding(type, inner, node.getInput(0)))
              .build();
    }
    graph.addNode(holding(type, inner, node.getInput(0)));
  }

  private static NodeProto holding(String type, GraphProto inner, String input) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).addInput(input).addOutput("x");
    for (String name :
        type.equals("If") ? List.of("then_branch", "else_branch") : List.of("body")) {
      boolean last = name.equals("else_branch");
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName(name)
              .setType(AttributeProto.AttributeType.GRAPH)
              .setG(last ? GraphProto.newBuilder().setName("e").build() : inner));
    }
    return node.build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
