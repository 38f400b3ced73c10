package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.app.EngineCalibrator;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.UnfinishedImport;
import org.qalam.convert.ImportOptions.Activations;
import org.qalam.convert.ImportOptions.Rounding;
import org.qalam.convert.ImportOptions.Weights;
import org.qalam.task.CancellationToken;

/** What an interrupted import left is gone on with, or not, and the model is the same. */
class ResumedImportTest {
  private static final Path REFERENCE = Path.of("src/test/resources/reference");
  private static final ImportOptions OPTIONS =
      new ImportOptions("tiny", Weights.AUTO, Activations.INT8, 32, Rounding.NEAREST);

  @TempDir Path folder;

  /** Cancels after so many tensors' reports, and notes what it is told. */
  private static final class Watch implements ImportProgress {
    private final CancellationToken cancellation = new CancellationToken();
    private final int last;
    private int reports;
    private int resumed;
    private int total;

    Watch(int last) {
      this.last = last;
    }

    @Override
    public void resumed(int done, int all) {
      resumed = done;
      total = all;
    }

    @Override
    public void report(long done, long all) {
      if (++reports == last) {
        cancellation.cancel();
      }
    }
  }

  private Path models() {
    return folder.resolve("models");
  }

  private Watch importing(Path source, ImportOptions options) throws ImportException {
    Watch watch = new Watch(Integer.MAX_VALUE);
    var _ =
        new CheckpointImporter(models()).importModel(source, options, watch, watch.cancellation);
    return watch;
  }

  private Watch cancelled(Path source, int tensors) {
    Watch watch = new Watch(tensors);
    assertThrows(
        CancellationException.class,
        () ->
            new CheckpointImporter(models())
                .importModel(source, OPTIONS, watch, watch.cancellation));
    assertEquals(List.of(), new ModelCatalog(models(), List.of()).list());
    return watch;
  }

  /** What an import gives that nothing interrupts: the bytes of every file. */
  private Map<String, Integer> whole(Path source) throws Exception {
    Path elsewhere = Files.createTempDirectory(folder, "whole");
    var _ =
        new CheckpointImporter(elsewhere)
            .importModel(source, OPTIONS, ImportProgress.NONE, new CancellationToken());
    return bytes(elsewhere.resolve("tiny"));
  }

  private static Map<String, Integer> bytes(Path model) throws IOException {
    Map<String, Integer> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.toList()) {
        bytes.put(String.valueOf(file.getFileName()), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return bytes;
  }

  private void assertWhole(Map<String, Integer> expected) throws Exception {
    assertEquals(expected, bytes(models().resolve("tiny")));
    try (Stream<Path> left = Files.list(models())) {
      assertEquals(List.of(models().resolve("tiny")), left.toList());
    }
    ModelCatalog.deleteTree(models());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-q4_k_m.gguf", // zero points, and matrices of one layer kept in different ways
        "llama-f16.gguf",
        "hf",
        "variants/qwen2", // biases
        "variants/sharded",
        "meta_spinquant",
        "meta_qlora" // adaptors
      })
  void cancelledAtAnyTensorItGoesOnThereAndGivesTheSameBytes(String file) throws Exception {
    Path source = REFERENCE.resolve(file);
    Map<String, Integer> expected = whole(source);
    int reports = importing(source, OPTIONS).reports;
    assertWhole(expected);
    assertTrue(reports > 7, reports + " reports");
    int before = 0;
    for (int tensors = 1; tensors < reports; tensors++) {
      Watch stopped = cancelled(source, tensors);
      assertEquals(0, stopped.resumed);
      Watch resumed = importing(source, OPTIONS);
      assertTrue(resumed.resumed > before, resumed.resumed + " after " + before);
      assertTrue(resumed.resumed < resumed.total, resumed.resumed + " of " + resumed.total);
      before = resumed.resumed;
      assertWhole(expected);
    }
  }

  @Test
  void stoppedAtEveryTensorInTurnItIsDoneInTheEnd() throws Exception {
    Path source = REFERENCE.resolve("hf");
    Map<String, Integer> expected = whole(source);
    int last = 0;
    for (int tensors = 1; tensors < 9; tensors++) {
      Watch stopped = cancelled(source, tensors);
      assertTrue(tensors == 1 || stopped.resumed > last, stopped.resumed + " after " + last);
      last = stopped.resumed;
    }
    assertTrue(importing(source, OPTIONS).resumed > last);
    assertWhole(expected);
  }

