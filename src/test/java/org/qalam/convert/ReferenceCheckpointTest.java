package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.convert.ImportOptions.Activations;
import org.qalam.convert.ImportOptions.Weights;
import org.qalam.engine.Generation;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationParams;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Small random checkpoints and the logits that they must give, computed with transformers on
 * exactly dequantised weights in float32.
 */
class ReferenceCheckpointTest {
  private static final Path REFERENCE = Path.of("src/test/resources/reference");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-f16.gguf",
        "llama-q4_0.gguf",
        "llama-q5_0.gguf",
        "llama-q5_k_m.gguf",
        "llama-q6_k.gguf",
        "llama-q8_0.gguf",
        "hf",
        "meta_bf16",
        "meta_spinquant",
        "meta_qlora"
      })
  void weightsThatTheGraphHoldsExactlyGiveTheReferencesLogitsAndTokens(String file)
      throws Exception {
    try (LanguageModel model = load(file, Weights.AUTO, Activations.FLOAT32)) {
      for (JsonNode expected : cases(file)) {
        assertTrue(correlation(model, expected) >= 0.9999, file);
        assertEquals(numbers(expected.get("greedy_12")), greedy(model, expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-q4_1.gguf", "llama-q4_k_m.gguf"})
  void weightsWithBlockOffsetsStayCloseToTheReference(String file) throws Exception {
    try (LanguageModel model = load(file, Weights.AUTO, Activations.FLOAT32)) {
      for (JsonNode expected : cases(file)) {
        double correlation = correlation(model, expected);
        assertTrue(correlation >= 0.9995, file + ": " + correlation);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama-q4_0.gguf", "llama-q4_1.gguf", "llama-q4_k_m.gguf", "llama-q8_0.gguf"})
  void exactWeightsAreReadExactlyFromEveryFormat(String file) throws Exception {
    try (LanguageModel model = load(file, Weights.FLOAT32, Activations.FLOAT32)) {
      for (JsonNode expected : cases(file)) {
        assertTrue(correlation(model, expected) >= 0.999999, file);
        assertEquals(numbers(expected.get("greedy_12")), greedy(model, expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-f16.gguf",
        "llama-q4_0.gguf",
        "llama-q4_1.gguf",
        "llama-q4_k_m.gguf",
        "llama-q5_0.gguf",
        "llama-q5_k_m.gguf",
        "llama-q6_k.gguf",
        "llama-q8_0.gguf",
        "meta_spinquant",
        "meta_qlora"
      })
  void int8ActivationsStayCloseToTheReference(String file) throws Exception {
    try (LanguageModel model = load(file, Weights.AUTO, Activations.INT8)) {
      for (JsonNode expected : cases(file)) {
        double correlation = correlation(model, expected);
        assertTrue(correlation >= 0.999, file + ": " + correlation);
      }
    }
  }

  @Test
  void foldersInSixteenBitsAreKeptInEightWhereThatIsAskedFor() throws Exception {
    try (LanguageModel model = load("hf", Weights.INT8, Activations.INT8)) {
      for (JsonNode expected : cases("hf")) {
        double correlation = correlation(model, expected);
        assertTrue(correlation >= 0.999, "hf: " + correlation);
      }
    }
  }

  private LanguageModel load(String file, Weights weights, Activations activations)
      throws Exception {
    new CheckpointImporter(folder)
        .importModel(
            REFERENCE.resolve(file),
            new ImportOptions("tiny", weights, activations),
            Progress.NONE,
            new CancellationToken());
    return new OnnxModelLoader()
        .load(folder.resolve("tiny"), 1, Progress.NONE, new CancellationToken());
  }

  private static JsonNode cases(String file) throws IOException {
    return new ObjectMapper()
        .readTree(REFERENCE.resolve("expected.json").toFile())
        .get("cases")
        .get(file);
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> list = new ArrayList<>();
    array.forEach(number -> list.add(number.intValue()));
    return list;
  }

  private static int[] ids(JsonNode expected) {
    return numbers(expected.get("input_ids")).stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Integer> greedy(LanguageModel model, JsonNode expected) {
    try (Generation generation = new Generation(model, _ -> false)) {
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

  /** Pearson's correlation of the model's logits with the reference's. */
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
