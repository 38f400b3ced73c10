package org.qalam.ui.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Assistant;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelPreparation;
import org.qalam.catalog.ModelPreparation.Standing;
import org.qalam.task.CancellationToken;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * Which models are prepared for this machine, and the work of preparing one (0081), one at a time.
 * Confined to the JavaFX thread.
 */
@UiThread
public final class PreparationViewModel {
  private final ModelPreparation preparation;
  private final Assistant assistant;
  private final TaskRunner background;
  private final Executor ui;
  private final Runnable freed;
  private final Function<Throwable, String> sentence;

  private final ObservableMap<String, PreparationState> states =
      FXCollections.observableHashMap(); // by model id
  private final ObservableMap<String, PreparationState> readOnlyStates =
      FXCollections.unmodifiableObservableMap(states);
  private @Nullable InstalledModel busy;
  private CancellationToken cancellation = new CancellationToken();

  /**
   * @param background a thread for the disk and for preparing, seconds to minutes at a time
   * @param ui runs work on the JavaFX thread
   * @param freed hears there that the chosen model is no more in memory
   * @param sentence words for a failure; empty for the unexpected
   */
  PreparationViewModel(
      ModelPreparation preparation,
      Assistant assistant,
      TaskRunner background,
      Executor ui,
      Runnable freed,
      Function<Throwable, String> sentence) {
    this.preparation = preparation;
    this.assistant = assistant;
    this.background = background;
    this.ui = ui;
    this.freed = freed;
    this.sentence = sentence;
  }

  /** Looks how these models stand; one whose folder cannot be read is not offered. */
  void look(List<InstalledModel> models) {
    states.keySet().retainAll(models.stream().map(InstalledModel::id).toList());
    List<InstalledModel> resting = new ArrayList<>(models);
    resting.remove(busy);
    Delivery.deliver(
        background.submit(() -> {
          Map<String, PreparationState> found = new LinkedHashMap<>();
          for (InstalledModel model : resting) {
            found.put(model.id(), standing(model));
          }
          return found;
        }),
        ui,
        found ->
            found.forEach((id, state) -> {
              if (busy == null || !busy.id().equals(id)) {
                states.put(id, state);
              }
            }),
        this::log);
  }

  /** What cannot be looked at is not offered, and that is all that a writer needs to know. */
  private void log(Throwable failure) {
    System.getLogger(PreparationViewModel.class.getName())
        .log(System.Logger.Level.WARNING, "preparing models", failure);
  }

  private PreparationState standing(InstalledModel model) {
    try {
      return state(preparation.standing(model), Optional.empty());
    } catch (CatalogException e) {
      log(e);
      return new PreparationState.Fixed();
    }
  }

  private static PreparationState state(Standing standing, Optional<String> problem) {
    return switch (standing) {
      case Standing.Fixed _ -> new PreparationState.Fixed();
      case Standing.Unprepared disk ->
          new PreparationState.Offered(disk.lasting(), disk.meanwhile(), disk.free(), problem);
      case Standing.Prepared disk -> new PreparationState.Prepared(disk.bytes(), problem);
    };
  }

  /** Prepares a model; a model in memory is freed, and loaded as prepared by the next request. */
  public void prepare(InstalledModel model) {
    CancellationToken own = new CancellationToken();
    LatestFraction progress =
        new LatestFraction(
            ui,
            fraction -> {
              if (states.get(model.id()) instanceof PreparationState.Running now) {
                states.put(model.id(), new PreparationState.Running(fraction, now.cancelling()));
              }
            });
    begin(
        model,
        own,
        new PreparationState.Running(-1, false),
        each -> preparation.prepare(each, progress, own));
  }

  /** Removes what {@link #prepare} added. */
  public void undo(InstalledModel model) {
    begin(model, new CancellationToken(), new PreparationState.Undoing(), preparation::undo);
  }

  /** Stops the preparation under way; the model stays as it was. */
  public void cancel() {
    if (busy != null && states.get(busy.id()) instanceof PreparationState.Running now) {
      cancellation.cancel();
      states.put(busy.id(), new PreparationState.Running(now.fraction(), true));
    }
  }

  /** Stops it where it is about this model. */
  void cancel(InstalledModel model) {
    if (model.equals(busy)) {
      cancel();
    }
  }

  /** Whether some model is being prepared, or rid of it. */
  public boolean isBusy() {
    return busy != null;
  }

  private interface Work {
    void on(InstalledModel model) throws CatalogException;
  }

  private void begin(
      InstalledModel model, CancellationToken own, PreparationState meanwhile, Work work) {
    if (busy != null) {
      return;
    }
    busy = model;
    cancellation = own;
    states.put(model.id(), meanwhile);
    Delivery.deliver(
        // What is mapped cannot be removed everywhere, and preparing takes as much memory as a
        // load.
        free(model)
            .thenCompose(_ ->
                background.submit(() -> {
                  work.on(model);
                  return preparation.standing(model);
                })),
        ui,
        standing -> {
          end(model, state(standing, Optional.empty()));
          Delivery.deliver(free(model), ui, _ -> {}, this::log);
        },
        failure -> failed(model, failure));
  }

  private void failed(InstalledModel model, Throwable failure) {
    Optional<String> problem =
        failure instanceof CancellationException
            ? Optional.empty()
            : Optional.of(sentence.apply(failure));
    Consumer<Throwable> unreadable = _ -> end(model, new PreparationState.Fixed());
    Delivery.deliver(
        background.submit(() -> preparation.standing(model)),
        ui,
        standing -> end(model, state(standing, problem)),
        unreadable);
  }

  private void end(InstalledModel model, PreparationState state) {
    busy = null;
    states.put(model.id(), state);
  }

  /** Frees this model's memory where it is the chosen one. */
  private CompletableFuture<Void> free(InstalledModel model) {
    if (!assistant.model().equals(Optional.of(model.id()))) {
      return CompletableFuture.completedFuture(null);
    }
    return assistant.unload().thenRunAsync(freed, ui);
  }

  /** How each model stands, by its id; those are missing that were not looked at yet. */
  public ObservableMap<String, PreparationState> states() {
    return readOnlyStates;
  }
}