  @Test
  void everyTensorIsCountedThatIsNoVector() throws Exception {
    Path source = REFERENCE.resolve("hf");
    Watch watch = new Watch(Integer.MAX_VALUE);
    CacheCalibrator stops =
        (_, _, _) -> {
          throw new CancellationException("stopped at the last step");
        };
    assertThrows(
        CancellationException.class,
        () ->
            new CheckpointImporter(models(), stops)
                .importModel(source, OPTIONS, watch, watch.cancellation));
    Watch resumed = importing(source, OPTIONS);
    assertEquals(1 + 2 * 7, resumed.resumed);
    assertEquals(resumed.total, resumed.resumed);
    assertWhole(whole(source));
  }

  @Test
  void stoppedWhileItsCacheIsMeasuredOnlyThatIsDoneAgain() throws Exception {
    Path source = REFERENCE.resolve("hf");
    Path elsewhere = folder.resolve("elsewhere");
    var _ =
        new CheckpointImporter(elsewhere, new EngineCalibrator())
            .importModel(source, OPTIONS, ImportProgress.NONE, new CancellationToken());
    CancellationToken cancellation = new CancellationToken();
    CacheCalibrator late =
        (model, progress, token) -> {
          var _ = new EngineCalibrator().largest(model, progress, token);
          throw new ImportException("there is too little memory");
        };
    assertThrows(
        ImportException.class,
        () ->
            new CheckpointImporter(models(), late)
                .importModel(source, OPTIONS, ImportProgress.NONE, cancellation));
    Watch resumed = new Watch(Integer.MAX_VALUE);
    var _ =
        new CheckpointImporter(models(), new EngineCalibrator())
            .importModel(source, OPTIONS, resumed, resumed.cancellation);
    assertEquals(resumed.total, resumed.resumed);
    assertEquals(
        ModelFolder.manifest(elsewhere.resolve("tiny")),
        ModelFolder.manifest(models().resolve("tiny")));
    assertWhole(bytes(elsewhere.resolve("tiny")));
  }

  @Test
  void sourceWithOtherNumbersOfTheSameSizeAndTimeIsBegunAnew() throws Exception {
    Path source = folder.resolve("source");
    RandomCheckpoint.write(source, 1, 1);
    Path weights = source.resolve("model.safetensors");
    FileTime time = Files.getLastModifiedTime(weights);
    long size = Files.size(weights);
    cancelled(source, 3);
    ModelCatalog.deleteTree(source);
    RandomCheckpoint.write(source, 1, 2);
    Files.setLastModifiedTime(weights, time);
    assertEquals(size, Files.size(weights));
    assertEquals(0, importing(source, OPTIONS).resumed);
    assertWhole(whole(source));
  }

