package org.qalam.engine.onnx;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
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
 */
record PreparedGraph(Path folder, Description description) {
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
   * @param graphFile the prepared graph
   * @param weightsCrc32c of the prepared weights, in hexadecimal. They were made here and come from
   *     nowhere else: only damage is looked for, and SHA-256 would take most of the loading time.
   */
  record Description(
      String machine,
      String runtime,
      String manifest,
      String graph,
      FileEntry graphFile,
      long weightsSize,
      String weightsCrc32c) {}

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
              && found.graphFile.name().equals(GRAPH)
              && found.weightsCrc32c != null;
      return fits ? Optional.of(new PreparedGraph(folder, found)) : Optional.empty();
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

  /** Describes the files of a folder that is complete; {@code progress} hears of bytes read. */
  static void describe(
      Path folder,
      Path model,
      String graph,
      String runtime,
      Progress progress,
      CancellationToken cancellation)
      throws IOException {
    Path file = folder.resolve(GRAPH);
    Path weights = folder.resolve(WEIGHTS);
    Description description =
        new Description(
            Machine.fingerprint(),
            runtime,
            manifestDigest(model),
            graph,
            new FileEntry(
                GRAPH, Files.size(file), ModelFolder.sha256(file, Progress.NONE, cancellation)),
            Files.size(weights),
            crc32c(weights, progress, cancellation));
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
    ModelFolder.verifyFiles(folder, List.of(description.graphFile), Progress.NONE, cancellation);
  }

  /** Checks the weights: damaged ones would make the model write nonsense. */
  void verifyWeights(Progress progress, CancellationToken cancellation) throws CatalogException {
    Path weights = folder.resolve(WEIGHTS);
    try {
      if (!Files.isRegularFile(weights, LinkOption.NOFOLLOW_LINKS)
          || Files.size(weights) != description.weightsSize
          || !crc32c(weights, progress, cancellation).equals(description.weightsCrc32c)) {
        throw new CatalogException(
            CatalogException.Reason.CHANGED, weights + ": the prepared weights have changed");
      }
    } catch (IOException e) {
      throw new CatalogException(
          CatalogException.Reason.FAILED, weights + ": it cannot be read", e);
    }
  }

  private static String crc32c(Path file, Progress progress, CancellationToken cancellation)
      throws IOException {
    CRC32C sum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel in = FileChannel.open(file)) {
      long size = in.size();
      for (long done = 0; in.read(buffer.clear()) >= 0; progress.report(done, size)) {
        cancellation.throwIfCancelled();
        done += buffer.position();
        sum.update(buffer.flip());
      }
    }
    return Long.toHexString(sum.getValue());
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
