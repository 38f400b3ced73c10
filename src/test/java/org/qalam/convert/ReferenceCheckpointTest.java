package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.convert.ImportOptions.Activations;
import org.qalam.convert.ImportOptions.Offsets;
import org.qalam.convert.ImportOptions.Weights;
import org.qalam.engine.GenerationParams;
import org.qalam.engine.GenerationResult;
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
        assertTrue(ReferenceCases.correlation(model, expected) >= 0.9999, file);
        ReferenceCases.assertGreedy(model, expected);
      }
    }
  }

  /** With weights and activations as floats a row's rounding is far below any choice of tokens. */
  @ParameterizedTest
  @ValueSource(floats = {0, 0.7f})
  void guessesOfHowAnAnswerGoesOnChangeNoToken(float temperature) throws Exception {
    try (LanguageModel model = load("llama-q4_0.gguf", Weights.FLOAT32, Activations.FLOAT32)) {
      for (JsonNode expected : cases("llama-q4_0.gguf")) {
        GenerationParams params = new GenerationParams(200, temperature, 1, 0, 1, 64, 11);
        GenerationResult plain = ReferenceCases.generate(model, expected, params, false);
        GenerationResult guessed = ReferenceCases.generate(model, expected, params, true);
        assertEquals(plain.ids(), guessed.ids());
        assertEquals(1, plain.stats().tokensPerStep(), 0.01);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-q4_1.gguf", "llama-q4_k_m.gguf"})
  void weightsWithBlockOffsetsStayCloseToTheReference(String file) throws Exception {
    try (LanguageModel model = load(file, Weights.AUTO, Activations.FLOAT32)) {
      for (JsonNode expected : cases(file)) {
        double correlation = ReferenceCases.correlation(model, expected);
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
        assertTrue(ReferenceCases.correlation(model, expected) >= 0.999999, file);
        ReferenceCases.assertGreedy(model, expected);
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
        double correlation = ReferenceCases.correlation(model, expected);
        assertTrue(correlation >= 0.999, file + ": " + correlation);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-q4_1.gguf", "llama-q4_k_m.gguf"})
  void blocksWithOffsetsStayCloseToTheReferenceInBytesToo(String file) throws Exception {
    ImportOptions options =
        new ImportOptions("tiny", Weights.AUTO, Activations.INT8).with(Offsets.BYTES);
    try (LanguageModel model = load(file, options)) {
      for (JsonNode expected : cases(file)) {
        double correlation = ReferenceCases.correlation(model, expected);
        assertTrue(correlation >= 0.999, file + ": " + correlation);
      }
    }
  }

  @Test
  void foldersInSixteenBitsAreKeptInEightWhereThatIsAskedFor() throws Exception {
    try (LanguageModel model = load("hf", Weights.INT8, Activations.INT8)) {
      for (JsonNode expected : cases("hf")) {
        double correlation = ReferenceCases.correlation(model, expected);
        assertTrue(correlation >= 0.999, "hf: " + correlation);
      }
    }
  }

  private LanguageModel load(String file, Weights weights, Activations activations)
      throws Exception {
    return load(file, new ImportOptions("tiny", weights, activations));
  }

  private LanguageModel load(String file, ImportOptions options) throws Exception {
    new CheckpointImporter(folder)
        .importModel(
            REFERENCE.resolve(file), options, ImportProgress.NONE, new CancellationToken());
    return new OnnxModelLoader()
        .load(folder.resolve("tiny"), 1, Progress.NONE, new CancellationToken());
  }

  private static Iterable<JsonNode> cases(String file) throws IOException {
    return ReferenceCases.of(REFERENCE.resolve("expected.json"), file);
  }
}
