package org.qalam.convert;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Imports checkpoints into a catalogue's folder. The new model is made in a hidden folder beside it
 * and moved when it is whole, so that nothing half-made is ever seen; what an interrupted import
 * left behind is removed by the next one.
 */
public final class CheckpointImporter implements ModelImporter {
  private static final String UNFINISHED = ".importing-";

  private final Path models;
  private final Optional<CacheCalibrator> calibrator;

  /**
   * Without a key-value cache of bytes.
   *
   * @param models the catalogue's folder; made where it is missing
   */
  public CheckpointImporter(Path models) {
    this.models = models;
    this.calibrator = Optional.empty();
  }

  /**
   * @param models the catalogue's folder; made where it is missing
   * @param calibrator runs each new model once
   */
  public CheckpointImporter(Path models, CacheCalibrator calibrator) {
    this.models = models;
    this.calibrator = Optional.of(calibrator);
  }

  @Override
  public ModelManifest importModel(
      Path source, ImportOptions options, Progress progress, CancellationToken cancellation)
      throws ImportException {
    if (!Files.exists(source)) {
      throw new ImportException(source + ": there is no such file");
    }
    try {
      Files.createDirectories(models);
      removeUnfinished();
      Optional<OnnxFolder> onnx =
          HuggingFaceCheckpoint.isIn(source) ? Optional.empty() : OnnxFolder.find(source);
      if (onnx.isPresent()) {
        OnnxFolder exported = onnx.get();
        return write(
            String.valueOf(exported.root().getFileName()),
            options,
            (id, folder) -> exported.write(id, folder, progress, cancellation));
      }
      try (Checkpoint checkpoint = Checkpoints.open(source)) {
        return write(
            checkpoint.name(),
            options,
            (id, folder) -> {
              ModelWriter.write(checkpoint, id, options, folder, progress, cancellation);
              if (calibrator.isPresent()) {
                ModelWriter.addCompactCache(folder, calibrator.get(), cancellation);
              }
            });
      }
    } catch (IOException e) {
      throw new ImportException(sentence(source, e), e);
    } catch (CatalogException e) {
      throw new ImportException(String.valueOf(e.getMessage()), e);
    } catch (ArithmeticException e) {
      throw new ImportException(source + ": it announces sizes that are not possible", e);
    }
  }

  /** Writes a model into an empty folder. */
  private interface Writer {
    void write(String id, Path folder) throws ImportException, IOException, CatalogException;
  }

  private ModelManifest write(String name, ImportOptions options, Writer writer)
      throws ImportException, IOException, CatalogException {
    String id = options.id().isEmpty() ? idOf(name) : options.id();
    if (!id.matches("[a-z0-9][a-z0-9._-]{0,79}")) {
      throw new ImportException(
          "'" + id + "' cannot be a model's id: lower-case letters, digits, dots and dashes can");
    }
    Path unfinished = models.resolve(UNFINISHED + id);
    try {
      Files.createDirectory(unfinished);
      writer.write(id, unfinished);
      ModelManifest manifest = ModelFolder.manifest(unfinished);
      replace(unfinished, models.resolve(id));
      return manifest;
    } finally {
      try {
        ModelCatalog.deleteTree(unfinished);
      } catch (IOException left) {
        // The next import removes it.
      }
    }
  }

  /** A folder name made of a file name: {@code SmolLM2-135M-Instruct.Q4_1.gguf} without its end. */
  static String idOf(String source) {
    String bare =
        source
            .toLowerCase(Locale.ROOT)
            .replaceFirst("\\.gguf$", "")
            .replaceAll("[^a-z0-9._-]+", "-");
    return bare.replaceFirst("^[._-]+", "");
  }

  private void removeUnfinished() throws IOException {
    List<Path> left = new ArrayList<>();
    try (Stream<Path> children = Files.list(models)) {
      children
          .filter(child -> String.valueOf(child.getFileName()).startsWith(UNFINISHED))
          .forEach(left::add);
    }
    for (Path folder : left) {
      ModelCatalog.deleteTree(folder);
    }
  }

  /** Puts the new folder in the place of an old one, if there is one. */
  private void replace(Path fresh, Path place) throws IOException {
    Path old = models.resolve(UNFINISHED + "old-" + place.getFileName());
    boolean replaced = Files.exists(place);
    if (replaced) {
      Files.move(place, old);
    }
    try {
      move(fresh, place);
    } catch (IOException e) {
      if (replaced) {
        Files.move(old, place);
      }
      throw e;
    }
    ModelCatalog.deleteTree(old);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }

  private String sentence(Path source, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left") || message.contains("not enough space")) {
      return models + ": the disk is full; free some space and import the model again";
    }
    if (e instanceof FileSystemException failed && failed.getReason() == null) {
      return failed.getFile() + ": it cannot be read or written (" + simpleName(e) + ")";
    }
    return source + ": it could not be imported (" + message + ")";
  }

  private static String simpleName(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "").toLowerCase(Locale.ROOT);
  }
}
