package org.qalam.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * A model's folder as Qalam makes it, carried over from another machine. Whoever wrote its manifest
 * may have written anything else in it, so its graphs are looked through as those of strangers are.
 */
final class ModelPack {
  private ModelPack() {}

  /**
   * The folder of a pack.
   *
   * @param source it, or its manifest
   */
  static Optional<Path> find(Path source) {
    Path whole = source.toAbsolutePath();
    Path folder = whole.endsWith(ModelManifest.FILE) ? whole.resolveSibling("") : whole;
    boolean isPack =
        Files.isRegularFile(folder.resolve(ModelManifest.FILE), LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(
                folder.resolve(ModelFolder.GRAPH_FILE), LinkOption.NOFOLLOW_LINKS);
    return isPack ? Optional.of(folder) : Optional.empty();
  }

  /**
   * Copies a pack.
   *
   * @param to an empty folder
   * @param progress hears of bytes
   * @throws CatalogException where its files are not those of its manifest
   * @throws ImportException where a graph should not be run
   */
  static void copy(
      Path pack, ModelManifest manifest, Path to, Progress progress, CancellationToken cancellation)
      throws ImportException, IOException, CatalogException {
    for (String needed : new String[] {ModelFolder.GRAPH_FILE, ModelFolder.TOKENIZER_FILE}) {
      if (!manifest.has(needed)) {
        throw new ImportException(pack + ": its manifest names no " + needed);
      }
    }
    ModelCatalog.copyFiles(pack, manifest, to, progress, cancellation);
    for (ModelManifest.FileEntry file : manifest.files()) {
      if (file.name().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
        requireData(file.name(), OnnxInspector.inspect(to.resolve(file.name())), manifest);
      }
    }
    ModelFolder.write(to, manifest);
  }

  private static void requireData(String graph, OnnxSummary summary, ModelManifest manifest)
      throws ImportException {
    for (Map.Entry<String, Long> data : summary.externalData().entrySet()) {
      boolean isThere =
          manifest.files().stream()
              .anyMatch(
                  file -> file.name().equals(data.getKey()) && file.size() >= data.getValue());
      if (!isThere) {
        throw new ImportException(
            graph + ": its weights in " + data.getKey() + " are not in the model's folder");
      }
    }
  }
}
