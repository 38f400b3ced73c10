package org.qalam.convert;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.EngineException;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Damages exported models and takes them the whole way: import, load, run. Each must end in one of
 * the errors that carry a sentence, or in a model that runs; a crash ends the process, which is why
 * a long search is a program of its own: {@code java ... OnnxMutants FOLDER FIRST COUNT [NAME]}.
 */
public final class OnnxMutants {
  /** How the mutants of one run ended. */
  record Ends(int refusedByTheImporter, int refusedByTheLoader, int failedToRun, int ran) {}

  private OnnxMutants() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String[] names =
        arguments.length > 3
            ? new String[] {arguments[3]}
            : new String[] {"genai-int4", "hub-q4", "genai-fp16"};
    for (String name : names) {
      System.out.println(
          name
              + " "
              + run(
                  name,
                  folder,
                  Integer.parseInt(arguments[1]),
                  Integer.parseInt(arguments[2]),
                  true));
    }
  }

  /** Tries the mutants {@code first} to {@code first + count - 1} of a model. */
  static Ends run(String name, Path folder, int first, int count, boolean tells) throws Exception {
    Path good = ExportedModels.unpack(name, folder);
    Path graph = good.resolve(name.startsWith("hub") ? "onnx/model_q4.onnx" : "model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    int[] ends = new int[4];
    for (int seed = first; seed < first + count; seed++) {
      if (tells) {
        Files.writeString(folder.resolve("last.txt"), name + " " + seed);
      }
      Files.write(graph, mutant(bytes, seed));
      ends[end(graph, folder.resolve("models"))]++;
    }
    return new Ends(ends[0], ends[1], ends[2], ends[3]);
  }

  private static int end(Path graph, Path models) throws Exception {
    try {
      ModelManifest manifest = ExportedModels.importing(graph, models);
      try (LanguageModel model = ExportedModels.load(models);
          Generator generator = model.newGenerator()) {
        int last = manifest.vocabularySize() - 1;
        generator.append(new int[] {0, last, 7}, Progress.NONE, new CancellationToken());
        generator.append(new int[] {last / 2}, Progress.NONE, new CancellationToken());
      }
      return 3;
    } catch (ImportException e) {
      return requireSentence(e, 0);
    } catch (ModelLoadException e) {
      return requireSentence(e, 1);
    } catch (EngineException e) {
      return requireSentence(e, 2);
    }
  }

  private static int requireSentence(Exception e, int end) {
    String message = String.valueOf(e.getMessage());
    if (message.isBlank() || message.equals("null")) {
      throw new AssertionError("no sentence", e);
    }
    return end;
  }

  /** Damage to the bytes for even seeds; for odd ones a sound file that says something else. */
  public static byte[] mutant(byte[] good, int seed) throws IOException {
    return seed % 2 == 0
        ? damaged(good, new Random(seed))
        : altered(ModelProto.parseFrom(good).toBuilder(), new Random(seed));
  }

  /** One to three changes of what the graph says. */
  private static byte[] altered(ModelProto.Builder model, Random random) {
    GraphProto.Builder graph = model.getGraphBuilder();
    for (int change = random.nextInt(3); change >= 0; change--) {
      NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
      NodeProto other = graph.getNode(random.nextInt(graph.getNodeCount()));
      TensorProto.Builder weight =
          graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> alterAttribute(node, random);
        case 3 -> {
          if (node.getInputCount() > 0 && other.getInputCount() > 0) {
            node.setInput(
                random.nextInt(node.getInputCount()),
                other.getInput(random.nextInt(other.getInputCount())));
          }
        }
        case 4 -> {
          if (node.getInputCount() > 0) {
            node.setInput(random.nextInt(node.getInputCount()), "");
          }
        }
        case 5 -> node.setOpType(other.getOpType()).setDomain(other.getDomain());
        case 6 -> {
          if (weight.getDimsCount() > 0) {
            weight.setDims(random.nextInt(weight.getDimsCount()), number(random));
          }
        }
        case 7 -> {
          if (weight.getDimsCount() > 1) { // as many numbers, in another shape
            long first = weight.getDims(0);
            weight.setDims(0, weight.getDims(1)).setDims(1, first);
          }
        }
        default -> {
          TensorProto like = graph.getInitializer(random.nextInt(graph.getInitializerCount()));
          String name = weight.getName();
          weight.clear().mergeFrom(like).setName(name); // the name of one, the numbers of another
        }
      }
    }
    return model.build().toByteArray();
  }

  private static void alterAttribute(NodeProto.Builder node, Random random) {
    if (node.getAttributeCount() == 0) {
      return;
    }
    AttributeProto.Builder attribute =
        node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
    switch (attribute.getType()) {
      case INT -> attribute.setI(number(random));
      case FLOAT -> attribute.setF(random.nextFloat() * number(random));
      case INTS -> attribute.addInts(number(random));
      case TENSOR -> {
        if (attribute.getT().getDimsCount() > 0) {
          attribute.getTBuilder().setDims(0, number(random));
        } else {
          attribute.getTBuilder().addDims(1);
        }
      }
      default -> node.removeAttribute(0);
    }
  }

  private static long number(Random random) {
    long[] numbers = {
      0, 1, -1, 2, 3, 5, 8, 16, 32, 33, 256, 512, 1 << 20, Integer.MAX_VALUE, Long.MIN_VALUE
    };
    return numbers[random.nextInt(numbers.length)];
  }

  /** One to four changes: bytes, bits, pieces cut out, doubled or exchanged, a cut end. */
  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(1 + random.nextInt(64), bytes.length - at);
      switch (random.nextInt(8)) {
        case 0, 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes[at] = (byte) new int[] {0, 1, 0x7f, 0x80, 0xff}[random.nextInt(5)];
        case 4 -> bytes = splice(bytes, at, length, 0);
        case 5 -> bytes = splice(bytes, at, length, 2);
        case 6 -> {
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> {
          if (random.nextInt(4) == 0) {
            bytes = java.util.Arrays.copyOf(bytes, Math.max(at, 1));
          } else {
            bytes[at]++;
          }
        }
      }
    }
    return bytes;
  }

  /** Puts {@code times} copies of a piece in its place. */
  private static byte[] splice(byte[] bytes, int at, int length, int times) {
    byte[] spliced = new byte[Math.max(1, bytes.length + (times - 1) * length)];
    System.arraycopy(bytes, 0, spliced, 0, at);
    int to = at;
    for (int i = 0; i < times; i++, to += length) {
      System.arraycopy(bytes, at, spliced, to, length);
    }
    int rest = Math.min(bytes.length - at - length, spliced.length - to);
    System.arraycopy(bytes, at + length, spliced, to, rest);
    return spliced;
  }
}
