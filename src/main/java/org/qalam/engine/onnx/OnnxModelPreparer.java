package org.qalam.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.GraphSignature;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.CacheType;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelLoadException.Reason;
import org.qalam.engine.ModelPreparer;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Lets ONNX Runtime save its optimised graph together with its kernels' own weights (0081). */
public final class OnnxModelPreparer implements ModelPreparer {
  /** Made beside the place where it belongs, and moved there when it is whole. */
  private static final String UNFINISHED = ".preparing";

  /** The weights as they were and as kernels like them, both twice while they are aligned. */
  private static final int TIMES = 6;

  /** The same once, of the model's size: 2.47 of a 1B-shaped model in four bits (0081). */
  private static final double LASTING = 2.5;

  /** Hundredths of the work when the files are checked, the weights saved, and aligned. */
  private static final int CHECKED = 15;

  private static final int SAVED = 55;
  private static final int ALIGNED = 85;
  private static final int ALL = 100;

  private final CacheType cacheType;

  /** For the key-value cache that fits this machine. */
  public OnnxModelPreparer() {
    this(CacheType.AUTO);
  }

  /**
   * @param cacheType of the graph to prepare
   */
  public OnnxModelPreparer(CacheType cacheType) {
    this.cacheType = cacheType;
  }

  @Override
  public void prepare(Path folder, int threads, Progress progress, CancellationToken cancellation)
      throws ModelLoadException {
    Path unfinished = folder.resolve(UNFINISHED);
    try {
      ModelManifest manifest = ModelFolder.verify(folder, part(progress, 0, CHECKED), cancellation);
      if (manifest.graph().kind() == GraphSignature.Kind.EXPORTED) {
        throw new ModelLoadException(
            Reason.UNSUPPORTED,
            manifest.name() + " is used as another program made it and cannot be prepared");
      }
      requireSpace(folder, manifest);
      ModelCatalog.deleteTree(unfinished);
      Files.createDirectory(unfinished);
      String graph = CacheChoice.graph(cacheType, manifest);
      save(folder.resolve(graph), unfinished, threads);
      progress.report(SAVED, ALL);
      Path weights = PreparedGraph.weightsIn(unfinished);
      Path saved = Files.move(weights, unfinished.resolve("saved"));
      AlignedWeights.copy(
          PreparedGraph.graphIn(unfinished),
          saved,
          weights,
          part(progress, SAVED, ALIGNED),
          cancellation);
      Files.delete(saved);
      PreparedGraph.describe(
          unfinished,
          folder,
          graph,
          OnnxEnvironment.get().getVersion(),
          part(progress, ALIGNED, ALL),
          cancellation);
      PreparedGraph.discard(folder);
      Files.move(unfinished, folder.resolve(PreparedGraph.FOLDER));
    } catch (CatalogException e) {
      throw OnnxModelLoader.failed(e);
    } catch (IOException e) {
      throw new ModelLoadException(
          Reason.FAILED, folder + ": it cannot be written to (" + e.getMessage() + ")", e);
    } finally {
      try {
        ModelCatalog.deleteTree(unfinished);
      } catch (IOException left) {
        // The next preparation removes it; nothing ever reads it.
      }
    }
  }

  private static void requireSpace(Path folder, ModelManifest manifest)
      throws IOException, ModelLoadException {
    FileStore disk = Files.getFileStore(folder);
    long needed = need(manifest).meanwhile();
    if (disk.getUsableSpace() < needed) {
      throw new ModelLoadException(
          Reason.FAILED,
          String.format(
              "preparing %s takes up to %.1f GB of the disk for a while, %.1f GB are free",
              manifest.name(), needed / 1e9, disk.getUsableSpace() / 1e9));
    }
  }

  private static void save(Path graph, Path into, int threads) throws ModelLoadException {
    OrtEnvironment environment = OnnxEnvironment.get();
    try {
      DeepStack.call(() -> {
        try (OrtSession.SessionOptions options = OnnxModelLoader.options(threads)) {
          options.setOptimizedModelFilePath(PreparedGraph.graphIn(into).toString());
          options.addConfigEntry(
              "session.optimized_model_external_initializers_file_name",
              String.valueOf(PreparedGraph.weightsIn(into).getFileName()));
          options.addConfigEntry("session.save_external_prepacked_constant_initializers", "1");
          environment.createSession(graph.toString(), options).close();
        }
        return null;
      });
    } catch (RuntimeException e) {
      throw e;
    } catch (OrtException e) {
      // A disk that was filled meanwhile; the run-time's words for that are its source's.
      boolean disk = String.valueOf(e.getMessage()).contains("Failed to write");
      throw new ModelLoadException(
          Reason.FAILED,
          disk
              ? into + ": the weights cannot be written; make room on the disk"
              : graph + " could not be prepared: " + e.getMessage(),
          e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Progress part(Progress whole, int from, int to) {
    return (done, total) -> whole.report(total > 0 ? from + (to - from) * done / total : from, ALL);
  }

  @Override
  public void discard(Path folder) throws ModelLoadException {
    try {
      PreparedGraph.discard(folder);
    } catch (IOException e) {
      throw new ModelLoadException(
          Reason.FAILED, folder + ": the prepared files cannot be removed", e);
    }
  }

  @Override
  public long preparedBytes(Path folder) {
    return PreparedGraph.bytes(folder);
  }

  @Override
  public boolean isPrepared(Path folder) throws ModelLoadException {
    if (preparedBytes(folder) == 0) {
      return false; // nothing of the run-time need be started for that
    }
    String graph = CacheChoice.graph(cacheType, manifest(folder));
    return PreparedGraph.find(folder, graph, OnnxEnvironment.get().getVersion()).isPresent();
  }

  @Override
  public Optional<Need> need(Path folder) throws ModelLoadException {
    ModelManifest manifest = manifest(folder);
    return manifest.graph().kind() == GraphSignature.Kind.EXPORTED
        ? Optional.empty()
        : Optional.of(need(manifest));
  }

  private static Need need(ModelManifest manifest) {
    return new Need(Math.round(LASTING * manifest.size()), TIMES * manifest.size());
  }

  private static ModelManifest manifest(Path folder) throws ModelLoadException {
    try {
      return ModelFolder.manifest(folder);
    } catch (CatalogException e) {
      throw OnnxModelLoader.failed(e);
    }
  }
}
