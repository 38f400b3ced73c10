package org.qalam.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.qalam.assist.Assistant;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.engine.CacheType;
import org.qalam.language.InterfaceLanguage;
import org.qalam.machine.Machine;
import org.qalam.proof.LanguageToolChecker;
import org.qalam.search.NoteSearch;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Seal;
import org.qalam.store.Autosave;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.task.Delivery;
import org.qalam.task.ThreadPriority;
import org.qalam.task.UiThread;
import org.qalam.task.Worker;
import org.qalam.ui.actions.OwnActionsViewModel;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.editor.EditorViewModel;
import org.qalam.ui.privacy.UnlockViewModel;
import org.qalam.ui.proof.ProofViewModel;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.window.UnlockWindow;
import org.qalam.ui.window.WindowSession;
import org.qalam.ui.window.WindowView;
import org.qalam.ui.window.WindowViewModel;

/** The window from its start to its end: which parts it is made of, and how they are let go. */
public final class QalamWindow {
  /** Time that closing the window gives to what is still to be saved. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Time after the start in which nothing is computed that can wait. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  /** With less memory, in bytes, notes are found by their words alone: 4 GB as programs see it. */
  private static final long LEAST_MEMORY = 3_500_000_000L;

  private final LiveServices services;
  private final long memory;
  private final Worker storeWorker = new Worker("store");
  private final Worker background = new Worker("background");
  private final Worker comparisons = new Worker("comparisons");
  private final Worker checking = new Worker("checking");

  /** Whether the language model works. */
  private final AtomicBoolean isWriting = new AtomicBoolean();

  /** As it was kept when the documents were opened. */
  private volatile InterfaceLanguage language = InterfaceLanguage.SYSTEM;

  /** Set on the JavaFX thread, before the window is shown. */
  private volatile Optional<NoteSearch> search = Optional.empty();

  /** When everything is loaded anew a while is left for what the writer does. */
  private long openedNanos = System.nanoTime();

  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  public QalamWindow(LiveServices services) {
    this(services, Machine.here().memory());
  }

  /**
   * @param memory of the machine, in bytes: with little of it texts are not checked unless the
   *     writer wants it
   */
  QalamWindow(LiveServices services, long memory) {
    this.services = services;
    this.memory = memory;
    services.putBehindWindow();
  }

  /** Shows the window and returns the program's exit code when it is closed. */
  public int run() {
    return run(() -> {});
  }

  /** The same, and does something as soon as there is a JavaFX thread, on the caller's. */
  int run(Runnable started) {
    Platform.startup(() -> {});
    Platform.setImplicitExit(false);
    Platform.runLater(this::open);
    started.run();
    try {
      return ended.join();
    } finally {
      Platform.exit();
    }
  }

  /** Reads what was remembered and then shows the window, or says why it cannot be shown. */
  @UiThread
  void open() {
    Delivery.deliver(
        storeWorker.submit(() -> {
          language = InterfaceLanguage.kept(services.home());
          language.speak();
          Optional<KeyRing> locked = services.keys();
          return locked.isPresent() ? new Start.Locked(locked.get()) : opened(Optional.empty());
        }),
        Platform::runLater,
        start ->
            guarded(() -> {
              switch (start) {
                case Start.Locked(KeyRing ring) -> ask(ring);
                case Start.Opened opened -> show(new Stage(), opened, Optional.empty(), false);
              }
            }),
        failure -> refuse(new Stage(), failure));
  }

  /** What the program finds when it starts. */
  private sealed interface Start {
    /** Notes under a passphrase. */
    record Locked(KeyRing ring) implements Start {}

    /** Notes that are open. */
    record Opened(DocumentStore store, WindowViewModel.Remembered before) implements Start {}
  }

  /** On the store's thread. */
  private Start.Opened opened(Optional<DataKey> key) {
    DocumentStore store = services.openStore(key);
    return new Start.Opened(store, WindowViewModel.remembered(store));
  }

  /** Asks for the passphrase, and then shows the window. */
  @UiThread
  private void ask(KeyRing ring) {
    Stage stage = new Stage();
    UnlockViewModel model =
        new UnlockViewModel(
            ring,
            storeWorker,
            Platform::runLater,
            (key, byRecovery) ->
                Delivery.deliver(
                    storeWorker.submit(() -> opened(Optional.of(key))),
                    Platform::runLater,
                    opened ->
                        guarded(() -> {
                          show(new Stage(), opened, Optional.of(key), byRecovery);
                          stage.hide();
                        }),
                    failure -> {
                      stage.hide();
                      refuse(new Stage(), failure);
                    }));
    Runnable leave =
        () -> {
          stage.hide();
          Thread.ofPlatform()
              .name("end")
              .start(() -> {
                letGo();
                ended.complete(0);
              });
        };
    UnlockWindow.show(stage, model, UnlockWindow.What.NOTES, leave);
    Interruption.runs(_ -> Platform.runLater(leave));
  }

