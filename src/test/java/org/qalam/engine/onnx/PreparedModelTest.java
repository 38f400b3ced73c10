package org.qalam.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.app.EngineCalibrator;
import org.qalam.convert.CheckpointImporter;
import org.qalam.convert.ImportOptions;
import org.qalam.convert.ImportProgress;
import org.qalam.engine.CacheType;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

class PreparedModelTest {
  private static final int[] TEXT = {5, 77, 130, 402, 9, 31};

  @TempDir Path models;
  private Path folder = Path.of("");

  @BeforeEach
  void importsModel() throws Exception {
    new CheckpointImporter(models, new EngineCalibrator())
        .importModel(
            Path.of("src/test/resources/reference/hf"),
            new ImportOptions("tiny", ImportOptions.Weights.AUTO, ImportOptions.Activations.INT8),
            ImportProgress.NONE,
            new CancellationToken());
    folder = models.resolve("tiny");
  }

  /** The unprepared weights are zeros then: what is right can only come from the prepared ones. */
  @ParameterizedTest
  @EnumSource(
      value = CacheType.class,
      names = {"FLOAT32", "INT8"})
  void preparedWeightsGiveTheSameLogitsToTheBit(CacheType cache) throws Exception {
    float[] expected = logits(cache);
    prepare(cache);
    assertTrue(new OnnxModelPreparer().preparedBytes(folder) > Files.size(weights()));
    overwrite(weights(), 0, (int) Files.size(weights()));
    assertArrayEquals(expected, logits(cache));
  }

  @Test
  void preparationForOneCacheIsNotUsedForTheOther() throws Exception {
    float[] expected = logits(CacheType.INT8);
    prepare(CacheType.FLOAT32);
    assertArrayEquals(expected, logits(CacheType.INT8));
  }

  /** Whatever was changed, the model is loaded as if it had never been prepared. */
  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "model.onnx.data", "prepared.json"})
  void damagedPreparationIsDroppedAndTheModelStillRight(String name) throws Exception {
    float[] expected = logits(CacheType.FLOAT32);
    prepare(CacheType.FLOAT32);
    Path file = folder.resolve("prepared").resolve(name);
    overwrite(file, Files.size(file) / 2, 8);
    assertArrayEquals(expected, logits(CacheType.FLOAT32));
    if (!name.equals("prepared.json")) {
      assertFalse(Files.exists(folder.resolve("prepared")));
    }
  }

  @Test
  void preparationOfAnotherMachineOrModelIsNotUsed() throws Exception {
    float[] expected = logits(CacheType.FLOAT32);
    prepare(CacheType.FLOAT32);
    Path description = folder.resolve("prepared/prepared.json");
    String whole = Files.readString(description);
    for (String key : new String[] {"machine", "runtime", "manifest"}) {
      Files.writeString(
          description, whole.replaceFirst("\"" + key + "\":\"", "\"" + key + "\":\"other "));
      // Were the prepared files taken, they would be found damaged and removed.
      overwrite(folder.resolve("prepared/model.onnx.data"), 0, 8);
      assertArrayEquals(expected, logits(CacheType.FLOAT32), key);
      assertTrue(Files.exists(description), key);
    }
  }

  @Test
  void discardedPreparationLeavesTheModelAsItWas() throws Exception {
    float[] expected = logits(CacheType.FLOAT32);
    prepare(CacheType.FLOAT32);
    new OnnxModelPreparer().discard(folder);
    assertEquals(0, new OnnxModelPreparer().preparedBytes(folder));
    assertArrayEquals(expected, logits(CacheType.FLOAT32));
    overwrite(weights(), 0, 8);
    assertThrows(ModelLoadException.class, () -> logits(CacheType.FLOAT32));
  }

  @Test
  void cancelledOrFailedPreparationLeavesNothing() throws Exception {
    CancellationToken cancelled = new CancellationToken();
    cancelled.cancel();
    assertThrows(
        CancellationException.class,
        () -> new OnnxModelPreparer().prepare(folder, 2, Progress.NONE, cancelled));
    overwrite(weights(), 0, 8);
    assertThrows(ModelLoadException.class, () -> prepare(CacheType.FLOAT32));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.filter(Files::isDirectory).count());
    }
  }

  @Test
  void theMachinesInstructionsAreRead() throws Exception {
    Path cpuinfo = models.resolve("cpuinfo");
    Files.writeString(
        cpuinfo,
        "processor\t: 0\nFeatures\t: fp asimd asimddp\n\nprocessor\t: 1\nFeatures\t: fp\n");
    assertEquals("Features\t: fp asimd asimddp", Machine.instructions(cpuinfo).orElseThrow());
    assertTrue(Machine.instructions(models.resolve("none")).isEmpty());
  }

  private Path weights() {
    return folder.resolve("model.onnx.data");
  }

  private void prepare(CacheType cache) throws Exception {
    new OnnxModelPreparer(cache).prepare(folder, 2, Progress.NONE, new CancellationToken());
  }

  private float[] logits(CacheType cache) throws Exception {
    try (LanguageModel model =
            new OnnxModelLoader(cache).load(folder, 2, Progress.NONE, new CancellationToken());
        Generator generator = model.newGenerator()) {
      return generator.append(TEXT, Progress.NONE, new CancellationToken()).clone();
    }
  }

  private static void overwrite(Path file, long from, int count) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(from);
      out.write(new byte[count]);
    }
  }
}
