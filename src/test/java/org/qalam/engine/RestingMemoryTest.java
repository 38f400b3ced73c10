package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What of its memory a process loses when the starter model is unloaded. */
class RestingMemoryTest {
  private static final Path STARTER = Path.of("models/smollm2-135m-instruct");

  @Test
  @EnabledOnOs(OS.LINUX) // where /proc tells
  void atLeastTheWeightsAreGivenBack() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                RestingProgram.class.getName(),
                STARTER.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> resident =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(Long::parseLong)
            .toList();
    assertEquals(0, child.waitFor());
    assertEquals(4, resident.size(), resident.toString());
    long weights = Files.size(STARTER.resolve("model.onnx.data")) / 1024;
    long freed = resident.get(1) - resident.get(2);
    assertTrue(freed >= weights, weights + " kB of weights, resident in kB: " + resident);
    assertTrue(
        resident.get(3) - resident.get(1) < weights / 2, "grows with each rest: " + resident);
  }
}
