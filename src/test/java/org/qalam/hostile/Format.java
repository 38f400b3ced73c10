package org.qalam.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.qalam.convert.ExportedModels;

/** A layout of model files that Qalam reads, with a sound example among the test's resources. */
enum Format {
  GGUF("llama-q4_0.gguf", "model.gguf"),
  GGUF_K("llama-q4_k_m.gguf", "model.gguf"),
  SAFETENSORS("variants/biased", ""),
  SHARDS("variants/sharded", ""),
  META("meta_bf16", ""),
  META_SPINQUANT("meta_spinquant", ""),
  META_QLORA("meta_qlora", ""),
  RANKS("meta_spinquant", ""),
  ONNX_HUB("hub-q4", ""),
  ONNX_GENAI("genai-mha", ""),
  OWN("llama-q4_0.gguf", "");

  private static final Path REFERENCE = Path.of("src/test/resources/reference");

  private final String seed;

  /** What is imported: a file in the folder, or the folder itself. */
  final String source;

  Format(String seed, String source) {
    this.seed = seed;
    this.source = source;
  }

  /**
   * The sound files, by their paths in the folder.
   *
   * @param work an empty folder for what has to be made first
   */
  Map<String, byte[]> sound(Path work) throws Exception {
    return switch (this) {
      case GGUF, GGUF_K -> Map.of("model.gguf", Files.readAllBytes(REFERENCE.resolve(seed)));
      case ONNX_HUB, ONNX_GENAI -> files(ExportedModels.unpack(seed, work));
      case OWN -> OwnFolder.make(REFERENCE.resolve(seed), work);
      default -> files(REFERENCE.resolve(seed));
    };
  }

  /** The files below a folder. */
  static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