  /** The exit code, when the window is closed and everything is let go. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  /** Ends without saving; {@link #run} throws the problem. On any thread. */
  void giveUp(RuntimeException problem) {
    letGo();
    ended.completeExceptionally(problem);
  }

  private void letGo() {
    background.close();
    comparisons.close();
    boolean _ = checking.closeWithin(Duration.ZERO); // it may be loading a language, for nobody
    services.close();
    storeWorker.close();
    search.ifPresent(NoteSearch::close); // what it waits for has ended with the store's thread
  }

  @UiThread
  private void show(Stage stage, Start.Opened opened, Optional<DataKey> key, boolean byRecovery) {
    DocumentStore store = opened.store();
    WindowViewModel.Remembered before = opened.before();
    openedNanos = System.nanoTime();
    Assistant assistant = services.assistant();
    EditorViewModel editor =
        new EditorViewModel(
            store, storeWorker, background, Autosave.Time.system(), Platform::runLater);
    WindowViewModel window =
        new WindowViewModel(store, storeWorker, background, Platform::runLater, editor);
    key.ifPresent(known -> window.privacy().opened(known, byRecovery));
    ModelsViewModel models =
        new ModelsViewModel(
            services.catalog(),
            services.importer(),
            new EnginePreparation(services.preparer(CacheType.AUTO)),
            assistant,
            store,
            storeWorker,
            background,
            Platform::runLater);
    AssistantViewModel panel =
        new AssistantViewModel(
            assistant, store, storeWorker, comparisons, editor, models, Platform::runLater);
    panel.workingProperty().addListener((_, _, now) -> isWriting.set(now));
    Consumer<NoteSearch> searchers =
        notes -> {
          window.library().searchBy(notes);
          panel.askNotesBy(notes, window::openAt);
        };
    searchBy(searchers, store, key);
    OwnActionsViewModel ownActions =
        new OwnActionsViewModel(services.ownActions(), store, storeWorker, Platform::runLater);
    ProofViewModel proof =
        new ProofViewModel(
            () -> {
              ThreadPriority.lower(); // of the checking thread, which makes it
              return new LanguageToolChecker(Locale.getDefault());
            },
            store,
            storeWorker,
            checking,
            Platform::runLater,
            memory);
    WindowSession session = new WindowSession(window, panel, models, ownActions, proof, before);
    window
        .privacy()
        .connect(
            changed -> searchAnew(searchers, store, changed),
            () -> lock(stage, session, window, models, store));
    window.languageProperty().set(language);
    window
        .languageProperty()
        .addListener((_, _, chosen) -> {
          if (chosen != language) {
            speak(chosen, stage, session, window, models, store);
          }
        });
    session.show(stage, () -> close(stage, session, models, store));
    // A log-out closes the window as its button does.
    Interruption.runs(_ -> Platform.runLater(() -> close(stage, session, models, store)));
  }

  /** Replaces an index that is sealed otherwise than the notes are now. */
  @UiThread
  private void searchAnew(
      Consumer<NoteSearch> searchers, DocumentStore store, Optional<DataKey> key) {
    Optional<NoteSearch> before = search;
    Thread.ofPlatform()
        .name("search")
        .start(() -> {
          before.ifPresent(NoteSearch::close);
          LiveServices.removeVectors(services.vectors());
          Platform.runLater(() -> searchBy(searchers, store, key));
        });
  }

  /** Finds notes by an index that is sealed as they are. */
  @UiThread
  private void searchBy(
      Consumer<NoteSearch> searchers, DocumentStore store, Optional<DataKey> key) {
    NoteSearch.Source source = ids -> storeWorker.submit(() -> texts(store, ids));
    NoteSearch notes = search(source, key.map(known -> known.seal("search")));
    search = Optional.of(notes);
    searchers.accept(notes);
  }

  private NoteSearch search(NoteSearch.Source source, Optional<Seal> seal) {
    if (memory < LEAST_MEMORY) {
      return new NoteSearch(source);
    }
    long start = openedNanos;
    return new NoteSearch(
        source,
        MiniLmVectors::load,
        MiniLmVectors.NAME,
        services.vectors(),
        seal,
        () -> isWriting.get() || System.nanoTime() - start < QUIET.toNanos());
  }

