package org.qalam.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** The small exported models among the test's resources; see the README beside them. */
public final class ExportedModels {
  private static final Path REFERENCE = Path.of("src/test/resources/reference");

  private ExportedModels() {}

  /** Unpacks a model's folder; gives it. */
  public static Path unpack(String name, Path into) throws IOException {
    Path folder = into.resolve(name);
    try (ZipInputStream zip =
        new ZipInputStream(
            Files.newInputStream(REFERENCE.resolve("onnx").resolve(name + ".zip")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy((InputStream) zip, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  /** Imports a folder or a file as the model {@code tiny}. */
  public static ModelManifest importing(Path source, Path models) throws ImportException {
    return new CheckpointImporter(models)
        .importModel(
            source,
            new ImportOptions(
                "tiny", ImportOptions.DEFAULT.weights(), ImportOptions.DEFAULT.activations()),
            ImportProgress.NONE,
            new CancellationToken());
  }

  public static LanguageModel load(Path models) throws Exception {
    return new OnnxModelLoader()
        .load(models.resolve("tiny"), 1, Progress.NONE, new CancellationToken());
  }

  /** What transformers gives for the checkpoint that all of them were exported from. */
  static JsonNode checkpoint() throws IOException {
    return new ObjectMapper().readTree(REFERENCE.resolve("onnx/checkpoint.json").toFile());
  }

  /** What ONNX Runtime's Python gives for one of the files. */
  static JsonNode recorded(String graph) throws IOException {
    return new ObjectMapper().readTree(REFERENCE.resolve("onnx/recorded.json").toFile()).get(graph);
  }

  static List<Integer> numbers(JsonNode array) {
    List<Integer> list = new ArrayList<>();
    array.forEach(number -> list.add(number.intValue()));
    return list;
  }
}