  @Test
  void sourceWrittenAnewIsBegunAnewEvenWhereNoSampleShowsIt() throws Exception {
    Path source = folder.resolve("source");
    RandomCheckpoint.write(source, 1, 1);
    Path weights = source.resolve("model.safetensors");
    cancelled(source, 3);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 3] ^= 1;
    Files.write(weights, bytes);
    Files.setLastModifiedTime(
        weights, FileTime.fromMillis(Files.getLastModifiedTime(weights).toMillis() + 1000));
    assertEquals(0, importing(source, OPTIONS).resumed);
    assertWhole(whole(source));
  }

  @Test
  void otherOptionsOrAnotherVersionBeginAnew() throws Exception {
    Path source = REFERENCE.resolve("hf");
    for (ImportOptions other :
        List.of(
            new ImportOptions("tiny", Weights.INT8, Activations.INT8, 32, Rounding.NEAREST),
            new ImportOptions("tiny", Weights.AUTO, Activations.FLOAT32, 32, Rounding.NEAREST),
            new ImportOptions("tiny", Weights.AUTO, Activations.INT8, 64, Rounding.NEAREST),
            new ImportOptions("tiny", Weights.AUTO, Activations.INT8, 32, Rounding.SCALE))) {
      cancelled(source, 4);
      assertEquals(0, importing(source, other).resumed, other.toString());
      ModelCatalog.deleteTree(models());
    }
    cancelled(source, 4);
    Watch newer = new Watch(Integer.MAX_VALUE);
    var _ =
        new CheckpointImporter(models(), new EngineCalibrator(), "9.9.9", false)
            .importModel(source, OPTIONS, newer, newer.cancellation);
    assertEquals(0, newer.resumed);
  }

  @Test
  void anotherSourceUnderTheSameNameClearsWhatIsLeft() throws Exception {
    cancelled(REFERENCE.resolve("hf"), 6);
    Path source = REFERENCE.resolve("llama-q8_0.gguf");
    assertEquals(0, importing(source, OPTIONS).resumed);
    assertWhole(whole(source));
  }

  @Test
  void sourceThatIsRefusedLeavesNothing() throws Exception {
    Path source = folder.resolve("source");
    RandomCheckpoint.write(source, 1, 1);
    Path config = source.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replace("\"num_hidden_layers\":1", "\"num_hidden_layers\":2"));
    assertTrue(!Files.readString(config).equals(text));
    assertThrows(ImportException.class, () -> importing(source, OPTIONS));
    try (Stream<Path> left = Files.list(models())) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void damagedWeightsAreMadeAgainFromTheFirstTensorThatIsNotSound() throws Exception {
    Path source = REFERENCE.resolve("hf");
    Map<String, Integer> expected = whole(source);
    cancelled(source, 8);
    List<Integer> kept = new ArrayList<>();
    Path data = models().resolve(".importing-tiny/model/model.onnx.data");
    byte[] sound = Files.readAllBytes(data);
    for (double place : new double[] {0.99, 0.5, 0}) {
      byte[] damaged = sound.clone();
      damaged[(int) (place * sound.length)] ^= 4;
      Files.write(data, damaged);
      Watch stopped = cancelled(source, 1 + kept.size()); // cuts the damaged rest off
      kept.add(stopped.resumed);
      Watch again = new Watch(8);
      assertThrows(
          CancellationException.class,
          () ->
              new CheckpointImporter(models())
                  .importModel(source, OPTIONS, again, again.cancellation));
      assertEquals(sound.length, Files.size(data));
    }
    assertTrue(kept.get(0) > kept.get(1) && kept.get(1) > kept.get(2), kept.toString());
    assertEquals(0, kept.get(2));
    assertTrue(importing(source, OPTIONS).resumed > 8);
    assertWhole(expected);
  }

  /** A crash, a bad disk or a meddler may leave anything: the model is right, or refused. */
  @Test
  void whateverTheJournalAndTheWeightsHoldTheModelIsTheSame() throws Exception {
    Path source = REFERENCE.resolve("hf");
    Map<String, Integer> expected = whole(source);
    Random random = new Random(5);
    int resumed = 0;
    for (int round = 0; round < 60; round++) {
      cancelled(source, 1 + random.nextInt(8));
      Path left = models().resolve(".importing-tiny");
      Path file =
          random.nextInt(3) == 0 ? left.resolve("model/model.onnx.data") : left.resolve("journal");
      byte[] bytes = Files.readAllBytes(file);
      int at = random.nextInt(bytes.length);
      switch (round % 4) {
        case 0 -> bytes = Arrays.copyOf(bytes, at); // cut short
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 100); // grown, never written
        default -> Arrays.fill(bytes, at, bytes.length, (byte) 0);
      }
      Files.write(file, bytes);
      resumed += importing(source, OPTIONS).resumed > 0 ? 1 : 0;
      assertWhole(expected);
    }
    assertTrue(resumed > 20, "only " + resumed + " could be gone on with");
  }

  @Test
  void lastRecordThatIsTornCostsOneTensorAndNoMore() throws Exception {
    Path source = REFERENCE.resolve("hf");
    Map<String, Integer> expected = whole(source);
    cancelled(source, 6);
    Path journal = models().resolve(".importing-tiny/journal");
    byte[] bytes = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(bytes, bytes.length - 5));
    int torn = importing(source, OPTIONS).resumed;
    assertWhole(expected);
    cancelled(source, 5);
    assertEquals(torn, importing(source, OPTIONS).resumed);
    assertWhole(expected);
  }

  @Test
  void whatIsLeftIsToldWithItsSizeAndCanBeRemoved() throws Exception {
    cancelled(REFERENCE.resolve("hf"), 6);
    ModelCatalog catalog = new ModelCatalog(models(), List.of());
    List<UnfinishedImport> left = catalog.unfinished().list();
    assertEquals(List.of("tiny"), left.stream().map(UnfinishedImport::id).toList());
    long data = Files.size(models().resolve(".importing-tiny/model/model.onnx.data"));
    assertTrue(left.getFirst().bytes() > data && left.getFirst().bytes() < data + 100_000);
    assertTrue(catalog.unfinished().remove("tiny"));
    try (Stream<Path> files = Files.list(models())) {
      assertEquals(0, files.count());
    }
  }
}
