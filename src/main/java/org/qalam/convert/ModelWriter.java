package org.qalam.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.tokenizer.TokenizerJson;

/** Writes a checkpoint as a model folder of Qalam's own. */
final class ModelWriter {
  private ModelWriter() {}

  /**
   * Writes a model, or what is missing of it.
   *
   * @param work an opened folder
   */
  static void write(
      Checkpoint checkpoint,
      String id,
      ImportOptions options,
      ImportFolder work,
      ImportProgress progress,
      CancellationToken cancellation)
      throws IOException, ImportException {
    LlamaConfig config = checkpoint.config();
    if (checkpoint.vocabulary().size() > config.vocabularySize()) {
      throw new ImportException(
          checkpoint.name()
              + ": it has "
              + checkpoint.vocabulary().size()
              + " tokens for "
              + config.vocabularySize()
              + " rows of its embedding");
    }
    Path folder = work.model();
    TokenizerJson.write(checkpoint.vocabulary(), folder.resolve(ModelFolder.TOKENIZER_FILE));
    String quantization;
    OnnxGraph onnx = new OnnxGraph(folder, id);
    Path data = folder.resolve(OnnxGraph.DATA_FILE);
    try (WeightsFile file = WeightsFile.open(data, work.journal(), cancellation)) {
      if (work.journal().tensors() > 0) {
        progress.resumed(work.journal().tensors(), checkpoint.matrices());
      }
      GraphWeights weights =
          new GraphWeights(onnx, file, checkpoint, options, progress, cancellation);
      new LlamaGraph(onnx, file, checkpoint, weights).build();
      quantization = weights.quantization();
    }
    onnx.finish();
    Checkpoint.Facts facts = checkpoint.facts();
    ModelFolder.write(
        folder,
        new ModelManifest(
            ModelManifest.FORMAT,
            id,
            facts.title(),
            "llama",
            facts.license(),
            checkpoint.name(),
            quantization,
            config.contextLength(),
            config.vocabularySize(),
            config.layers(),
            config.keyValueHeads(),
            config.headSize(),
            checkpoint.parameters(),
            facts.bosToken(),
            facts.eosToken(),
            facts.stopTokens(),
            facts.chatTemplate(),
            facts.languages(),
            files(folder, cancellation)));
  }

  /** Runs a finished folder's model and adds the graph whose key-value cache holds bytes. */
  static void addCompactCache(
      Path folder, CacheCalibrator calibrator, CancellationToken cancellation)
      throws IOException, ImportException, CatalogException {
    ModelManifest manifest = ModelFolder.manifest(folder);
    List<float[]> largest = calibrator.largest(folder, Progress.NONE, cancellation);
    CompactCacheGraph.write(folder, manifest.headSize(), largest);
    List<ModelManifest.FileEntry> files = new ArrayList<>(manifest.files());
    files.add(file(folder.resolve(ModelFolder.COMPACT_CACHE_GRAPH_FILE), cancellation));
    ModelFolder.write(folder, manifest.withFiles(files));
  }

  private static List<ModelManifest.FileEntry> files(Path folder, CancellationToken cancellation)
      throws IOException {
    List<ModelManifest.FileEntry> files = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      for (Path file : children.sorted().toList()) {
        files.add(file(file, cancellation));
      }
    }
    return files;
  }

  private static ModelManifest.FileEntry file(Path file, CancellationToken cancellation)
      throws IOException {
    return new ModelManifest.FileEntry(
        String.valueOf(file.getFileName()),
        Files.size(file),
        ModelFolder.sha256(file, Progress.NONE, cancellation));
  }
}
