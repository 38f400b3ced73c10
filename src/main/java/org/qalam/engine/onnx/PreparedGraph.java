package org.qalam.engine.onnx;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.catalog.ModelManifest.FileEntry;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * A model's optimised graph with its weights in the kernels' own order, in the folder {@code
 * prepared} of the model's folder (0081). Any thread.
 *
 * @param folder of the prepared files
 * @param files the graph first, then the weights
 */
record PreparedGraph(Path folder, List<FileEntry> files) {
  static final String FOLDER = "prepared";

  private static final String DESCRIPTION = "prepared.json";
  private static final String GRAPH = "model.onnx";
  private static final String WEIGHTS = "model.onnx.data";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a prepared graph was made from and for.
   *
   * @param machine as {@link Machine#fingerprint} tells
   * @param manifest SHA-256 of the model's manifest
   * @param graph name of the graph's file in the model's folder
   */
  record Description(
      String machine, String runtime, String manifest, String graph, List<FileEntry> files) {}

  /**
   * The prepared form of a model's graph, if there is one that fits it, this machine and the
   * run-time.
   */
  static Optional<PreparedGraph> find(Path model, String graph, String runtime) {
    Path folder = model.resolve(FOLDER);
    Path description = folder.resolve(DESCRIPTION);
    if (Files.isSymbolicLink(folder)
        || !Files.isRegularFile(description, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      Description found = JSON.readValue(Files.readAllBytes(description), Description.class);
      boolean fits =
          found.machine.equals(Machine.fingerprint())
              && found.runtime.equals(runtime)
              && found.graph.equals(graph)
              && found.manifest.equals(manifestDigest(model))
              && found.files.stream().map(FileEntry::name).toList().equals(List.of(GRAPH, WEIGHTS));
      return fits ? Optional.of(new PreparedGraph(folder, found.files)) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      Logger.getLogger(PreparedGraph.class.getName())
          .log(Level.WARNING, description + " cannot be read", e);
      return Optional.empty();
    }
  }

  /** Where a graph that is being saved belongs. */
  static Path graphIn(Path folder) {
    return folder.resolve(GRAPH);
  }

  /** Where its weights belong. */
  static Path weightsIn(Path folder) {
    return folder.resolve(WEIGHTS);
  }

  /** Describes the files of a folder that is complete. */
  static void describe(
      Path folder, Path model, String graph, String runtime, CancellationToken cancellation)
      throws IOException {
    List<FileEntry> files = new ArrayList<>();
    for (String name : List.of(GRAPH, WEIGHTS)) {
      Path file = folder.resolve(name);
      files.add(
          new FileEntry(
              name, Files.size(file), ModelFolder.sha256(file, Progress.NONE, cancellation)));
    }
    Description description =
        new Description(Machine.fingerprint(), runtime, manifestDigest(model), graph, files);
    Files.writeString(
        folder.resolve(DESCRIPTION), JSON.writeValueAsString(description), StandardCharsets.UTF_8);
  }

  private static String manifestDigest(Path model) throws IOException {
    return ModelFolder.sha256(
        model.resolve(ModelManifest.FILE), Progress.NONE, new CancellationToken());
  }

  Path graph() {
    return folder.resolve(GRAPH);
  }

  /** Checks the graph: a damaged one could take the whole program down. */
  void verifyGraph(CancellationToken cancellation) throws CatalogException {
    ModelFolder.verifyFiles(folder, files.subList(0, 1), Progress.NONE, cancellation);
  }

  /** Checks the weights: damaged ones would make the model write nonsense. */
  void verifyWeights(Progress progress, CancellationToken cancellation) throws CatalogException {
    ModelFolder.verifyFiles(folder, files.subList(1, files.size()), progress, cancellation);
  }

  /** Bytes of a model's prepared files. */
  static long bytes(Path model) {
    Path folder = model.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long sum = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
      return sum;
    } catch (IOException e) {
      return sum;
    }
  }

  /** Removes a model's prepared files, if there are any. */
  static void discard(Path model) throws IOException {
    Path folder = model.resolve(FOLDER);
    // Without its description a half-removed folder is never used.
    Files.deleteIfExists(folder.resolve(DESCRIPTION));
    ModelCatalog.deleteTree(folder);
  }
}
