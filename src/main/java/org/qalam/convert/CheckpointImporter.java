package org.qalam.convert;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.catalog.UnfinishedImports;
import org.qalam.convert.ImportOptions.Offsets;
import org.qalam.task.CancellationToken;

/**
 * Imports checkpoints into a catalogue's folder. The new model is made in a hidden folder beside
 * the others and moved when it is whole, so that nothing half-made is ever seen. An import that was
 * interrupted is gone on with by the next one of the same source (0082).
 */
public final class CheckpointImporter implements ModelImporter {
  /** Bytes of a source up to which reading a prompt counts for more than reading the weights. */
  private static final long SMALL = 256L << 20;

  private final Path models;
  private final Optional<CacheCalibrator> calibrator;
  private final String program;
  private final boolean fastBytes;

  /**
   * Without a key-value cache of bytes, and the same on every machine.
   *
   * @param models the catalogue's folder; made where it is missing
   */
  public CheckpointImporter(Path models) {
    this(models, Optional.empty(), "", false);
  }

  /**
   * The same on every machine.
   *
   * @param models the catalogue's folder; made where it is missing
   * @param calibrator runs each new model once
   */
  public CheckpointImporter(Path models, CacheCalibrator calibrator) {
    this(models, Optional.of(calibrator), "", false);
  }

  /**
   * @param models the catalogue's folder; made where it is missing
   * @param calibrator runs each new model once
   * @param program version of this program, which goes on with no other one's imports
   * @param fastBytes whether the machine multiplies weights of eight bits faster than of four
   */
  public CheckpointImporter(
      Path models, CacheCalibrator calibrator, String program, boolean fastBytes) {
    this(models, Optional.of(calibrator), program, fastBytes);
  }

  private CheckpointImporter(
      Path models, Optional<CacheCalibrator> calibrator, String program, boolean fastBytes) {
    this.models = models;
    this.calibrator = calibrator;
    this.program = program;
    this.fastBytes = fastBytes;
  }

  @Override
  public ModelManifest importModel(
      Path source, ImportOptions options, ImportProgress progress, CancellationToken cancellation)
      throws ImportException {
    if (!Files.exists(source)) {
      throw new ImportException(source + ": there is no such file");
    }
    try {
      Files.createDirectories(models);
      new UnfinishedImports(models).tidy(Instant.now());
      Optional<Path> pack = ModelPack.find(source);
      if (pack.isPresent()) {
        return take(pack.get(), options, progress, cancellation);
      }
      Optional<OnnxFolder> onnx =
          HuggingFaceCheckpoint.isIn(source) ? Optional.empty() : OnnxFolder.find(source);
      if (onnx.isPresent()) {
        return copy(onnx.get(), options, progress, cancellation);
      }
      try (Checkpoint checkpoint = Checkpoints.open(source)) {
        return convert(checkpoint, options, progress, cancellation);
      }
    } catch (IOException e) {
      throw new ImportException(sentence(source, e), e);
    } catch (CatalogException e) {
      throw new ImportException(String.valueOf(e.getMessage()), e);
    } catch (ArithmeticException e) {
      throw new ImportException(source + ": it announces sizes that are not possible", e);
    }
  }

  /** Copying takes no longer than finding out what was copied rightly: it always begins anew. */
  private ModelManifest copy(
      OnnxFolder exported,
      ImportOptions options,
      ImportProgress progress,
      CancellationToken cancellation)
      throws ImportException, IOException, CatalogException {
    String id = id(String.valueOf(exported.root().getFileName()), options);
    try (ImportFolder work = ImportFolder.open(models, id, "copy")) {
      exported.write(id, work.model(), progress, cancellation);
      ModelManifest manifest = ModelFolder.manifest(work.model());
      work.finish();
      return manifest;
    }
  }

  /** A model that Qalam made on another machine. */
  private ModelManifest take(
      Path pack, ImportOptions options, ImportProgress progress, CancellationToken cancellation)
      throws ImportException, IOException, CatalogException {
    ModelManifest manifest = ModelFolder.manifest(pack);
    String id = id(manifest.id(), options);
    if (!id.equals(manifest.id())) {
      throw new ImportException(
          pack + ": a model that Qalam made keeps its id, '" + manifest.id() + "'");
    }
    try (ImportFolder work = ImportFolder.open(models, id, "pack")) {
      ModelPack.copy(pack, manifest, work.model(), progress, cancellation);
      work.finish();
      return manifest;
    }
  }

  private ModelManifest convert(
      Checkpoint checkpoint,
      ImportOptions asked,
      ImportProgress progress,
      CancellationToken cancellation)
      throws ImportException, IOException, CatalogException {
    ImportOptions options = asked.with(offsets(checkpoint, asked));
    String id = id(checkpoint.name(), options);
    String fingerprint = SourceFingerprint.of(checkpoint, options, program);
    try (ImportFolder work = ImportFolder.open(models, id, fingerprint)) {
      try {
        ModelWriter.write(checkpoint, id, options, work, progress, cancellation);
        work.keep(); // whatever comes now, the weights are whole
        if (calibrator.isPresent()) {
          ModelWriter.addCompactCache(work.model(), calibrator.get(), cancellation);
        }
        ModelManifest manifest = ModelFolder.manifest(work.model());
        work.finish();
        return manifest;
      } catch (CancellationException | IOException | Error e) {
        work.keep(); // the source is not to blame
        throw e;
      }
    }
  }

  private Offsets offsets(Checkpoint checkpoint, ImportOptions asked) {
    if (asked.offsets() != Offsets.AUTO) {
      return asked.offsets();
    }
    return fastBytes && checkpoint.bytes() <= SMALL ? Offsets.BYTES : Offsets.COLUMNS;
  }

  private static String id(String name, ImportOptions options) throws ImportException {
    String id = options.id().isEmpty() ? idOf(name) : options.id();
    if (!id.matches("[a-z0-9][a-z0-9._-]{0,79}")) {
      throw new ImportException(
          "'" + id + "' cannot be a model's id: lower-case letters, digits, dots and dashes can");
    }
    return id;
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
