package org.qalam.app;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.CatalogException.Reason;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelPreparation;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelPreparer;
import org.qalam.machine.Machine;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Lets the engine prepare the writer's models, on the calling thread. */
public final class EnginePreparation implements ModelPreparation {
  private final ModelPreparer preparer;

  /**
   * @param preparer for the key-value cache that the window's models have
   */
  public EnginePreparation(ModelPreparer preparer) {
    this.preparer = preparer;
  }

  @Override
  public Standing standing(InstalledModel model) throws CatalogException {
    if (model.bundled()) {
      return new Standing.Fixed();
    }
    try {
      Optional<ModelPreparer.Need> need = preparer.need(model.folder());
      if (need.isEmpty()) {
        return new Standing.Fixed();
      }
      if (preparer.isPrepared(model.folder())) {
        return new Standing.Prepared(preparer.preparedBytes(model.folder()));
      }
      return new Standing.Unprepared(
          need.get().lasting(),
          need.get().meanwhile(),
          Files.getFileStore(model.folder()).getUsableSpace());
    } catch (ModelLoadException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new CatalogException(
          Reason.FAILED, model.folder() + ": how much of its disk is free cannot be told", e);
    }
  }

  @Override
  public void prepare(InstalledModel model, Progress progress, CancellationToken cancellation)
      throws CatalogException {
    try {
      preparer.prepare(model.folder(), Machine.here().threads(false), progress, cancellation);
    } catch (ModelLoadException e) {
      throw failed(e);
    }
  }

  @Override
  public void undo(InstalledModel model) throws CatalogException {
    try {
      preparer.discard(model.folder());
    } catch (ModelLoadException e) {
      throw failed(e);
    }
  }

  private static CatalogException failed(ModelLoadException e) {
    Reason reason =
        switch (e.reason()) {
          case MISSING_FILE -> Reason.MISSING;
          case CHANGED_FILE -> Reason.CHANGED;
          case UNSUPPORTED -> Reason.UNSUPPORTED;
          case OUT_OF_MEMORY, FAILED -> Reason.FAILED;
        };
    return new CatalogException(reason, String.valueOf(e.getMessage()), e);
  }
}
