package org.qalam.ui.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.qalam.assist.Assistant;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelsPlace;
import org.qalam.task.CancellationToken;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * The folder of the writer's models: where it is, moving it, and copying a model to be carried to
 * another machine. One thing at a time. Confined to the JavaFX thread; the disk is worked with
 * elsewhere.
 */
@UiThread
public final class PlaceViewModel {
  /** What came of something. */
  sealed interface Outcome {
    /** Models are kept in another folder now. */
    record Moved(ModelsPlace.Moved result) implements Outcome {}

    /** A model lies in a folder, to be carried. */
    record Copied(String name, Path folder) implements Outcome {}

    /**
     * Nothing was done.
     *
     * @param sentence why; empty for the unexpected
     */
    record Failed(String sentence) implements Outcome {}
  }

  private final ModelCatalog catalog;
  private final Assistant assistant;
  private final TaskRunner background;
  private final Executor ui;
  private final Runnable moved;
  private final Function<Throwable, String> sentence;
  private final ReadOnlyObjectWrapper<PlaceState> state;
  private final ReadOnlyObjectWrapper<Optional<Outcome>> outcome =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private CancellationToken token = new CancellationToken();

  /** What the disk was like when it was looked at last. */
  private PlaceState last;

  /**
   * @param background a thread for the disk, on which models are imported too
   * @param moved is told when models are somewhere else
   * @param sentence what an error says
   */
  PlaceViewModel(
      ModelCatalog catalog,
      Assistant assistant,
      TaskRunner background,
      Executor ui,
      Runnable moved,
      Function<Throwable, String> sentence) {
    this.catalog = catalog;
    this.assistant = assistant;
    this.background = background;
    this.ui = ui;
    this.moved = moved;
    this.sentence = sentence;
    last = new PlaceState.Still(catalog.place().usual(), true, Optional.empty());
    state = new ReadOnlyObjectWrapper<>(last);
  }

  /** Looks at the disk. */
  void look() {
    Delivery.deliver(
        background.submit(this::still),
        ui,
        found -> {
          last = found;
          if (!isBusy()) {
            state.set(found);
          }
        },
        failure -> outcome.set(Optional.of(new Outcome.Failed(sentence.apply(failure)))));
  }

  private PlaceState.Still still() {
    ModelsPlace place = catalog.place();
    Path folder = place.folder();
    return new PlaceState.Still(folder, folder.equals(place.usual()), place.missing());
  }

  /** Whether the folder can be changed at all. */
  boolean isMovable() {
    return catalog.place().isMovable();
  }

  boolean isBusy() {
    return state.get() instanceof PlaceState.Running;
  }

  /** Moves all models to another folder; what is in memory is freed first. */
  void move(Path to) {
    run(
        true,
        assistant.unload(),
        progress -> () -> new Outcome.Moved(catalog.place().move(to, progress, token())));
  }

  /** Moves them back into the data folder. */
  void moveBack() {
    move(catalog.place().usual());
  }

  /** Copies a model into a folder, to be carried. */
  void copy(InstalledModel model, Path into) {
    run(
        false,
        CompletableFuture.completedFuture(null),
        progress ->
            () ->
                new Outcome.Copied(
                    model.manifest().name(), ModelCatalog.copy(model, into, progress, token())));
  }

  private synchronized CancellationToken token() {
    return token;
  }

  private void run(
      boolean isMove,
      CompletableFuture<?> before,
      Function<LatestFraction, Callable<Outcome>> work) {
    if (isBusy()) {
      return;
    }
    synchronized (this) {
      token = new CancellationToken();
    }
    outcome.set(Optional.empty());
    state.set(new PlaceState.Running(isMove, -1, false));
    LatestFraction progress =
        new LatestFraction(
            ui,
            fraction -> {
              if (state.get() instanceof PlaceState.Running now) {
                state.set(new PlaceState.Running(isMove, fraction, now.cancelling()));
              }
            });
    Delivery.deliver(
        before.thenCompose(_ -> background.submit(work.apply(progress))),
        ui,
        done -> ended(isMove, Optional.of(done)),
        failure ->
            ended(
                isMove,
                failure instanceof CancellationException
                    ? Optional.empty()
                    : Optional.of(new Outcome.Failed(sentence.apply(failure)))));
  }

  private void ended(boolean isMove, Optional<Outcome> done) {
    state.set(last);
    outcome.set(done);
    look();
    if (isMove) {
      moved.run();
    }
  }

  /** Stops what is under way; all is as it was before then. */
  void cancel() {
    if (state.get() instanceof PlaceState.Running now) {
      token().cancel();
      state.set(new PlaceState.Running(now.isMove(), now.fraction(), true));
    }
  }

  ReadOnlyObjectProperty<PlaceState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What came of the last thing; empty where it was cancelled. */
  ReadOnlyObjectProperty<Optional<Outcome>> outcomeProperty() {
    return outcome.getReadOnlyProperty();
  }
}
