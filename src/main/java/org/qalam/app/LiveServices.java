package org.qalam.app;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Assistant;
import org.qalam.assist.EngineAssistant;
import org.qalam.assist.OwnActions;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelsPlace;
import org.qalam.cli.Services;
import org.qalam.cli.Version;
import org.qalam.convert.CheckpointImporter;
import org.qalam.convert.ImportException;
import org.qalam.convert.ModelImporter;
import org.qalam.engine.CacheType;
import org.qalam.engine.Engine;
import org.qalam.engine.ModelLoader;
import org.qalam.engine.ModelPreparer;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.engine.onnx.OnnxModelPreparer;
import org.qalam.machine.Machine;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.task.Time;

/**
 * The parts of the program as they are put together, for the window and for commands. Each is made
 * when it is first asked for; {@link #close} ends what was made, on whichever thread.
 */
public final class LiveServices implements Services {
  /** System property with the folder of the models that came with the program. */
  public static final String BUNDLED_MODELS = "qalam.models";

  private final Supplier<Path> folder;
  private final Time time;
  private @Nullable Path home;
  private @Nullable Engine engine;
  private boolean isBehindWindow;

  /**
   * @param folder the data folder, asked for once and made where it is missing
   */
  public LiveServices(Supplier<Path> folder) {
    this(folder, Time.system());
  }

  /**
   * @param time of the engine's idleness
   */
  LiveServices(Supplier<Path> folder, Time time) {
    this.folder = folder;
    this.time = time;
  }

  @Override
  public synchronized Path home() {
    Path known = home;
    if (known == null) {
      known = DataFolder.create(folder.get());
      home = known;
    }
    return known;
  }

  @Override
  public ModelCatalog catalog() {
    return new ModelCatalog(ModelsPlace.of(home()), bundledModels());
  }

  @Override
  public ModelImporter importer() {
    ModelsPlace place = ModelsPlace.of(home()); // models may be moved before the next import
    return (source, options, progress, cancellation) -> {
      try {
        return new CheckpointImporter(
                place.require(),
                new EngineCalibrator(),
                Version.number(),
                Machine.here().multipliesBytesFast())
            .importModel(source, options, progress, cancellation);
      } catch (CatalogException e) {
        throw new ImportException(String.valueOf(e.getMessage()), e);
      }
    };
  }

  @Override
  public ModelLoader loader(CacheType cacheType) {
    return new OnnxModelLoader(cacheType);
  }

  @Override
  public ModelPreparer preparer(CacheType cacheType) {
    return new OnnxModelPreparer(cacheType);
  }

  @Override
  public synchronized Engine engine() {
    Engine made = engine;
    if (made == null) {
      WorkerEngine worker = new WorkerEngine(loader(CacheType.AUTO), Machine.here()::threads, time);
      if (isBehindWindow) {
        var _ = worker.giveWay();
      }
      made = worker;
      engine = made;
    }
    return made;
  }

  /** The engine that is made after this gives way to the window's threads. */
  synchronized void putBehindWindow() {
    isBehindWindow = true;
  }

  @Override
  public Assistant assistant() {
    return new EngineAssistant(engine(), ownActions());
  }

  /** The writer's own actions. */
  OwnActions ownActions() {
    return OwnActions.in(home());
  }

  @Override
  public DocumentStore openStore() {
    return H2DocumentStore.open(home());
  }

  @Override
  public synchronized void close() {
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }

  private static List<Path> bundledModels() {
    String folder = System.getProperty(BUNDLED_MODELS, "");
    return folder.isBlank() ? List.of() : List.of(Path.of(folder));
  }
}
