package org.qalam.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.engine.LanguageModel;

/**
 * Where its reports are on, ONNX Runtime keeps a device identifier and a database of events in the
 * user's cache folder; so an empty home shows that they are off.
 */
class TelemetryTest {
  @TempDir Path home;
  @TempDir Path models;

  @Test
  void nothingIsCollectedEvenWithoutTheLauncher() throws Exception {
    Path folder = TinyModel.importInto(models);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LoadingProgram.class.getName(),
            folder.toString());
    // A build server or a cautious developer may have set what the program itself must see to.
    builder.environment().keySet().removeAll(List.of("ORT_DISABLE_TELEMETRY", "CI", "TF_BUILD"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    Process process = builder.inheritIO().start();
    assertEquals(0, process.waitFor());
    try (Stream<Path> files = Files.walk(home)) {
      assertEquals(List.of(home), files.toList());
    }
  }

  /** Loads a model and ends. */
  static final class LoadingProgram {
    private LoadingProgram() {}

    public static void main(String[] arguments) throws Exception {
      try (LanguageModel model = TinyModel.load(Path.of(arguments[0]))) {
        if (model.contextLength() < 1) {
          throw new IllegalStateException("this is no model");
        }
      }
    }
  }
}
