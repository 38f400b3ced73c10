package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.convert.ImportOptions.Activations;
import org.qalam.convert.ImportOptions.Weights;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Models that differ from Llama 3.2 and yet are of its family, against transformers (made by {@code
 * reference/variants/make.py}); and folders that are refused.
 */
class HuggingFaceCheckpointTest {
  private static final Path VARIANTS = Path.of("src/test/resources/reference/variants");

  @TempDir Path folder;
  private Path source = Path.of("");

  @BeforeEach
  void copyAModel() throws IOException {
    source = folder.resolve("source");
    copy("sharded");
  }

  private void copy(String variant) throws IOException {
    Files.createDirectories(source);
    try (Stream<Path> files = Files.list(VARIANTS.resolve(variant))) {
      for (Path file : files.toList()) {
        Files.copy(file, source.resolve(file.getFileName()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qwen2", // biases of queries, keys and values; a head of its own
        "mistral", // a sliding window, heads wider than their share
        "biased", // biases everywhere, linearly scaled positions
        "sharded" // three files, no groups of heads
      })
  void variantsGiveTheLogitsAndTokensOfTransformers(String variant) throws Exception {
    importing(VARIANTS.resolve(variant), Weights.AUTO);
    try (LanguageModel model =
        new OnnxModelLoader()
            .load(folder.resolve("models/tiny"), 1, Progress.NONE, new CancellationToken())) {
      for (JsonNode expected : ReferenceCases.of(VARIANTS.resolve("expected.json"), variant)) {
        double correlation = ReferenceCases.correlation(model, expected);
        assertTrue(correlation >= 0.99999, variant + ": " + correlation);
        ReferenceCases.assertGreedy(model, expected);
      }
    }
  }

  @Test
  void aFileOfTheFolderStandsForIt() throws Exception {
    importing(source.resolve("model.safetensors.index.json"), Weights.AUTO);
    assertTrue(Files.exists(folder.resolve("models/tiny/model.onnx")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\": \"llama\" | \"model_type\": \"gemma2\" | the kind 'gemma2'",
        "\"hidden_act\": \"silu\" | \"hidden_act\": \"gelu\" | its activation 'gelu'",
        "\"rope_type\": \"default\" | \"rope_type\": \"yarn\" | its rotary scaling 'yarn'",
        "\"hidden_size\": 64 | \"hidden_size\": -64 | a positive number 'hidden_size' but has -64",
        "\"hidden_size\": 64 | \"hidden_size\": 96 | should be",
        "\"num_key_value_heads\": 4 | \"num_key_value_heads\": 3 | cannot share",
        "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 1 | no Llama model has",
        "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 3 | is missing",
        "\"model_type\" | \"quantization_config\": {\"quant_method\": \"awq\"}, \"model_type\""
            + " | quantised by 'awq'",
        "{ | [ | config.json: this is no JSON"
      })
  void configurationsThatQalamCannotRunAreNamed(String from, String to, String told)
      throws IOException {
    Path config = source.resolve("config.json");
    String text = Files.readString(config);
    assertTrue(text.contains(from), text);
    int at = text.indexOf(from);
    Files.writeString(config, text.substring(0, at) + to + text.substring(at + from.length()));
    String sentence = refusal();
    assertTrue(sentence.matches("(source|config.json): .*") && sentence.contains(told), sentence);
  }

  @Test
  void namesOfShardsStayInTheFolder() throws IOException {
    Path index = source.resolve("model.safetensors.index.json");
    Files.writeString(
        index, Files.readString(index).replace("model-00002-of", "../model-00002-of"));
    assertTrue(refusal().contains("which is no plain file name"), refusal());
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(source.resolve("model-00002-of-00003.safetensors"));
    assertEquals("source: the file model-00002-of-00003.safetensors is missing", refusal());
    Files.delete(source.resolve("model.safetensors.index.json"));
    assertTrue(refusal().contains("there is no model in this folder"), refusal());
  }

  @Test
  void tokenizerMustBeThere() throws IOException {
    Files.delete(source.resolve("tokenizer.json"));
    assertEquals("source: tokenizer.json is missing beside the weights", refusal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'F16' | 'I64' | of type 'I64'",
        "'F16' | 'F32' | the file is damaged",
        "'model.norm.weight' | 'model.nrom.weight' | model.nrom.weight, which no Llama model has",
      })
  void tensorsThatQalamCannotReadAreNamed(String from, String to, String told) throws IOException {
    Path shard = source.resolve("model-00003-of-00003.safetensors");
    String bytes = Files.readString(shard, StandardCharsets.ISO_8859_1);
    String wrong = bytes.replace(from.replace('\'', '"'), to.replace('\'', '"'));
    assertTrue(!wrong.equals(bytes), "there is " + from);
    Files.writeString(shard, wrong, StandardCharsets.ISO_8859_1);
    assertTrue(refusal().contains(told), refusal());
  }

  @Test
  void cutFilesAreNamed() throws IOException {
    Path shard = source.resolve("model-00003-of-00003.safetensors");
    byte[] bytes = Files.readAllBytes(shard);
    for (int length : new int[] {0, 7, 100, bytes.length - 1}) {
      Files.write(shard, Arrays.copyOf(bytes, length));
      String sentence = refusal();
      assertTrue(sentence.startsWith("model-00003-of-00003.safetensors: "), sentence);
    }
  }

  /** More with {@code -Dqalam.mutants=3000}. */
  @Test
  void mutatedFoldersEndInASentenceOrInAModelThatRuns() throws Exception {
    Random random = new Random(7);
    List<String> files =
        List.of(
            "config.json",
            "model.safetensors.index.json",
            "model-00001-of-00003.safetensors",
            "model-00003-of-00003.safetensors");
    int refused = 0;
    int mutants = Integer.getInteger("qalam.mutants", 200);
    for (int mutant = 0; mutant < mutants; mutant++) {
      Path file = source.resolve(files.get(random.nextInt(files.size())));
      byte[] sound = Files.readAllBytes(file);
      Files.write(file, mutate(sound, random));
      try {
        importing(source, Weights.AUTO);
        new OnnxModelLoader()
            .load(folder.resolve("models/tiny"), 1, Progress.NONE, new CancellationToken())
            .close();
      } catch (ImportException | ModelLoadException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).length() > 20, e.getMessage());
      }
      Files.write(file, sound);
    }
    assertTrue(refused > mutants / 4 && refused < mutants, refused + " refused");
  }

  /** Changes a few bytes near the start, where the facts are; digits and lengths above all. */
  private static byte[] mutate(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    int facts = Math.min(bytes.length, 1500);
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(4) == 0 ? random.nextInt(8) : random.nextInt(facts);
      while (random.nextBoolean() && !Character.isDigit(bytes[at]) && at + 1 < facts) {
        at++;
      }
      bytes[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) ('0' + random.nextInt(10));
            case 1 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
            case 2 -> '-';
            default -> (byte) random.nextInt(256);
          };
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(ImportException.class, () -> importing(source, Weights.AUTO)).getMessage());
  }

  private void importing(Path from, Weights weights) throws ImportException {
    var _ =
        new CheckpointImporter(folder.resolve("models"))
            .importModel(
                from,
                new ImportOptions("tiny", weights, Activations.FLOAT32),
                ImportProgress.NONE,
                new CancellationToken());
  }
}
