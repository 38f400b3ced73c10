package org.qalam.convert;

import java.nio.file.Path;
import org.qalam.catalog.ModelManifest;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Makes a model folder of another program's checkpoint. */
@FunctionalInterface
public interface ModelImporter {
  /**
   * Imports a checkpoint into the catalogue's folder; takes seconds to minutes and may be called on
   * any thread but the JavaFX one. Interrupted or cancelled, it leaves nothing half-made.
   *
   * @param source file or folder of the checkpoint
   * @param progress hears of bytes read
   * @return the new model's manifest
   * @throws ImportException with one sentence for people, where it cannot be imported
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  ModelManifest importModel(
      Path source, ImportOptions options, Progress progress, CancellationToken cancellation)
      throws ImportException;
}
