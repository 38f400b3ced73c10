package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qalam.catalog.GraphSignature;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.Generation;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationParams;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.tokenizer.ChatMessage;

/**
 * One small checkpoint exported by optimum and by ONNX Runtime GenAI's model builder, against the
 * logits that transformers gives for it, and where an export rounds its weights, against those that
 * ONNX Runtime's Python gives for the same file.
 */
class ExportedModelTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"hub, onnx/model.onnx, false", "genai-fp32, '', true"})
  void exactExportsGiveTheCheckpointsLogitsAndTokens(String name, String graph, boolean inPlace)
      throws Exception {
    ModelManifest manifest =
        ExportedModels.importing(
            ExportedModels.unpack(name, folder).resolve(graph), folder.resolve("models"));
    assertEquals(GraphSignature.Kind.EXPORTED, manifest.graph().kind());
    assertEquals(inPlace, manifest.graph().cacheInPlace());
    try (LanguageModel model = ExportedModels.load(folder.resolve("models"))) {
      for (JsonNode expected : ExportedModels.checkpoint()) {
        double correlation = correlation(model, expected);
        assertTrue(correlation >= 0.9999, name + ": " + correlation);
        assertEquals(
            ExportedModels.numbers(expected.get("greedy_12")), greedy(model, expected), name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hub-q4, onnx/model_q4.onnx, false, 0.999",
    "genai-int4, '', true, 0.999",
    "genai-fp16, '', true, 0.9999"
  })
  void roundedExportsGiveTheLogitsOfTheirOwnFile(
      String name, String graph, boolean inPlace, double closeness) throws Exception {
    ModelManifest manifest =
        ExportedModels.importing(
            ExportedModels.unpack(name, folder).resolve(graph), folder.resolve("models"));
    assertEquals(inPlace, manifest.graph().cacheInPlace());
    try (LanguageModel model = ExportedModels.load(folder.resolve("models"))) {
      for (JsonNode expected : ExportedModels.recorded(name)) {
        double correlation = correlation(model, expected);
        assertTrue(correlation >= closeness, name + ": " + correlation);
      }
    }
  }

  @Test
  void factsOfTheFolderReachTheManifest() throws Exception {
    Path hub = ExportedModels.unpack("hub", folder);
    ModelManifest manifest = ExportedModels.importing(hub, folder.resolve("models"));
    assertEquals("llama", manifest.architecture());
    assertEquals(2, manifest.layers());
    assertEquals(2, manifest.keyValueHeads());
    assertEquals(32, manifest.headSize());
    assertEquals(512, manifest.vocabularySize());
    assertEquals(1024, manifest.contextLength());
    assertEquals("<|begin_of_text|>", manifest.bosToken());
    assertEquals("<|eot_id|>", manifest.eosToken());
    assertTrue(manifest.stopTokens().containsAll(List.of(496, 500)), manifest.toString());
    try (LanguageModel model = ExportedModels.load(folder.resolve("models"))) {
      assertEquals(
          "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
              + "<|start_header_id|>assistant<|end_header_id|>\n\n",
          model.promptEncoder().render(List.of(ChatMessage.user("Hi"))));
    }
  }

  private static int[] ids(JsonNode expected) {
    return ExportedModels.numbers(expected.get("input_ids")).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static List<Integer> greedy(LanguageModel model, JsonNode expected) {
    try (Generation generation = new Generation(model, _ -> false, false)) {
      return generation
          .generate(
              ids(expected),
              List.of(),
              GenerationParams.greedy(12),
              GenerationListener.NONE,
              new CancellationToken())
          .ids();
    }
  }

  /** Pearson's correlation of the model's logits with the expected ones. */
  private static double correlation(LanguageModel model, JsonNode expected) {
    try (Generator generator = model.newGenerator()) {
      float[] logits = generator.append(ids(expected), Progress.NONE, new CancellationToken());
      JsonNode reference = expected.get("logits_last");
      int n = reference.size();
      double sumX = 0;
      double sumY = 0;
      double sumXx = 0;
      double sumYy = 0;
      double sumXy = 0;
      for (int i = 0; i < n; i++) {
        double x = reference.get(i).doubleValue();
        double y = logits[i];
        sumX += x;
        sumY += y;
        sumXx += x * x;
        sumYy += y * y;
        sumXy += x * y;
      }
      return (n * sumXy - sumX * sumY)
          / Math.sqrt((n * sumXx - sumX * sumX) * (n * sumYy - sumY * sumY));
    }
  }
}
