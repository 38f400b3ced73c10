package org.qalam.engine.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import org.qalam.catalog.ModelManifest;
import org.qalam.convert.CheckpointImporter;
import org.qalam.convert.ImportOptions;
import org.qalam.convert.ImportProgress;
import org.qalam.engine.LanguageModel;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** A small random Llama in a folder of a test's own. */
final class TinyModel {
  private static final int CONTEXT = 1000;

  private TinyModel() {}

  /** Imports it; gives its folder. */
  static Path importInto(Path models) throws Exception {
    new CheckpointImporter(models)
        .importModel(
            Path.of("src/test/resources/reference/llama-q8_0.gguf"),
            new ImportOptions(
                "tiny", ImportOptions.Weights.AUTO, ImportOptions.Activations.FLOAT32),
            ImportProgress.NONE,
            new CancellationToken());
    Path folder = models.resolve("tiny");
    // A context that a test can fill.
    Path manifest = folder.resolve(ModelManifest.FILE);
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst("\"contextLength\" : \\d+", "\"contextLength\" : " + CONTEXT));
    return folder;
  }

  static LanguageModel load(Path folder) throws Exception {
    return new OnnxModelLoader().load(folder, 2, Progress.NONE, new CancellationToken());
  }
}
