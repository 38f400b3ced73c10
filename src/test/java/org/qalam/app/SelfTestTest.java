package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.ChildProgram;
import org.qalam.Qalam;
import org.qalam.UnseenPictures;

/**
 * What the self-test says where something is missing; .ci/run runs the one of the image, where all
 * is there. It starts JavaFX itself, so it gets a process of its own.
 */
class SelfTestTest {
  @TempDir Path temporary;

  @Test
  void worksWithoutAnyModelToo() throws Exception {
    assertEquals(
        "The window opens and the text is saved; there is no model to try.",
        run("nothing-here", List.of("-XX:TieredStopAtLevel=1")));
  }

  @Test
  void saysWhyTheModelDoesNotAnswer() throws Exception {
    Path models = temporary.resolve("models");
    Path broken = Files.createDirectories(models.resolve("smollm2-135m-instruct"));
    try (var files = Files.list(Path.of("models/smollm2-135m-instruct"))) {
      for (Path file : files.toList()) {
        Files.createLink(broken.resolve(file.getFileName()), file);
      }
    }
    Path tokenizer = broken.resolve("tokenizer.json");
    byte[] changed = Files.readAllBytes(tokenizer);
    changed[changed.length / 2] ^= 1;
    Files.delete(tokenizer);
    Files.write(tokenizer, changed);
    String told = run(models.toString(), ChildProgram.SHORT_LIVED);
    assertTrue(told.startsWith("The model did not answer: "), told);
    assertTrue(told.contains("tokenizer.json"), told);
  }

  /** What it says, and that it leaves nothing behind. */
  private String run(String models, List<String> compiler)
      throws IOException, InterruptedException {
    Path work = Files.createDirectory(temporary.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(compiler);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + work,
            "-Dqalam.models=" + models,
            "-Dglass.platform=Headless",
            UnseenPictures.class.getName(),
            Qalam.class.getName(),
            "self-test"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines;
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      lines = output.lines().toList();
    }
    assertTrue(process.waitFor(10, TimeUnit.SECONDS), "it ends");
    try (var left = Files.list(work)) {
      assertEquals(
          List.of(),
          left.map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("qalam"))
              .toList());
    }
    assertEquals(process.exitValue() == 0, !lines.getLast().startsWith("The model"), lines + "");
    return lines.getLast();
  }
}
