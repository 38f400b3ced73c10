package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.Qalam;

/** A real process, since only that can be ended by a signal. */
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir Path temporary;

  @Test
  void anAnswerInTheMiddleEndsWithoutACrash() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dqalam.models=" + Path.of("models").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                Qalam.class.getName(),
                "--home=" + temporary.resolve("home"),
                "generate",
                "smollm2-135m-instruct",
                "--ids=1,2,3", // no token ends the answer
                "--max-new-tokens=4000")
            .directory(temporary.toFile())
            .redirectError(temporary.resolve("said").toFile())
            .start();
    try (InputStream words = process.getInputStream()) {
      assertEquals(20, words.readNBytes(20).length, () -> said());
      process.destroy(); // SIGTERM
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    }
    assertEquals(TERMINATED, process.exitValue(), said());
    try (var files = Files.list(temporary)) {
      List<String> reports =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.startsWith("hs_err"))
              .toList();
      assertEquals(List.of(), reports);
    }
  }

  private String said() {
    try {
      return Files.readString(temporary.resolve("said"), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
