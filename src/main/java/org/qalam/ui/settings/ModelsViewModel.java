package org.qalam.ui.settings;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.AssistException;
import org.qalam.assist.Assistant;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelManifest;
import org.qalam.catalog.ModelPreparation;
import org.qalam.catalog.UnfinishedImport;
import org.qalam.convert.ImportException;
import org.qalam.convert.ImportOptions;
import org.qalam.convert.ModelImporter;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * The models on this machine: which there are, which one is chosen, whether it is in memory, and
 * whether model features are on at all. Confined to the JavaFX thread; disk and engine work
 * elsewhere.
 */
@UiThread
public final class ModelsViewModel {
  /** Setting: id of the chosen model. */
  public static final String CHOSEN_SETTING = "assistant.model";

  /** Setting: {@code false} switches all model features off. */
  public static final String ENABLED_SETTING = "assistant.enabled";

  private final ModelCatalog catalog;
  private final ModelImporter importer;
  private final Assistant assistant;
  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final TaskRunner background;
  private final Executor ui;

  private final ObservableList<InstalledModel> models = FXCollections.observableArrayList();
  private final ObservableList<InstalledModel> readOnlyModels =
      FXCollections.unmodifiableObservableList(models);
  private final ObservableList<UnfinishedImport> unfinished = FXCollections.observableArrayList();
  private final ObservableList<UnfinishedImport> readOnlyUnfinished =
      FXCollections.unmodifiableObservableList(unfinished);
  private final ReadOnlyObjectWrapper<Optional<InstalledModel>> chosen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper enabled = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper(false);
  private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(false);
  private final CompletableFuture<@Nullable Void> looked = new CompletableFuture<>();
  private final ReadOnlyObjectWrapper<ImportState> importState =
      new ReadOnlyObjectWrapper<>(new ImportState.Ready());
  private final ReadOnlyObjectWrapper<Optional<String>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ThriftViewModel thrift;
  private final PreparationViewModel preparation;
  private final PlaceViewModel place;
  private @Nullable CancellationToken importing;

  /**
   * @param storeRunner the store's thread
   * @param background a thread for imports, for preparing models and for looking at the disk,
   *     seconds to minutes at a time
   * @param ui runs work on the JavaFX thread
   */
  public ModelsViewModel(
      ModelCatalog catalog,
      ModelImporter importer,
      ModelPreparation preparation,
      Assistant assistant,
      DocumentStore store,
      TaskRunner storeRunner,
      TaskRunner background,
      Executor ui) {
    this.catalog = catalog;
    this.importer = importer;
    this.assistant = assistant;
    this.store = store;
    this.storeRunner = storeRunner;
    this.background = background;
    this.ui = ui;
    this.thrift = new ThriftViewModel(assistant, store, storeRunner, ui, this::report);
    this.preparation =
        new PreparationViewModel(
            preparation,
            assistant,
            background,
            ui,
            () -> loaded.set(false),
            ModelsViewModel::sentence);
    this.place =
        new PlaceViewModel(
            catalog, assistant, background, ui, this::refresh, ModelsViewModel::sentence);
    assistant.onIdleUnload(() -> ui.execute(() -> loaded.set(false)));
  }

  /**
   * Reads the settings and the catalogue, and chooses the model of the last time. What abandoned
   * imports left is cleared away.
   */
  public void start() {
    thrift.start();
    Delivery.deliver(
        background.submit(() -> {
          catalog.unfinished().tidy(Instant.now());
          return true;
        }),
        ui,
        _ -> {},
        this::report);
    Delivery.deliver(
        storeRunner.submit(() ->
            new Remembered(
                !store.setting(ENABLED_SETTING).equals(Optional.of("false")),
                store.setting(CHOSEN_SETTING))),
        ui,
        remembered -> {
          enabled.set(remembered.enabled());
          place.look();
          refresh(remembered.model());
        },
        failure -> {
          report(failure);
          refresh(Optional.empty());
        });
  }

  /** Looks at the disk again. */
  public void refresh() {
    refresh(chosen.get().map(InstalledModel::id));
  }

