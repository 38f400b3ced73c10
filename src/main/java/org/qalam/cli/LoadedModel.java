package org.qalam.cli;

import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.engine.CacheType;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import picocli.CommandLine.Option;

/** Loads a model for a command that works on its own thread. */
final class LoadedModel {
  private LoadedModel() {}

  /** One thread a core that does arithmetic; the JVM counts two for a core with two threads. */
  static int defaultThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors());
  }

  /** The option of every command that runs a model by itself. */
  static final class Cache {
    @Option(
        names = "--cache",
        defaultValue = "auto",
        description = "Key-value cache: auto, float32 or int8 (a quarter of the memory).")
    private CacheType type = CacheType.AUTO;

    CacheType type() {
      return type;
    }
  }

  /** The installed model of this id, which the caller closes. */
  static LanguageModel load(Services services, String id, int threads, CacheType cacheType)
      throws CatalogException, ModelLoadException {
    InstalledModel model = services.catalog().require(id);
    return services
        .loader(cacheType)
        .load(model.folder(), threads, Progress.NONE, new CancellationToken());
  }
}
