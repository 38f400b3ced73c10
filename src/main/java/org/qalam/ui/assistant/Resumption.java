package org.qalam.ui.assistant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Interrupted;
import org.qalam.assist.Phase;
import org.qalam.document.DocumentId;
import org.qalam.store.DocumentStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * The request of the open document that ended before all its pieces were answered. What is answered
 * is written every few seconds while the model works, so that it outlasts the program. Confined to
 * the JavaFX thread, except for {@link Keeper}.
 */
@UiThread
final class Resumption {
  private static final String KEY = "unfinished.";

  /** Characters that the store keeps in one place; a passage of 300,000 has room in it. */
  private static final int MOST = 1_000_000;

  /** Fewer answered pieces than this are sooner asked again than offered. */
  private static final int FEWEST = 2;

  private static final long SAVED_EVERY = 10_000_000_000L; // ns

  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final LongSupplier clock;
  private final ReadOnlyObjectWrapper<Optional<Interrupted>> found =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<DocumentId> document = Optional.empty();

  /**
   * @param clock nanoseconds, as {@link System#nanoTime()}
   */
  Resumption(DocumentStore store, TaskRunner storeRunner, Executor ui, LongSupplier clock) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.ui = ui;
    this.clock = clock;
  }

  /** What can be taken up again in the open document. */
  ReadOnlyObjectProperty<Optional<Interrupted>> foundProperty() {
    return found.getReadOnlyProperty();
  }

  /** Another document is open. */
  void open(Optional<DocumentId> next) {
    document = next;
    found.set(Optional.empty());
    next.ifPresent(id ->
        Delivery.deliver(
            storeRunner.submit(() -> store.setting(KEY + id.value()).flatMap(Interrupted::parse)),
            ui,
            kept -> {
              if (document.equals(next) && found.get().isEmpty()) {
                found.set(kept);
              }
            },
            Resumption::log));
  }

  /** Pieces of this request that need not be asked again. */
  Map<String, String> known(AssistRequest request, Optional<String> model) {
    return found
        .get()
        .filter(kept -> kept.isLike(request, model))
        .map(Interrupted::known)
        .orElse(Map.of());
  }

  /** Keeps what is answered of a request that begins now. */
  Keeper keep(AssistRequest request, Optional<String> model, Optional<DocumentId> of) {
    Optional<Interrupted> same = found.get().filter(kept -> isAbout(kept, request, model));
    int least =
        same.isPresent()
            ? FEWEST
            : found.get().map(kept -> kept.answered().size() + 1).orElse(FEWEST);
    return new Keeper(
        request,
        model.orElse(""),
        of,
        same.map(Interrupted::answered).orElse(Map.of()),
        Math.max(FEWEST, least));
  }

  /** Whether a request is the same work, on a passage that may have changed since. */
  private static boolean isAbout(Interrupted kept, AssistRequest request, Optional<String> model) {
    return kept.isLike(request, model) && kept.placeIn(request.text()).isPresent();
  }

  /** A request ended: what is answered of it is offered, or need not be any more. */
  void ended(Keeper keeper, boolean isWhole) {
    if (!isWhole && keeper.isWorthKeeping()) {
      Interrupted kept = keeper.answered();
      if (document.isPresent() && document.equals(keeper.document)) {
        found.set(Optional.of(kept));
      }
      keeper.save(kept);
    } else if (isWhole && (keeper.isSaved() || isAbout(keeper))) {
      if (document.equals(keeper.document)) {
        found.set(Optional.empty());
      }
      keeper.document.ifPresent(this::erase);
    }
  }

  private boolean isAbout(Keeper keeper) {
    return document.equals(keeper.document)
        && found
            .get()
            .filter(kept -> isAbout(kept, keeper.request, Optional.of(keeper.model)))
            .isPresent();
  }

  /** The writer does not want it any more. */
  void forget() {
    found.set(Optional.empty());
    document.ifPresent(this::erase);
  }

  private void erase(DocumentId id) {
    write(id, () -> "");
  }

  /** The value is made on the store's thread. */
  private void write(DocumentId id, Supplier<String> value) {
    Delivery.deliver(
        storeRunner.submit(() -> {
          store.putSetting(KEY + id.value(), value.get());
          return true;
        }),
        ui,
        _ -> {},
        Resumption::log);
  }

  private static void log(Throwable failure) {
    System.getLogger(Resumption.class.getName())
        .log(System.Logger.Level.ERROR, "unfinished work could not be read or kept", failure);
  }

  /** Collects the answers of one request. Hears of phases on the engine's thread. */
  final class Keeper {
    private final AssistRequest request;
    private final String model;
    private final Optional<DocumentId> document;

    private final int least;

    // Guarded by this.
    private final Map<String, String> answered = new LinkedHashMap<>();
    private long last = clock.getAsLong();
    private boolean saved;

    Keeper(
        AssistRequest request,
        String model,
        Optional<DocumentId> document,
        Map<String, String> before,
        int least) {
      this.request = request;
      this.model = model;
      this.document = document;
      this.least = least;
      answered.putAll(before);
    }

    /** Phases for whoever else hears of them. */
    Consumer<Phase> before(Consumer<Phase> next) {
      return phase -> {
        if (phase instanceof Phase.Answered(String piece, String answer)) {
          add(piece, answer);
        } else {
          next.accept(phase);
        }
      };
    }

    private void add(String piece, String answer) {
      Interrupted due;
      synchronized (this) {
        answered.put(piece, answer);
        if (clock.getAsLong() - last < SAVED_EVERY || !isWorthKeeping()) {
          return;
        }
        due = answered();
      }
      save(due);
    }

    private synchronized Interrupted answered() {
      return new Interrupted(
          request.action().id(),
          request.instruction(),
          request.seed(),
          model,
          request.text(),
          answered);
    }

    private void save(Interrupted kept) {
      synchronized (this) {
        last = clock.getAsLong();
        saved = true;
      }
      document.ifPresent(id -> write(id, () -> kept.asJson(MOST)));
    }

    /** Not in the place of other work of which more is done. */
    private synchronized boolean isWorthKeeping() {
      return answered.size() >= least;
    }

    private synchronized boolean isSaved() {
      return saved;
    }
  }
}
