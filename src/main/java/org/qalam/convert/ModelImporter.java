package org.qalam.convert;

import java.nio.file.Path;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;

/** Makes a model folder of another program's checkpoint. */
@FunctionalInterface
public interface ModelImporter {
  /**
   * Imports a checkpoint into the catalogue's folder; takes seconds to minutes and may be called on
   * any thread but the JavaFX one. Interrupted or cancelled, it leaves no half-made model, but what
   * the next import of the same source with the same options goes on with.
   *
   * @param source file or folder of the checkpoint
   * @param options also name the model; two imports of one name at a time are not possible
   * @param progress hears of bytes read
   * @return the new model's manifest
   * @throws ImportException with one sentence for people, where it cannot be imported
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  ModelManifest importModel(
      Path source, ImportOptions options, ImportProgress progress, CancellationToken cancellation)
      throws ImportException;
}
