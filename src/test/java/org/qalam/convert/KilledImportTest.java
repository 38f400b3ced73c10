package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.SystemCommand.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.UnfinishedImports;
import org.qalam.task.CancellationToken;

/** Imports in processes of their own that are killed, and on disks that are full. */
class KilledImportTest {
  private static final Path REFERENCE = Path.of("src/test/resources/reference");

  @TempDir Path folder;

  private Process start(Path source, Path models, String... before) throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ImportingProgram.class.getName());
    command.addAll(List.of(source.toString(), models.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Waits for a line that begins so. */
  private static String line(BufferedReader out, String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new IOException("the program ended without '" + start + "'");
  }

  /** Ends it without warning: SIGKILL where there are signals. */
  private static void kill(Process process) throws Exception {
    process.destroyForcibly();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the program does not end");
  }

  private static int goOn(Path source, Path models) throws ImportException {
    int[] resumed = new int[1];
    ImportProgress progress =
        new ImportProgress() {
          @Override
          public void resumed(int done, int total) {
            resumed[0] = done;
          }

          @Override
          public void report(long done, long total) {}
        };
    var _ =
        new CheckpointImporter(models)
            .importModel(source, ImportOptions.DEFAULT, progress, new CancellationToken());
    return resumed[0];
  }

  private static void assertSame(Path expected, Path model) throws Exception {
    assertEquals(ModelFolder.manifest(expected), ModelFolder.manifest(model));
    try (Stream<Path> files = Files.list(expected)) {
      for (Path file : files.toList()) {
        assertEquals(-1, Files.mismatch(file, model.resolve(file.getFileName())), file.toString());
      }
    }
  }

  @Test
  void killedAgainAndAgainItIsDoneInTheEndAndTheSame() throws Exception {
    Path source = folder.resolve("source");
    RandomCheckpoint.write(source, 4, 3);
    Path whole = folder.resolve("whole");
    assertEquals(0, goOn(source, whole));
    Path models = folder.resolve("models");
    Random random = new Random(20261125);
    for (int kill = 0; kill < 4; kill++) {
      Process child = start(source, models);
      try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
        if (kill > 0) {
          String resumed = line(out, "resumed ");
          assertTrue(resumed.matches("resumed [1-9]\\d? 29"), resumed);
        }
        line(out, "tensor "); // kept ones are told at once; then in the middle of the next
        Thread.sleep(random.nextInt(250));
      } finally {
        kill(child);
      }
      ModelCatalog catalog = new ModelCatalog(models, List.of());
      assertEquals(List.of(), catalog.list());
      assertEquals(1, catalog.unfinished().list().size());
    }
    int resumed = goOn(source, models);
    assertTrue(resumed > 0 && resumed < 1 + 4 * 7, resumed + " tensors were kept");
    assertSame(whole.resolve("source"), models.resolve("source"));
  }

  @Test
  void whatAnotherProcessImportsIsLeftAlone() throws Exception {
    Path source = folder.resolve("source");
    RandomCheckpoint.write(source, 5, 3);
    Path models = folder.resolve("models");
    Process child = start(source, models);
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      line(out, "tensor ");
      ImportException refused = assertThrows(ImportException.class, () -> goOn(source, models));
      assertEquals(
          "source: another Qalam is importing this model at the moment; wait until it is done",
          refused.getMessage());
      UnfinishedImports unfinished = new UnfinishedImports(models);
      assertEquals(List.of(), unfinished.list());
      assertThrows(CatalogException.class, () -> unfinished.remove("source"));
      unfinished.tidy(Instant.now().plusSeconds(1_000_000_000));
      assertEquals(0, goOn(REFERENCE.resolve("hf"), models)); // another model meanwhile
      line(out, "done");
    } finally {
      kill(child);
    }
    assertEquals(2, new ModelCatalog(models, List.of()).list().size());
  }

  @Test
  void stoppedByALimitOfTheDiskItGoesOnWhenThereIsSpace() throws Exception {
    Path models = Files.createDirectories(folder.resolve("models"));
    onALimitedDisk(models);
  }

  /** No file may grow beyond a size, which every system with a shell can do. */
  private void onALimitedDisk(Path models) throws Exception {
    Path source = REFERENCE.resolve("llama-f16.gguf");
    Path whole = folder.resolve("whole");
    assertEquals(0, goOn(source, whole));
    Process child = start(source, models, "/bin/sh", "-c", "ulimit -f 512; exec \"$@\"", "limited");
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      line(out, "failed ");
    } finally {
      kill(child);
    }
    assertEquals(List.of(), new ModelCatalog(models, List.of()).list());
    assertTrue(goOn(source, models) > 0);
    assertSame(whole.resolve("llama-f16"), models.resolve("llama-f16"));
  }

  /** Where nothing can be mounted this is the test above once more. */
  @Test
  void stoppedByAFullDiskItGoesOnWhenThereIsSpace() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    if (!run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString())) {
      onALimitedDisk(disk);
      return;
    }
    try {
      Path source = REFERENCE.resolve("llama-f16.gguf");
      Path whole = folder.resolve("whole");
      assertEquals(0, goOn(source, whole));
      long needed = Files.size(whole.resolve("llama-f16/model.onnx.data"));
      Path ballast = Files.write(disk.resolve("ballast"), new byte[(3 << 20) - (int) (needed / 2)]);
      Path models = disk.resolve("models");
      ImportException full = assertThrows(ImportException.class, () -> goOn(source, models));
      assertEquals(
          models + ": the disk is full; free some space and import the model again",
          full.getMessage());
      assertEquals(List.of(), new ModelCatalog(models, List.of()).list());
      assertTrue(ballast.toFile().delete());
      assertTrue(goOn(source, models) > 0);
      assertSame(whole.resolve("llama-f16"), models.resolve("llama-f16"));
      assertFalse(Files.exists(models.resolve(".importing-llama-f16")));
    } finally {
      assertTrue(run("umount", disk.toString()), disk + " stays mounted");
    }
  }
}
