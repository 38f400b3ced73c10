package org.qalam.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.convert.CheckpointImporter;
import org.qalam.convert.ImportException;
import org.qalam.convert.ImportOptions;
import org.qalam.convert.ImportProgress;
import org.qalam.task.CancellationToken;

/** A sample of hostile files; docs/hostile-files.md tells how more are tried. */
class HostileFilesTest {
  private static final Path REFERENCE = Path.of("src/test/resources/reference");
  private static final long FIRST = Long.getLong("qalam.hostile.first", 0);
  private static final int SEEDS = Integer.getInteger("qalam.hostile.seeds", 12); // of each format

  @TempDir Path folder;

  @Test
  void soundFilesRun() throws Exception {
    try (HostileRun run = new HostileRun(folder.resolve("work"))) {
      for (Format format : Format.values()) {
        assertEquals("RAN", run.end(format, -1), format.name());
      }
    }
  }

  @Test
  void mutantsEndInASentenceOrInAModelThatRuns() throws Exception {
    String format = System.getProperty("qalam.hostile.format", "");
    List<Format> formats =
        format.isEmpty() ? List.of(Format.values()) : List.of(Format.valueOf(format));
    try (HostileRun run = new HostileRun(Path.of("target/hostile").toAbsolutePath())) {
      HostileRun.Ends ends = run.tryAll(FIRST, SEEDS, formats);
      assertEquals(List.of(), ends.defects());
      assertTrue(SEEDS < 5 || ends.refused() > SEEDS * formats.size() / 3, ends.toString());
      assertTrue(SEEDS < 5 || ends.refused() < SEEDS * formats.size(), ends.toString());
    }
  }

  @Test
  void canarySeesThatItsFileWasReadAndThatCodeWasRun() throws Exception {
    Canary canary = new Canary(folder);
    canary.arm();
    assertEquals("", canary.touched());
    assertTrue(Files.readAllBytes(canary.secret).length > 0);
    assertEquals("the file outside was read", canary.touched());
    canary.arm();
    Files.createFile(canary.marker);
    assertEquals("code was executed", canary.touched());
    canary.arm();
    Path written = Files.createDirectory(folder.resolve("written"));
    Files.writeString(written.resolve("model.onnx.data"), "before " + Canary.TEXT);
    assertEquals("the text of the file outside is in model.onnx.data", canary.touchedOrIn(written));
  }

  @Test
  void linkedTokenizersAreRefusedUnread() throws Exception {
    assertLinkRefused("meta_spinquant", "tokenizer.model");
    assertLinkRefused("variants/biased", "tokenizer.json");
  }

  @Test
  void manifestThatIsALinkIsNotRead() throws Exception {
    Canary canary = new Canary(folder);
    Path model = Files.createDirectories(folder.resolve("models/linked"));
    Files.createSymbolicLink(model.resolve("manifest.json"), canary.secret);
    canary.arm();
    assertEquals(List.of(), new ModelCatalog(folder.resolve("models"), List.of()).list());
    CatalogException e = assertThrows(CatalogException.class, () -> ModelFolder.manifest(model));
    assertTrue(String.valueOf(e.getMessage()).contains("this is a link"), e.getMessage());
    assertEquals("", canary.touched());
  }

  @Test
  void headsOfBillionsOfNumbersAreRefusedBeforeTheirFrequenciesAreMade() throws Exception {
    Path model = copy("variants/biased");
    Path config = model.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"head_dim\": 16", "\"head_dim\": 2147483646"));
    assertTrue(refusal(model).contains("heads of 2147483646 numbers"), refusal(model));
  }

  @Test
  void endlessTextInAFileMakesNoEndlessSentence() throws Exception {
    Path model = copy("variants/biased");
    Path config = model.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"llama\"", "\"" + "x".repeat(100_000) + "\""));
    assertEquals("", Sentence.fault(refusal(model)));
  }

  private void assertLinkRefused(String name, String file) throws Exception {
    Canary canary = new Canary(folder);
    Path model = copy(name);
    Files.delete(model.resolve(file));
    Files.createSymbolicLink(model.resolve(file), canary.secret);
    canary.arm();
    String sentence = refusal(model);
    assertTrue(sentence.contains(file + ": this is a link"), sentence);
    assertFalse(sentence.contains(Canary.TEXT), sentence);
    assertEquals("", canary.touched());
  }

  private Path copy(String name) throws Exception {
    Path model = Files.createDirectories(folder.resolve(name));
    for (var file : Format.files(REFERENCE.resolve(name)).entrySet()) {
      Files.write(model.resolve(file.getKey()), file.getValue());
    }
    return model;
  }

  private String refusal(Path model) {
    return String.valueOf(
        assertThrows(
                ImportException.class,
                () ->
                    new CheckpointImporter(folder.resolve("models"))
                        .importModel(
                            model,
                            ImportOptions.DEFAULT,
                            ImportProgress.NONE,
                            new CancellationToken()))
            .getMessage());
  }
}
