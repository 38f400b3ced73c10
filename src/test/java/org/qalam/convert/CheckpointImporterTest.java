package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.app.EngineCalibrator;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

class CheckpointImporterTest {
  private static final Path GOOD = Path.of("src/test/resources/reference/llama-q4_0.gguf");

  @TempDir Path folder;

  @Test
  void importedModelIsListedWithItsFactsAndVerifies() throws Exception {
    ModelManifest manifest = importing(GOOD, ImportProgress.NONE, new CancellationToken());
    ModelCatalog catalog = new ModelCatalog(models(), List.of());
    InstalledModel model = catalog.require("llama-q4_0");
    assertEquals(manifest, model.manifest());
    assertEquals("llama", manifest.architecture());
    assertTrue(manifest.contextLength() > 0);
    assertEquals(manifest, catalog.verify(model, Progress.NONE, new CancellationToken()));
  }

  @Test
  void fileThatIsCutShortIsNamedWithTheTensorAndTheSizes() throws Exception {
    byte[] bytes = Files.readAllBytes(GOOD);
    Path cut = folder.resolve("cut.gguf");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    String sentence = refusal(cut);
    assertTrue(
        sentence.matches("cut\\.gguf: tensor \\S+ is cut short .*download it again"), sentence);
  }

  @Test
  void headerThatIsCutShortIsSaid() throws Exception {
    Path cut = folder.resolve("cut.gguf");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(GOOD), 3000));
    assertTrue(refusal(cut).contains("cut short"), refusal(cut));
  }

  @Test
  void renamedTextFileIsNoGguf() throws Exception {
    Path text = folder.resolve("notes.gguf");
    Files.writeString(text, "Dear landlord, the heating is broken again.");
    assertEquals(
        "notes.gguf: this is not a GGUF file (it does not begin with 'GGUF')", refusal(text));
  }

  @Test
  void emptyFileIsNoGguf() throws Exception {
    Path empty = folder.resolve("empty.gguf");
    Files.createFile(empty);
    assertTrue(refusal(empty).contains("not a GGUF file"), refusal(empty));
  }

  @Test
  void otherArchitectureIsNamed() throws Exception {
    byte[] bytes = Files.readAllBytes(GOOD);
    byte[] key = "general.architecture".getBytes(StandardCharsets.UTF_8);
    int at = indexOf(bytes, key) + key.length + 4 + 8;
    System.arraycopy("mamba".getBytes(StandardCharsets.UTF_8), 0, bytes, at, 5);
    Path other = folder.resolve("other.gguf");
    Files.write(other, bytes);
    assertEquals(
        "other.gguf: this is a model of the kind 'mamba'; Qalam runs models of the Llama family"
            + " ('llama', 'qwen2')",
        refusal(other));
  }

  @Test
  void missingFileIsSaid() {
    assertTrue(refusal(folder.resolve("nowhere.gguf")).endsWith("there is no such file"));
  }

  @Test
  void importCancelledBeforeItsFirstTensorLeavesNothing() throws Exception {
    CancellationToken cancellation = new CancellationToken();
    cancellation.cancel();
    assertThrows(
        CancellationException.class, () -> importing(GOOD, ImportProgress.NONE, cancellation));
    assertEquals(List.of(), children(models()));
  }

  @Test
  void cancelledImportIsNoModel() throws Exception {
    CancellationToken cancellation = new CancellationToken();
    assertThrows(
        CancellationException.class,
        () -> importing(GOOD, (done, total) -> cancellation.cancel(), cancellation));
    assertEquals(List.of(), new ModelCatalog(models(), List.of()).list());
    assertEquals(List.of(".importing-llama-q4_0"), children(models()));
  }

  @Test
  void whatAnInterruptedImportLeftIsRemovedByTheNext() throws Exception {
    Path left = models().resolve(".importing-half");
    Files.createDirectories(left);
    Files.writeString(left.resolve("model.onnx.data"), "half");
    importing(GOOD, ImportProgress.NONE, new CancellationToken());
    assertEquals(List.of("llama-q4_0"), children(models()));
  }

  @Test
  void secondImportReplacesTheFirstAndAFailedOneDoesNot() throws Exception {
    importing(GOOD, ImportProgress.NONE, new CancellationToken());
    Path marker = models().resolve("llama-q4_0/marker");
    Files.createFile(marker);
    Path bad = folder.resolve("llama-q4_0.gguf");
    Files.writeString(bad, "not a model");
    refusal(bad);
    assertTrue(Files.exists(marker));
    importing(GOOD, ImportProgress.NONE, new CancellationToken());
    assertFalse(Files.exists(marker));
  }

  @Test
  void changedFileIsFoundByVerifying() throws Exception {
    importing(GOOD, ImportProgress.NONE, new CancellationToken());
    ModelCatalog catalog = new ModelCatalog(models(), List.of());
    Path data = models().resolve("llama-q4_0/model.onnx.data");
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 2] ^= 1;
    Files.write(data, bytes);
    CatalogException e =
        assertThrows(
            CatalogException.class,
            () ->
                catalog.verify(
                    catalog.require("llama-q4_0"), Progress.NONE, new CancellationToken()));
    assertEquals(CatalogException.Reason.CHANGED, e.reason());
    assertTrue(String.valueOf(e.getMessage()).contains("model.onnx.data"));
  }

  @Test
  void mutatedFilesEndInASentenceOrInAModel() throws Exception {
    byte[] good = Files.readAllBytes(GOOD);
    Random random = new Random(7);
    Path file = folder.resolve("mutant.gguf");
    int refused = 0;
    for (int round = 0; round < 150; round++) {
      byte[] mutant = good.clone();
      // The header is what is parsed: most of the changes go there.
      int reach = round % 3 == 0 ? mutant.length : 30_000;
      for (int change = 0; change <= round % 4; change++) {
        mutant[random.nextInt(reach)] = (byte) random.nextInt(256);
      }
      Files.write(file, mutant);
      try {
        importing(file, ImportProgress.NONE, new CancellationToken());
      } catch (ImportException e) {
        refused++;
        assertFalse(String.valueOf(e.getMessage()).isBlank());
      }
    }
    assertTrue(refused > 10, "only " + refused + " mutants were refused");
    assertTrue(children(models()).stream().noneMatch(name -> name.startsWith(".")));
  }

  @Test
  void nameForPeopleComesFromTheFilesName() {
    assertEquals("SmolLM2 135M Instruct", GgufCheckpoint.title("SmolLM2-135M-Instruct.Q4_1.gguf"));
    assertEquals(
        "Llama 3.2 1B Instruct", GgufCheckpoint.title("Llama-3.2-1B-Instruct-Q4_K_M.gguf"));
    assertEquals("my model", GgufCheckpoint.title("my_model.gguf"));
  }

  @Test
  void blocksWithOffsetsBecomeBytesOnlyWhereTheMachineReadsThemFaster() throws Exception {
    assertEquals("int4/int8", weightsOf(true, ImportOptions.Offsets.COLUMNS));
    assertEquals("int4/int8", weightsOf(false, ImportOptions.Offsets.AUTO));
    assertEquals("int8", weightsOf(true, ImportOptions.Offsets.AUTO));
    assertEquals("int8", weightsOf(false, ImportOptions.Offsets.BYTES));
  }

  private String weightsOf(boolean fastBytes, ImportOptions.Offsets offsets) throws Exception {
    Path source = Path.of("src/test/resources/reference/llama-q4_1.gguf");
    ModelManifest manifest =
        new CheckpointImporter(models(), new EngineCalibrator(), "", fastBytes)
            .importModel(
                source,
                ImportOptions.DEFAULT.with(offsets),
                ImportProgress.NONE,
                new CancellationToken());
    return manifest.quantization().split(" ", 2)[0];
  }

  private Path models() {
    return folder.resolve("models");
  }

  private ModelManifest importing(
      Path file, ImportProgress progress, CancellationToken cancellation) throws ImportException {
    return new CheckpointImporter(models())
        .importModel(file, ImportOptions.DEFAULT, progress, cancellation);
  }

  private String refusal(Path file) {
    return String.valueOf(
        assertThrows(
                ImportException.class,
                () -> importing(file, ImportProgress.NONE, new CancellationToken()))
            .getMessage());
  }

  private static List<String> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static int indexOf(byte[] bytes, byte[] key) {
    for (int i = 0; i + key.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + key.length, key, 0, key.length)) {
        return i;
      }
    }
    throw new AssertionError("the key is not in the file");
  }
}
