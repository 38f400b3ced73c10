package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.convert.ImportOptions.Activations;
import org.qalam.convert.ImportOptions.Rounding;
import org.qalam.convert.ImportOptions.Weights;
import org.qalam.task.CancellationToken;

class BlockQuantizerTest {
  private static final int ROWS = 8;
  private static final int COLUMNS = 256;

  @TempDir Path folder;

  @Test
  void roundedNumbersWithTheirRestsAreASixteenthOfAStepFromTheNumbers() throws Exception {
    float[] numbers = new float[ROWS * COLUMNS];
    Random random = new Random(3);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    Tensor tensor =
        new Tensor(
            "numbers",
            TensorType.F32,
            List.of((long) ROWS, (long) COLUMNS),
            MemorySegment.ofArray(OnnxGraph.bytes(numbers)));
    BlockLayout layout = BlockLayout.coarse(COLUMNS);
    BlockQuantizer quantizer =
        new BlockQuantizer(layout, Rounding.NEAREST, new CancellationToken());
    float[] steps = new float[ROWS * layout.blocks(COLUMNS)];
    float[] rounded = written(quantizer, layout, tensor, steps);
    float[] rests = written(quantizer.ofRests(), layout.ofRests(), tensor, new float[steps.length]);
    for (int i = 0; i < numbers.length; i++) {
      float step = steps[i / layout.block()];
      assertEquals(numbers[i], rounded[i] + rests[i], 0.0626f * step);
    }
  }

  /** All of the head is read for every token; of the rows looked up, one. */
  @Test
  void headOfSixBitNumbersHasFewScalesAndItsRowsAreLookedUpWithTheirRests() throws Exception {
    List<NodeProto> nodes = imported("llama-q6_k.gguf", Activations.INT8);
    assertEquals(128, attribute(node(nodes, "logits"), "block_size"));
    assertEquals(
        List.of("embedded.rounded", "embedded.rests"), node(nodes, "embedded").getInputList());
    assertEquals(16, attribute(node(nodes, "blk.0.ffn_down"), "block_size"));
  }

  @Test
  void whoeverAsksForExactProductsGetsTheHeadAsItIs() throws Exception {
    List<NodeProto> nodes = imported("llama-q6_k.gguf", Activations.FLOAT32);
    assertEquals(16, attribute(node(nodes, "logits"), "block_size"));
    assertEquals("GatherBlockQuantized", node(nodes, "embedded").getOpType());
  }

  @Test
  void headThatBlocksOf32HoldExactlyStaysInThem() throws Exception {
    List<NodeProto> nodes = imported("llama-q8_0.gguf", Activations.INT8);
    assertEquals(32, attribute(node(nodes, "logits"), "block_size"));
    assertEquals("GatherBlockQuantized", node(nodes, "embedded").getOpType());
  }

  /** What was written for the tensor, as numbers again. */
  private static float[] written(
      BlockQuantizer quantizer, BlockLayout layout, Tensor tensor, float[] scales)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    quantizer.write(List.of(tensor), out, scales, new byte[0]);
    byte[] packed = out.toByteArray();
    int bits = layout.format().bits();
    assertEquals(ROWS * COLUMNS * bits / 8, packed.length);
    float[] numbers = new float[ROWS * COLUMNS];
    for (int i = 0; i < numbers.length; i++) {
      int unsigned = bits == 8 ? packed[i] & 0xff : packed[i / 2] >> (i % 2 * 4) & 15;
      numbers[i] = scales[i / layout.block()] * (unsigned - (1 << (bits - 1)));
    }
    return numbers;
  }

  private List<NodeProto> imported(String file, Activations activations) throws Exception {
    new CheckpointImporter(folder)
        .importModel(
            Path.of("src/test/resources/reference", file),
            new ImportOptions("tiny", Weights.AUTO, activations),
            ImportProgress.NONE,
            new CancellationToken());
    byte[] graph = Files.readAllBytes(folder.resolve("tiny").resolve(OnnxGraph.MODEL_FILE));
    return ModelProto.parseFrom(graph).getGraph().getNodeList();
  }

  private static NodeProto node(List<NodeProto> nodes, String name) {
    List<NodeProto> found = nodes.stream().filter(node -> node.getName().equals(name)).toList();
    assertEquals(1, found.size(), name);
    return found.getFirst();
  }

  private static long attribute(NodeProto node, String name) {
    List<AttributeProto> found =
        node.getAttributeList().stream().filter(each -> each.getName().equals(name)).toList();
    assertTrue(found.size() == 1, node.getName() + " has no " + name);
    return found.getFirst().getI();
  }
}
