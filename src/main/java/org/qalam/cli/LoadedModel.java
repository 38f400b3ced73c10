package org.qalam.cli;

import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.engine.CacheType;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.machine.Machine;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import picocli.CommandLine.Option;

/** Loads a model for a command that works on its own thread. */
final class LoadedModel {
  private LoadedModel() {}

  /** One thread a core, as in the window where it does not spare the battery (0079). */
  static int defaultThreads() {
    return Machine.here().threads(false);
  }

  /** As many as were asked for; 0 or fewer take the default. */
  static int threads(int asked) {
    return asked > 0 ? asked : defaultThreads();
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