  private void refresh(Optional<String> wanted) {
    Delivery.deliver(
        background.submit(this::look),
        ui,
        found -> {
          show(found, wanted);
          becomeReady();
        },
        failure -> {
          report(failure);
          becomeReady();
        });
  }

  private void becomeReady() {
    ready.set(true);
    looked.complete(null);
  }

  private OnDisk look() {
    return new OnDisk(catalog.list(), catalog.unfinished().list());
  }

  private void show(OnDisk disk, Optional<String> wanted) {
    List<InstalledModel> found = disk.models();
    // Setting the same again would have every view of them built anew.
    if (!unfinished.equals(disk.unfinished())) {
      unfinished.setAll(disk.unfinished());
    }
    if (!models.equals(found)) {
      models.setAll(found);
    }
    preparation.look(found);
    Optional<InstalledModel> model =
        found.stream()
            .filter(candidate -> wanted.equals(Optional.of(candidate.id())))
            .findFirst()
            .or(() -> found.stream().findFirst());
    if (model.isEmpty()) {
      chosen.set(Optional.empty());
      loaded.set(false);
    } else if (!model.equals(chosen.get()) || !assistant.model().equals(wanted)) {
      use(model.get());
    }
  }

  /** Takes this model for the next requests, also after the next start. */
  public void choose(InstalledModel model) {
    if (chosen.get().equals(Optional.of(model))) {
      return;
    }
    use(model);
    remember(CHOSEN_SETTING, model.id());
  }

  private void use(InstalledModel model) {
    // First: who hears of the choice asks the assistant about it.
    CompletableFuture<Void> used = assistant.use(model.id(), model.folder());
    chosen.set(Optional.of(model));
    loaded.set(false);
    problem.set(Optional.empty());
    Delivery.deliver(used, ui, _ -> {}, this::report);
  }

  /** Removes one of the writer's own models from the disk; one in use is freed first. */
  public void remove(InstalledModel model) {
    preparation.cancel(model);
    boolean isChosen = chosen.get().equals(Optional.of(model));
    CompletableFuture<?> freed =
        isChosen ? assistant.unload() : CompletableFuture.completedFuture(null);
    Delivery.deliver(
        freed.thenCompose(_ ->
            background.submit(() -> {
              catalog.remove(model);
              return look();
            })),
        ui,
        found -> {
          problem.set(Optional.empty());
          show(found, isChosen ? Optional.empty() : chosen.get().map(InstalledModel::id));
        },
        failure -> {
          report(failure);
          refresh();
        });
  }

  /** Removes what an interrupted import left. */
  public void remove(UnfinishedImport left) {
    Delivery.deliver(
        background.submit(() -> catalog.unfinished().remove(left.id())),
        ui,
        _ -> refresh(),
        failure -> {
          report(failure);
          refresh();
        });
  }

  /**
   * Imports a checkpoint, a file or a folder, and chooses the new model; one at a time. It goes on
   * with an import of the same that was interrupted.
   */
  public void add(Path source) {
    if (importing != null) {
      return;
    }
    CancellationToken cancellation = new CancellationToken();
    importing = cancellation;
    Path name = source.getFileName();
    String file = name == null ? source.toString() : name.toString();
    importState.set(new ImportState.Running(file, -1, false));
    LatestFraction progress =
        new LatestFraction(
            ui,
            fraction -> {
              if (importState.get() instanceof ImportState.Running running) {
                importState.set(new ImportState.Running(file, fraction, running.cancelling()));
              }
            });
    Delivery.deliver(
        background.submit(() ->
            importer.importModel(source, ImportOptions.DEFAULT, progress::report, cancellation)),
        ui,
        this::imported,
        this::importFailed);
  }

  private void imported(ModelManifest manifest) {
    importing = null;
    importState.set(new ImportState.Done(manifest.name()));
    remember(CHOSEN_SETTING, manifest.id());
    refresh(Optional.of(manifest.id()));
  }

  private void importFailed(Throwable failure) {
    importing = null;
    importState.set(
        failure instanceof CancellationException
            ? new ImportState.Ready()
            : new ImportState.Failed(sentence(failure)));
    refresh(); // it may have left something to go on with
  }

