package org.qalam.cli;

import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Loads a model for a command that works on its own thread. */
final class LoadedModel {
  private LoadedModel() {}

  /** One thread a core that does arithmetic; the JVM counts two for a core with two threads. */
  static int defaultThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors());
  }

  /** The installed model of this id, which the caller closes. */
  static LanguageModel load(Services services, String id, int threads)
      throws CatalogException, ModelLoadException {
    InstalledModel model = services.catalog().require(id);
    return services.loader().load(model.folder(), threads, Progress.NONE, new CancellationToken());
  }
}