  /** Those that can be read; of a damaged one the writer hears where it is opened. */
  private static List<Document> texts(DocumentStore store, List<DocumentId> ids) {
    List<Document> texts = new ArrayList<>();
    for (DocumentId id : ids) {
      try {
        store.find(id).ifPresent(texts::add);
      } catch (StoreException e) {
        if (e.reason() == StoreException.Reason.CLOSED) {
          return texts; // the window has gone
        }
        System.getLogger(QalamWindow.class.getName())
            .log(System.Logger.Level.INFO, "a document cannot be searched", e);
      }
    }
    return texts;
  }

  /** Saves, lets go of everything, and ends; a window that cannot save stays open a while. */
  @UiThread
  private void close(
      Stage stage, WindowSession session, ModelsViewModel models, DocumentStore store) {
    stage.setTitle(words("closing"));
    var _ =
        session
            .flush()
            .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, failure) ->
                Platform.runLater(() -> {
                  if (failure == null || session.mayLose(stage)) {
                    stage.hide();
                    models.stopWork();
                    end(store);
                  } else {
                    session.stayOpen(stage);
                  }
                }));
  }

  /** Keeps the language and opens the window anew in it. */
  @UiThread
  private void speak(
      InterfaceLanguage chosen,
      Stage stage,
      WindowSession session,
      WindowViewModel window,
      ModelsViewModel models,
      DocumentStore store) {
    Delivery.deliver(
        storeWorker.submit(() -> {
          chosen.keep(services.home());
          return true;
        }),
        Platform::runLater,
        _ -> lock(stage, session, window, models, store),
        failure -> {
          System.getLogger(QalamWindow.class.getName())
              .log(System.Logger.Level.ERROR, "the language was not kept", failure);
          window.languageProperty().set(language);
          window.tell(Messages.of(WindowView.class).get("language.lost", services.home()));
        });
  }

  /** Saves everything, closes the notes and forgets them, and asks for the passphrase again. */
  @UiThread
  private void lock(
      Stage stage,
      WindowSession session,
      WindowViewModel window,
      ModelsViewModel models,
      DocumentStore store) {
    var _ =
        session
            .flush()
            .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, failure) ->
                Platform.runLater(() -> {
                  // A text that cannot be saved is in the window alone, which stays.
                  if (failure == null && stage.isShowing()) {
                    stage.hide();
                    models.stopWork();
                    window.privacy().forgetKey();
                    forget(store);
                  }
                }));
  }

  private void forget(DocumentStore store) {
    String copied = CopiedText.now();
    Delivery.deliver(
        storeWorker.submit(() -> {
          boolean isOurs = CopiedText.isFrom(store, copied);
          store.close();
          return isOurs;
        }),
        Platform::runLater,
        isOurs -> {
          if (isOurs) {
            CopiedText.remove(copied);
          }
          unloadThenAsk();
        },
        failure -> refuse(new Stage(), failure));
  }

  /** The model and the index have read the notes. */
  private void unloadThenAsk() {
    Thread.ofPlatform()
        .name("lock")
        .start(() -> {
          search.ifPresent(NoteSearch::close);
          search = Optional.empty();
          services.close();
          Platform.runLater(this::open);
        });
  }

  private void end(DocumentStore store) {
    var _ =
        storeWorker
            .submit(() -> {
              store.close();
              return 0;
            })
            .whenComplete((code, failure) -> {
              // A thread of its own: the store's would wait for itself.
              Thread.ofPlatform()
                  .name("end")
                  .start(() -> {
                    letGo();
                    ended.complete(failure == null ? code : 1);
                  });
            });
  }

  /** In the language of now, which may change while the program runs. */
  private static String words(String key) {
    return Messages.of(WindowView.class).get(key);
  }

  /** Says why the window cannot be shown. */
  @UiThread
  private void refuse(Stage stage, Throwable cause) {
    boolean locked =
        cause instanceof StoreException store && store.reason() == StoreException.Reason.LOCKED;
    Label title = new Label(words(locked ? "locked.title" : "failed.title"));
    title.setStyle("-fx-font-size: 17px; -fx-font-weight: bold;");
    Label words = new Label(String.valueOf(cause.getMessage()));
    words.setWrapText(true);
    Button quit = new Button(words("locked.quit"));
    quit.setDefaultButton(true);
    quit.setCancelButton(true);
    quit.setOnAction(_ -> stage.hide());
    VBox box = new VBox(12, title, words, quit);
    box.setPadding(new Insets(22));
    box.setPrefWidth(440);
    stage.setTitle(words("name"));
    stage.setScene(new Scene(box));
    stage.setResizable(false);
    stage.setOnHidden(_ -> {
      letGo();
      ended.complete(1);
    });
    stage.show();
  }
}
