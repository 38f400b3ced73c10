package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxInspectorTest {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  @TempDir Path folder;

  @Test
  void soundGraphIsDescribed() throws Exception {
    Path hub = ExportedModels.unpack("hub-q4", folder);
    OnnxSummary summary = OnnxInspector.inspect(hub.resolve("onnx/model_q4.onnx"));
    assertEquals(new OnnxSummary.BlockWidth(4, 32), summary.quantization());
    long size = Files.size(hub.resolve("onnx/model_q4.onnx_data"));
    assertEquals(Map.of("model_q4.onnx_data", size), summary.externalData());
    // 2 layers of 256*384 + 256*256 + 3*256*512, head and embedding of 512*256 each.
    long weights = 2 * (256 * 384 + 256 * 256 + 3 * 256 * 512) + 2 * 512 * 256;
    assertTrue(Math.abs(weights - summary.parameters()) < weights / 100, summary.toString());
    assertEquals(
        new OnnxSummary.Value("logits", FLOAT, List.of(-1L, -1L, 512L)),
        summary.outputs().getFirst());
    assertTrue(
        summary.inputs().stream()
            .anyMatch(input -> input.name().equals("past_key_values.1.value")));
  }

  @Test
  void groupedAttentionOnTheGraphsOwnCacheIsNoted() throws Exception {
    OnnxSummary summary =
        OnnxInspector.inspect(ExportedModels.unpack("genai-int4", folder).resolve("model.onnx"));
    assertEquals(2, summary.attention().size());
    assertEquals(
        List.of(
            "past_key_values.0.key", "past_key_values.0.value", "present.0.key", "present.0.value"),
        summary.attention().getFirst());
    assertEquals(1024, summary.positions());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x",
        "/etc/passwd",
        "sub/weights.bin",
        "..\\x",
        "C:\\weights.bin",
        "\\\\server\\share\\x",
        "weights.bin:stream",
        "*/_ORT_MEM_ADDR_/*",
        "..",
        ".hidden",
        "",
        "nul",
        "COM1.bin",
        "weights\u0000.bin",
        "manifest.json",
        "Model.onnx"
      })
  void weightsElsewhereAreRefusedByTheirPlace(String location) throws Exception {
    String sentence = refusal(graph -> graph.addInitializer(external("w", location, 0, 64)));
    String shown = location.replace('\u0000', '\uFFFD');
    assertTrue(sentence.contains("'w'") && sentence.contains(shown), sentence);
  }

  @Test
  void weightsThatOverlapInPartAreRefusedAndSharedOnesAreNot() throws Exception {
    assertTrue(
        refusal(graph ->
                graph
                    .addInitializer(external("a", "w.bin", 0, 64))
                    .addInitializer(external("b", "w.bin", 32, 64)))
            .contains("'b' overlaps another one in 'w.bin'"));
    OnnxSummary shared =
        inspect(graph ->
            graph
                .addInitializer(external("a", "w.bin", 64, 64))
                .addInitializer(external("b", "w.bin", 64, 64)));
    assertEquals(Map.of("w.bin", 128L), shared.externalData());
  }

  @Test
  void weightsOfAnotherLengthThanTheirShapeAreRefused() throws Exception {
    assertTrue(
        refusal(graph -> graph.addInitializer(external("w", "w.bin", 0, 60)))
            .contains("'w' needs 64 bytes and is given 60"));
    assertTrue(
        refusal(graph -> graph.addInitializer(tensor("w", 16).setRawData(bytes(63))))
            .contains("'w' needs 64 bytes and is given 63"));
    assertTrue(
        refusal(graph -> graph.addInitializer(tensor("w", 3).addFloatData(1)))
            .contains("'w' needs 3 numbers and is given 1"));
    assertTrue(
        refusal(graph ->
                graph.addInitializer(
                    external("w", "w.bin", 0, 64).toBuilder().setRawData(bytes(64))))
            .contains("both inside and outside"));
  }

  @Test
  void impossibleShapesAreRefused() throws Exception {
    assertTrue(refusal(graph -> graph.addInitializer(tensor("w", -1))).contains("impossible size"));
    assertTrue(
        refusal(graph -> graph.addInitializer(tensor("w", 1L << 32, 1L << 32)))
            .contains("impossible size"));
    assertTrue(
        refusal(graph -> graph.addInitializer(tensor("w", 1).setDataType(99))).contains("type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ai.onnx.contrib", "com.example", "ai.onnx.ml", "AI.ONNX"})
  void operatorsOfOthersAreRefusedByName(String domain) throws Exception {
    NodeProto node = NodeProto.newBuilder().setOpType("Run").setDomain(domain).build();
    assertTrue(refusal(graph -> graph.addNode(node)).contains("'" + domain + "'"));
    // ... and inside the branch of another operator
    assertTrue(refusal(graph -> graph.addNode(inBranch(node))).contains("'" + domain + "'"));
  }

  @Test
  void externalConstantsInsideOperatorsAreRefused() throws Exception {
    NodeProto node =
        NodeProto.newBuilder()
            .setOpType("Constant")
            .addAttribute(
                AttributeProto.newBuilder().setName("value").setT(external("c", "w.bin", 0, 64)))
            .build();
    assertTrue(refusal(graph -> graph.addNode(node)).contains("constant"));
  }

  @Test
  void graphsInsideGraphsHaveAnEnd() throws Exception {
    NodeProto node = NodeProto.newBuilder().setOpType("Add").build();
    for (int depth = 0; depth < 60; depth++) {
      node = inBranch(node);
    }
    NodeProto deep = node;
    assertTrue(refusal(graph -> graph.addNode(deep)).contains("8 deep"));
  }

  @Test
  void sparseWeightsFunctionsAndTrainingAreRefused() throws Exception {
    assertTrue(
        refusal(graph -> graph.addSparseInitializer(SparseTensorProto.getDefaultInstance()))
            .contains("sparse"));
    Path file = folder.resolve("m.onnx");
    Files.write(
        file,
        model(_ -> {}).addFunctions(FunctionProto.newBuilder().setName("f")).build().toByteArray());
    assertTrue(refusalOf(file).contains("functions of its own"));
    Files.write(
        file,
        model(_ -> {})
            .addTrainingInfo(TrainingInfoProto.getDefaultInstance())
            .build()
            .toByteArray());
    assertTrue(refusalOf(file).contains("in training"));
  }

  @Test
  void fieldsThatLieAboutTheirLengthAreDamage() throws Exception {
    Path file = folder.resolve("m.onnx");
    Files.writeString(file, "Dear landlord, the heating is broken again.");
    assertTrue(refusalOf(file).contains("no ONNX file, or it is damaged"));
    Files.createFile(folder.resolve("empty.onnx"));
    assertTrue(refusalOf(folder.resolve("empty.onnx")).contains("no graph"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeTag(7, 2);
    out.writeUInt64NoTag(-1); // a graph of 2^64 - 1 bytes
    out.flush();
    Files.write(file, bytes.toByteArray());
    assertTrue(refusalOf(file).contains("18446744073709551615 bytes where there are 0"));
  }

  @ParameterizedTest
  @CsvSource({"bits,0", "bits,3", "block_size,0", "block_size,33", "K,-1", "num_heads,0"})
  void numbersThatKernelsDivideByAreBounded(String name, long number) throws Exception {
    NodeProto node =
        NodeProto.newBuilder()
            .setOpType("GatherBlockQuantized")
            .setDomain("com.microsoft")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(number))
            .build();
    assertTrue(refusal(graph -> graph.addNode(node)).contains(name + " " + number));
  }

  @Test
  void tablesOfARotaryEmbeddingMustBeAlike() throws Exception {
    NodeProto node =
        NodeProto.newBuilder()
            .setOpType("RotaryEmbedding")
            .setDomain("com.microsoft")
            .addAllInput(List.of("x", "position_ids", "cos", "sin"))
            .build();
    TensorProto cosines = tensor("cos", 8, 2).setRawData(bytes(64)).build();
    String sentence =
        refusal(graph ->
            graph
                .addNode(node)
                .addInitializer(cosines)
                .addInitializer(tensor("sin", 4, 2).setRawData(bytes(32))));
    assertTrue(sentence.contains("[8, 2] and [4, 2]"), sentence);
    OnnxSummary alike =
        inspect(graph ->
            graph
                .addNode(node)
                .addInitializer(cosines)
                .addInitializer(cosines.toBuilder().setName("sin")));
    assertEquals(8, alike.positions());
  }

  @Test
  void linkIsNotFollowed() throws Exception {
    Path file = folder.resolve("real.onnx");
    Files.write(file, model(_ -> {}).build().toByteArray());
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), file);
    assertThrows(IOException.class, () -> OnnxInspector.inspect(link));
    assertFalse(OnnxInspector.inspect(file).has("Add"));
  }

  private static NodeProto inBranch(NodeProto node) {
    return NodeProto.newBuilder()
        .setOpType("If")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("then_branch")
                .setG(GraphProto.newBuilder().addNode(node)))
        .build();
  }

  private static TensorProto.Builder tensor(String name, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }

  /** Sixteen float32 numbers that are said to be in a file. */
  private static TensorProto external(String name, String location, long offset, long length) {
    return tensor(name, 16)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", Long.toString(offset)))
        .addExternalData(entry("length", Long.toString(length)))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static ByteString bytes(int count) {
    return ByteString.copyFrom(new byte[count]);
  }

  private static ModelProto.Builder model(Consumer<GraphProto.Builder> change) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
    change.accept(graph);
    return ModelProto.newBuilder().setIrVersion(10).setGraph(graph);
  }

  private OnnxSummary inspect(Consumer<GraphProto.Builder> change) throws Exception {
    Path file = folder.resolve("m.onnx");
    Files.write(file, model(change).build().toByteArray());
    return OnnxInspector.inspect(file);
  }

  private String refusal(Consumer<GraphProto.Builder> change) throws Exception {
    Path file = folder.resolve("m.onnx");
    Files.write(file, model(change).build().toByteArray());
    return refusalOf(file);
  }

  private static String refusalOf(Path file) {
    return String.valueOf(
        assertThrows(ImportException.class, () -> OnnxInspector.inspect(file)).getMessage());
  }
}
