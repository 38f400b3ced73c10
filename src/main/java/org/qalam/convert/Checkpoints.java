package org.qalam.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Which kind of checkpoint a file or folder holds. */
final class Checkpoints {
  private Checkpoints() {}

  /**
   * Opens a checkpoint, which the caller closes.
   *
   * @param source a GGUF file; or a folder of Hugging Face's or Meta's layout, or a file in it
   * @throws ImportException where it is none that Qalam reads
   */
  static Checkpoint open(Path source) throws ImportException, IOException {
    if (Files.isDirectory(source)) {
      return openFolder(source)
          .orElseThrow(() ->
              new ImportException(
                  source
                      + ": there is no model in this folder that Qalam reads (ONNX files, or"
                      + " config.json with safetensors, or params.json with consolidated.00.pth)"));
    }
    String name = String.valueOf(source.getFileName()).toLowerCase(Locale.ROOT);
    Path folder = source.toAbsolutePath().getParent();
    if (name.endsWith(".safetensors")
        || name.endsWith(".safetensors.index.json")
        || name.endsWith(".pth")) {
      return openFolder(folder == null ? source : folder)
          .orElseThrow(() ->
              new ImportException(
                  source
                      + ": the model's other files must lie beside it (config.json and"
                      + " tokenizer.json, or params.json and tokenizer.model)"));
    }
    GgufFile gguf = GgufFile.open(source);
    try {
      return GgufCheckpoint.read(gguf).checked();
    } catch (ImportException | RuntimeException e) {
      gguf.close();
      throw e;
    }
  }

  private static Optional<Checkpoint> openFolder(Path folder) throws ImportException, IOException {
    if (HuggingFaceCheckpoint.isIn(folder)) {
      return Optional.of(HuggingFaceCheckpoint.open(folder));
    }
    if (MetaCheckpoint.isIn(folder)) {
      return Optional.of(MetaCheckpoint.open(folder));
    }
    // Hubs keep Meta's own files in a folder below the model's.
    Path original = folder.resolve("original");
    return MetaCheckpoint.isIn(original)
        ? Optional.of(MetaCheckpoint.open(original))
        : Optional.empty();
  }
}