  /** Stops the import under way; what is done stays, to be gone on with or removed. */
  public void cancelImport() {
    if (importing != null && importState.get() instanceof ImportState.Running running) {
      importing.cancel();
      importState.set(new ImportState.Running(running.file(), running.fraction(), true));
    }
  }

  /** Puts away what is said about the last import. */
  public void dismissImport() {
    if (importing == null) {
      importState.set(new ImportState.Ready());
    }
  }

  /** Switches all model features on or off; off frees the model's memory. */
  public void setEnabled(boolean on) {
    if (on == enabled.get()) {
      return;
    }
    enabled.set(on);
    remember(ENABLED_SETTING, String.valueOf(on));
    if (!on) {
      free();
    }
  }

  /** Frees the model's memory; the next request loads it again. */
  public void free() {
    Delivery.deliver(assistant.unload(), ui, _ -> loaded.set(false), this::report);
  }

  /** Hears from the panel that the model is in memory now. */
  public void noteLoaded() {
    loaded.set(true);
  }

  private void remember(String key, String value) {
    Delivery.deliver(
        storeRunner.submit(() -> {
          store.putSetting(key, value);
          return true;
        }),
        ui,
        _ -> {},
        this::report);
  }

  private void report(Throwable failure) {
    problem.set(Optional.of(sentence(failure)));
  }

  /** What Qalam's own errors say; empty for others, which are logged. */
  private static String sentence(Throwable failure) {
    if (failure instanceof ImportException
        || failure instanceof AssistException
        || failure instanceof CatalogException
        || failure instanceof StoreException) {
      return String.valueOf(failure.getMessage());
    }
    System.getLogger(ModelsViewModel.class.getName())
        .log(System.Logger.Level.ERROR, "models: unexpected error", failure);
    return "";
  }

  /** How the model spares the machine. */
  ThriftViewModel thrift() {
    return thrift;
  }

  /** Where the writer's models are kept. */
  PlaceViewModel place() {
    return place;
  }

  /** Which models are prepared for this machine, and the work of preparing one. */
  PreparationViewModel preparation() {
    return preparation;
  }

  /** Stops what the background thread does for models; for the window's end. */
  public void stopWork() {
    cancelImport();
    preparation.cancel();
    place.cancel();
  }

  /** All models, the writer's own first. */
  public ObservableList<InstalledModel> models() {
    return readOnlyModels;
  }

  /** What interrupted imports left, to be gone on with by adding the same again. */
  public ObservableList<UnfinishedImport> unfinished() {
    return readOnlyUnfinished;
  }

  /** The model of the next requests; empty where there is none. */
  public ReadOnlyObjectProperty<Optional<InstalledModel>> chosenProperty() {
    return chosen.getReadOnlyProperty();
  }

  /** Whether model features are on. */
  public ReadOnlyBooleanProperty enabledProperty() {
    return enabled.getReadOnlyProperty();
  }

  /** Whether the chosen model is in memory, as far as is known. */
  public ReadOnlyBooleanProperty loadedProperty() {
    return loaded.getReadOnlyProperty();
  }

  /** Whether the disk was looked at once; before that nobody knows whether there is a model. */
  public ReadOnlyBooleanProperty readyProperty() {
    return ready.getReadOnlyProperty();
  }

  /**
   * Ends on the JavaFX thread when the disk was looked at once and the model of the last time, if
   * there is one, is the one that requests go to.
   */
  public CompletableFuture<@Nullable Void> looked() {
    return looked.copy();
  }

  /** What is going on with adding a model. */
  public ReadOnlyObjectProperty<ImportState> importStateProperty() {
    return importState.getReadOnlyProperty();
  }

  /** One sentence about what went wrong last; an empty one for the unexpected. */
  public ReadOnlyObjectProperty<Optional<String>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  private record OnDisk(List<InstalledModel> models, List<UnfinishedImport> unfinished) {}

  private record Remembered(boolean enabled, Optional<String> model) {}
}
