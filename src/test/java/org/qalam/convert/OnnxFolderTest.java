package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;

class OnnxFolderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "onnx", "onnx/model_q4.onnx"})
  void folderItsInnerFolderAndItsGraphAreTheSameModel(String inside) throws Exception {
    Path hub = ExportedModels.unpack("hub-q4", folder);
    ModelManifest manifest =
        new CheckpointImporter(models())
            .importModel(
                hub.resolve(inside),
                ImportOptions.DEFAULT,
                ImportProgress.NONE,
                new CancellationToken());
    assertEquals("hub-q4", manifest.id());
    assertEquals("model_q4.onnx", manifest.source());
    assertEquals("int4 block 32, as exported", manifest.quantization());
    assertEquals(
        List.of("model.onnx", "model_q4.onnx_data", "tokenizer.json"),
        manifest.files().stream().map(ModelManifest.FileEntry::name).sorted().toList());
  }

  @Test
  void ofSeveralPrecisionsTheFastOneIsTakenAndTheNamedOneWhereOneIsNamed() throws Exception {
    Path hub = both();
    assertEquals("model_q4.onnx", ExportedModels.importing(hub, models()).source());
    assertEquals(
        "model.onnx", ExportedModels.importing(hub.resolve("onnx/model.onnx"), models()).source());
    // Half a download of one does not spoil the other.
    Files.delete(hub.resolve("onnx/model_q4.onnx_data"));
    assertEquals("model.onnx", ExportedModels.importing(hub, models()).source());
  }

  @Test
  void precisionsThatDoNotFitTheMemoryGiveWay() {
    List<Precision.Choice<String>> choices =
        List.of(
            new Precision.Choice<>("float16", Precision.FLOAT16, 2_500),
            new Precision.Choice<>("float32", Precision.FLOAT32, 5_000),
            new Precision.Choice<>("int8", Precision.INT8, 1_300),
            new Precision.Choice<>("int4", Precision.BLOCKS, 1_700),
            new Precision.Choice<>("int4 half", Precision.BLOCKS_HALF, 900));
    assertEquals("int4", Precision.choose(choices, 100_000));
    assertEquals("int8", Precision.choose(choices, 2_000));
    assertEquals("int4 half", Precision.choose(choices, 1_400));
    assertEquals("int4 half", Precision.choose(choices, 10));
  }

  @Test
  void linkedWeightsAreRefused() throws Exception {
    Path hub = ExportedModels.unpack("hub-q4", folder);
    Path data = hub.resolve("onnx/model_q4.onnx_data");
    Files.move(data, folder.resolve("elsewhere"));
    Files.createSymbolicLink(data, folder.resolve("elsewhere"));
    assertTrue(refusal(hub).contains("model_q4.onnx_data: this is a link"), refusal(hub));
  }

  @Test
  void weightsThatAreCutShortAreRefusedWithTheSizes() throws Exception {
    Path hub = ExportedModels.unpack("hub-q4", folder);
    Path data = hub.resolve("onnx/model_q4.onnx_data");
    long size = Files.size(data);
    try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
      file.setLength(size - 1);
    }
    assertEquals(
        "model_q4.onnx_data: it is cut short ("
            + (size - 1)
            + " bytes of the "
            + size
            + " that model_q4.onnx needs); download it again",
        refusal(hub));
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json", "onnx/model_q4.onnx_data"})
  void missingFileIsNamed(String file) throws Exception {
    Path hub = ExportedModels.unpack("hub-q4", folder);
    Files.delete(hub.resolve(file));
    assertTrue(refusal(hub).contains(file), refusal(hub));
  }

  @Test
  void modelsOfOtherKindsAreRefusedByName() throws Exception {
    Path hub = ExportedModels.unpack("hub-q4", folder);
    Path config = hub.resolve("config.json");
    String good = Files.readString(config);
    Files.writeString(config, good.replaceFirst("\\{", "{\"is_encoder_decoder\": true,"));
    assertTrue(refusal(hub).contains("encoder with a decoder"));
    Files.writeString(config, good.replaceFirst("\\{", "{\"vision_config\": {\"a\": 1},"));
    assertTrue(refusal(hub).contains("vision_config"));
    Files.writeString(
        config, good.replace("\"factor\"", "\"mrope_section\": [8, 12, 12], \"factor\""));
    assertTrue(refusal(hub).contains("mrope"));
    Files.writeString(config, "[".repeat(100_000));
    assertTrue(refusal(hub).contains("config.json: this is no JSON"));
  }

  @Test
  void genAiModelsOfSeveralGraphsAreRefusedByName() throws Exception {
    Path genai = ExportedModels.unpack("genai-mha", folder);
    Path config = genai.resolve("genai_config.json");
    String good = Files.readString(config);
    Files.writeString(config, good.replaceFirst("\"decoder\": \\{", "\"vision\": {}, $0"));
    assertTrue(refusal(genai).contains("'vision' beside 'decoder'"), refusal(genai));
    Files.writeString(config, good.replaceFirst("\"decoder\": \\{", "$0 \"pipeline\": [],"));
    assertTrue(refusal(genai).contains("pipeline"), refusal(genai));
    Files.writeString(config, good.replace("\"model.onnx\"", "\"../model.onnx\""));
    assertTrue(refusal(genai).contains("'../model.onnx' is not the plain name"), refusal(genai));
    Files.writeString(config, good.replace("past_key_values.%d.key", "past.%d.key"));
    assertTrue(refusal(genai).contains("exported without a cache"), refusal(genai));
    Files.writeString(config, good.replace("past_key_values.%d.key", "past.%s.%d"));
    assertTrue(refusal(genai).contains("should hold one %d"), refusal(genai));
  }

  @Test
  void endTokenMayBeOneOrSeveral() throws Exception {
    Path genai = ExportedModels.unpack("genai-mha", folder);
    Path config = genai.resolve("genai_config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("\"eos_token_id\": \\[[^\\]]*\\]", "\"eos_token_id\": 7"));
    assertTrue(ExportedModels.importing(genai, models()).stopTokens().contains(7));
  }

  @Test
  void chatTemplateIsFoundWhereverItStands() throws Exception {
    Path genai = ExportedModels.unpack("genai-mha", folder);
    Path config = genai.resolve("tokenizer_config.json");
    String own = Files.readString(genai.resolve("chat_template.jinja"));
    assertEquals(own, ExportedModels.importing(genai, models()).chatTemplate());
    Files.delete(genai.resolve("chat_template.jinja"));
    Files.writeString(config, "{\"chat_template\": \"one\"}");
    assertEquals("one", ExportedModels.importing(genai, models()).chatTemplate());
    Files.writeString(
        config,
        """
        {"chat_template": [{"name": "tool_use", "template": "tools"},
                           {"name": "default", "template": "plain"}]}
        """);
    assertEquals("plain", ExportedModels.importing(genai, models()).chatTemplate());
    Files.writeString(config, "{}");
    assertEquals("", ExportedModels.importing(genai, models()).chatTemplate());
  }

  @Test
  void graphAloneIsNotEnough() throws Exception {
    Path hub = ExportedModels.unpack("hub-q4", folder);
    Path alone = folder.resolve("alone.onnx");
    Files.copy(hub.resolve("onnx/model_q4.onnx"), alone);
    assertTrue(refusal(alone).contains("an ONNX file alone is not enough"), refusal(alone));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertTrue(
        refusal(empty).contains("there is no model in this folder that Qalam reads (ONNX files"),
        refusal(empty));
  }

  @Test
  void cancelledImportLeavesNothing() throws Exception {
    Path hub = ExportedModels.unpack("hub-q4", folder);
    CancellationToken cancellation = new CancellationToken();
    assertThrows(
        CancellationException.class,
        () ->
            new CheckpointImporter(models())
                .importModel(
                    hub,
                    ImportOptions.DEFAULT,
                    (done, total) -> cancellation.cancel(),
                    cancellation));
    assertFalse(Files.exists(models().resolve("hub-q4")));
    assertFalse(Files.exists(models().resolve(".importing-hub-q4")));
  }

  @Test
  void mutantsEndInASentenceOrInAModelThatRuns() throws Exception {
    OnnxMutants.Ends ends = OnnxMutants.run("genai-mha", folder, 20_000, 200, false);
    assertTrue(ends.refusedByTheImporter() > 60, ends.toString());
    assertTrue(ends.ran() > 5, ends.toString());
  }

  /** One folder with two precisions. */
  private Path both() throws Exception {
    Path hub = ExportedModels.unpack("hub", folder);
    Path q4 = ExportedModels.unpack("hub-q4", folder);
    for (String file : List.of("onnx/model_q4.onnx", "onnx/model_q4.onnx_data")) {
      Files.copy(q4.resolve(file), hub.resolve(file));
    }
    return hub;
  }

  private Path models() {
    return folder.resolve("models");
  }

  private String refusal(Path source) {
    return String.valueOf(
        assertThrows(ImportException.class, () -> ExportedModels.importing(source, models()))
            .getMessage());
  }
}
