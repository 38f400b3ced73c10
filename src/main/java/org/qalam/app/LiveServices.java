package org.qalam.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
import org.qalam.search.NoteSearch;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Seal;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.store.h2.Protection;
import org.qalam.task.Time;

/**
 * The parts of the program as they are put together, for the window and for commands. Each is made
 * when it is first asked for; {@link #close} ends what was made, on whichever thread.
 */
public final class LiveServices implements Services {
  /** System property with the folder of the models that came with the program. */
  public static final String BUNDLED_MODELS = "qalam.models";

  private final Supplier<Path> folder;
  private final Function<KeyRing, DataKey> unlock;
  private final Time time;
  private @Nullable Path home;
  private @Nullable Engine engine;
  private boolean isBehindWindow;

  /** Of the documents that were opened last. */
  private volatile Optional<Seal> searchSeal = Optional.empty();

  /** Without anybody who could be asked for a passphrase. */
  public LiveServices(Supplier<Path> folder) {
    this(folder, LiveServices::refuse, Time.system());
  }

  private static DataKey refuse(KeyRing ring) {
    throw new StoreException(
        StoreException.Reason.SEALED, "The notes are locked with a passphrase.");
  }

  /**
   * @param folder the data folder, asked for once and made where it is missing
   * @param unlock asks for the passphrase where a command needs documents that are locked
   */
  public LiveServices(Supplier<Path> folder, Function<KeyRing, DataKey> unlock) {
    this(folder, unlock, Time.system());
  }

  /**
   * @param time of the engine's idleness
   */
  LiveServices(Supplier<Path> folder, Time time) {
    this(folder, LiveServices::refuse, time);
  }

  LiveServices(Supplier<Path> folder, Function<KeyRing, DataKey> unlock, Time time) {
    this.folder = folder;
    this.unlock = unlock;
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
    return openStore(keys().map(unlock));
  }

  @Override
  public Optional<KeyRing> keys() {
    return Protection.of(home());
  }

  @Override
  public DocumentStore openStore(Optional<DataKey> key) {
    searchSeal = key.map(known -> known.seal("search"));
    return key.isPresent() ? H2DocumentStore.open(home(), key.get()) : H2DocumentStore.open(home());
  }

  /** Removes what is kept of what notes mean; it is computed anew. */
  static void removeVectors(Path vectors) {
    try {
      Files.deleteIfExists(vectors);
    } catch (IOException e) {
      System.getLogger(LiveServices.class.getName())
          .log(System.Logger.Level.WARNING, "vectors cannot be removed", e);
    }
  }

  /** Where what documents mean is kept. */
  Path vectors() {
    return home().resolve("search").resolve("vectors");
  }

  @Override
  public NoteSearch search(NoteSearch.Source source, boolean byMeaning) {
    return byMeaning && Files.exists(vectors())
        ? NoteSearch.withKept(
            source, MiniLmVectors::load, MiniLmVectors.NAME, vectors(), searchSeal)
        : new NoteSearch(source);
  }

  @Override
  public synchronized void close() {
    searchSeal = Optional.empty();
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
