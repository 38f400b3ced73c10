package org.qalam.ui.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.exchange.DocumentExport;
import org.qalam.exchange.DocumentFormat;
import org.qalam.exchange.DocumentImport;
import org.qalam.exchange.FolderImport;
import org.qalam.exchange.ImportedFolder;
import org.qalam.exchange.TextExport;
import org.qalam.exchange.UseStatement;
import org.qalam.language.InterfaceLanguage;
import org.qalam.language.NameOrder;
import org.qalam.print.Printers;
import org.qalam.secret.DataKey;
import org.qalam.store.DocumentStore;
import org.qalam.store.Repair;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;
import org.qalam.task.Worker;
import org.qalam.ui.editor.EditorViewModel;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.library.BinViewModel;
import org.qalam.ui.library.LibraryViewModel;
import org.qalam.ui.palette.SwitcherViewModel;
import org.qalam.ui.print.PrintViewModel;
import org.qalam.ui.privacy.BackupViewModel;
import org.qalam.ui.privacy.PrivacyViewModel;
import org.qalam.ui.privacy.UnlockViewModel;
import org.qalam.ui.text.Messages;
import org.qalam.ui.versions.OpenText;
import org.qalam.ui.versions.VersionsViewModel;

/** What the window remembers, opens, imports and exports. On the JavaFX thread. */
@UiThread
public final class WindowViewModel {
  static final String GEOMETRY = "window.geometry";
  static final String THEME = "window.theme";
  static final String ZOOM = "window.zoom";
  static final String LIST = "window.list";
  static final String PANEL = "window.panel";
  static final String KEYS = "window.keys";
  static final String SELECTION_BAR = "window.selection-bar";
  static final String RECENT = "window.recent";
  private static final String DOCUMENT = "window.document";
  private static final String WELCOMED = "window.welcomed";

  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final TaskRunner background;
  private final Executor ui;
  private final EditorViewModel editor;
  private final LibraryViewModel library;
  private final VersionsViewModel versions;
  private final BinViewModel bin;
  private final PrivacyViewModel privacy;
  private final BackupViewModel backup;
  private final PrintViewModel printing;
  private final Worker printer = new Worker("printing");

  /**
   * Whether the keyboard goes to the next document that opens: at the start and to a new one, but
   * not where the writer moves along the list.
   */
  private boolean writing = true;

  /** The new document that was asked for last, once it is made. */
  private Optional<DocumentId> awaited = Optional.empty();

  private Optional<Arrival> arrival = Optional.empty();

  private Consumer<UnlockViewModel> lockedBackup = _ -> {};

  private final ObjectProperty<InterfaceLanguage> language =
      new SimpleObjectProperty<>(InterfaceLanguage.SYSTEM);

  private final Messages messages = Messages.of(WindowViewModel.class);
  private final Map<String, String> settings = new HashMap<>();
  private final ReadOnlyObjectWrapper<Optional<String>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /**
   * @param background for reading and writing files
   */
  public WindowViewModel(
      DocumentStore store,
      TaskRunner storeRunner,
      TaskRunner background,
      Executor ui,
      EditorViewModel editor) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.background = background;
    this.ui = ui;
    this.editor = editor;
    this.library = new LibraryViewModel(store, storeRunner, ui, this::show, this::tell);
    this.versions =
        new VersionsViewModel(store, storeRunner, background, ui, openText(), this::tell);
    this.bin = new BinViewModel(store, storeRunner, ui, this::takeBack, this::tell);
    this.privacy = new PrivacyViewModel(store, storeRunner, ui, InstantSource.system());
    this.backup = new BackupViewModel(store, background, ui, editor::flush);
    this.printing =
        new PrintViewModel(
            Printers.ofThisSystem(),
            printer,
            ui,
            () -> new PrintViewModel.Subject(title(), editor.text()));
    library.onReveal(range -> {
      // While a document is on its way another one's text is shown.
      if (editor.document().getValue().equals(library.currentProperty().get())) {
        editor.select(range);
      }
    });
    editor.onSaved(_ -> library.refresh());
    library
        .currentProperty()
        .addListener((_, _, now) -> {
          if (now.isEmpty()) {
            editor.closeDocument();
          }
        });
  }

  private OpenText openText() {
    return new OpenText() {
      @Override
      public Optional<DocumentId> document() {
        return editor.document().getValue();
      }

      @Override
      public String text() {
        return editor.text();
      }

      @Override
      public CompletableFuture<@Nullable Void> flush() {
        return editor.flush();
      }

      @Override
      public void replace(String text) {
        editor.replaceText(text);
      }

      @Override
      public void createDocument(String text) {
        writing = true;
        library.create("", text);
      }
    };
  }

  private void takeBack(DocumentId id) {
    library.forgetDeleted();
    library.refresh();
    library.open(id);
  }

  /** Versions of the open document. */
  VersionsViewModel versions() {
    return versions;
  }

  /** The window has gone: nothing more is printed than was sent. */
  void letGo() {
    printing.close();
    boolean _ = printer.closeWithin(Duration.ZERO);
  }

  /** The open document on its way to a printer. */
  PrintViewModel printing() {
    return printing;
  }

  /** Deleted documents. */
  BinViewModel bin() {
    return bin;
  }

  /** The passphrase of the notes. */
  public PrivacyViewModel privacy() {
    return privacy;
  }

  /** All documents in one file. */
  BackupViewModel backup() {
    return backup;
  }

  public EditorViewModel editor() {
    return editor;
  }

  public LibraryViewModel library() {
    return library;
  }

  /** What was remembered when the program ended; to be read before the window is shown. */
  public record Remembered(
      Map<String, String> settings, List<DocumentSummary> documents, Optional<Repair> repair) {}

  /** Reads settings, list and what was mended. On the store's thread. */
  public static Remembered remembered(DocumentStore store) {
    Map<String, String> settings = new HashMap<>();
    for (String key :
        List.of(
            GEOMETRY,
            THEME,
            ZOOM,
            LIST,
            PANEL,
            KEYS,
            RECENT,
            SELECTION_BAR,
            DOCUMENT,
            WELCOMED,
            LibraryViewModel.ORDER,
            LibraryViewModel.FOLDER)) {
      store.setting(key).ifPresent(value -> settings.put(key, value));
    }
    return new Remembered(settings, store.list(), store.repair());
  }

  /** Takes up the settings that were remembered. */
  void take(Remembered before) {
    settings.putAll(before.settings());
    library.arrange(setting(LibraryViewModel.ORDER), setting(LibraryViewModel.FOLDER));
  }

  /** Opens the document that was open, or at the very first start one that explains the program. */
  void start(Remembered before, String welcomeTitle, String welcomeText) {
    library.refresh();
    var _ = background.submit(NameOrder::here); // before titles are first sorted
    if (before.documents().isEmpty() && !settings.containsKey(WELCOMED)) {
      put(WELCOMED, "true");
      library.create(welcomeTitle, welcomeText);
      return;
    }
    put(WELCOMED, "true");
    Optional<DocumentId> last =
        before.documents().stream()
            .map(DocumentSummary::id)
            .filter(id -> id.toString().equals(settings.get(DOCUMENT)))
            .findFirst();
    last.or(() -> before.documents().stream().map(DocumentSummary::id).findFirst())
        .ifPresent(library::open);
  }

  /** Others may have been on their way before the new one was asked for. */
  private boolean isAwaited(DocumentId id) {
    return awaited.equals(Optional.of(id));
  }

  private void arrive(DocumentId id) {
    Optional<Runnable> shown = arrival.filter(wanted -> wanted.id().equals(id)).map(Arrival::shown);
    arrival = Optional.empty();
    shown.ifPresentOrElse(Runnable::run, () -> library.place(id).ifPresent(editor::select));
  }

  private void show(DocumentId id) {
    put(DOCUMENT, id.toString());
    boolean toBeWritten = writing;
    writing = false;
    var _ =
        editor
            .open(id)
            .whenCompleteAsync(
                (found, failure) -> {
                  if (failure == null && toBeWritten) {
                    editor.requestFocus();
                  }
                  if (isAwaited(id)) {
                    editor.arrived();
                  }
                  if (Boolean.TRUE.equals(found)
                      && library.currentProperty().get().equals(Optional.of(id))) {
                    arrive(id);
                  }
                  if (failure != null) {
                    tell(sentence(failure));
                  } else if (Boolean.FALSE.equals(found)) {
                    library.refresh();
                  }
                },
                ui);
  }

  /**
   * Opens a document and does something when its text is there.
   *
   * @return false where there is no such document
   */
  public boolean openAt(DocumentId id, Runnable shown) {
    boolean isThere = library.all().stream().anyMatch(each -> each.id().equals(id));
    if (isThere) {
      arrival = Optional.of(new Arrival(id, shown));
      library.open(id);
    }
    return isThere;
  }

  /** What is to be done when a document's text is there, in place of what else would be. */
  private record Arrival(DocumentId id, Runnable shown) {}

  /** The value of a setting. */
  Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** The present keys of all commands, as they were remembered. */
  Keymap keymap() {
    return new Keymap(setting(KEYS).orElse(""), now -> put(KEYS, now));
  }

  /** Keeps a setting. */
  void put(String key, String value) {
    if (value.equals(settings.put(key, value))) {
      return;
    }
    var _ =
        storeRunner.submit(() -> {
          store.putSetting(key, value);
          return true;
        });
  }

  /** Documents to go to by their titles; the open one is there already. */
  SwitcherViewModel switcher() {
    return new SwitcherViewModel(
        () ->
            library.all().stream()
                .filter(
                    document -> !library.currentProperty().get().equals(Optional.of(document.id())))
                .toList(),
        background,
        ui,
        id -> {
          writing = true;
          library.open(id);
        });
  }

  /** Begins a new document. */
  public void create() {
    writing = true;
    editor.expect();
    awaited = Optional.empty();
    library.create("", "", made -> awaited = Optional.of(made));
  }

  /**
   * Makes documents of files and of folders of notes; one that cannot be read does not keep the
   * others out.
   */
  public void importFiles(List<Path> files) {
    for (Path file : files) {
      var _ =
          background
              .submit(() -> read(file))
              .whenCompleteAsync(
                  (ImportedFolder read, Throwable failure) -> {
                    if (failure != null) {
                      tell(sentence(failure));
                    } else {
                      take(read);
                    }
                  },
                  ui);
    }
  }

  private static ImportedFolder read(Path file) {
    return Files.isDirectory(file)
        ? FolderImport.read(file)
        : new ImportedFolder(List.of(DocumentImport.read(file)), 0, List.of());
  }

  private void take(ImportedFolder read) {
    List<String> leftOut = read.leftOut();
    if (!leftOut.isEmpty()) {
      // A long list of what is wrong helps nobody who reads a line above a text.
      tell(String.join(" ", leftOut.subList(Math.max(0, leftOut.size() - 3), leftOut.size())));
    }
    if (!read.texts().isEmpty()) {
      writing = true;
      library.createAll(read.texts());
    }
  }

  /** The language of the interface, as the writer chose it; who opens the window follows it. */
  public ObjectProperty<InterfaceLanguage> languageProperty() {
    return language;
  }

  /** Writes the open text to a file that the writer chose, in the format that its name tells. */
  public void export(Path file) {
    export(file, DocumentFormat.of(file).orElse(DocumentFormat.MARKDOWN), true);
  }

  /**
   * Writes the open text to a file that was chosen in a dialog. Not every system's dialog lets the
   * name follow the format; the dialog has asked about a file of the name it gives, and of no
   * other.
   */
  void exportAs(Path chosen, DocumentFormat asked) {
    DocumentFormat named = DocumentFormat.of(chosen).orElse(asked);
    boolean isFirstName = String.valueOf(chosen.getFileName()).equals(exportName());
    if (DocumentFormat.of(chosen).isPresent() && (named == asked || !isFirstName)) {
      export(chosen, named, true);
      return;
    }
    String name = String.valueOf(chosen.getFileName());
    String stem = isFirstName ? name.substring(0, name.lastIndexOf('.')) : name;
    export(chosen.resolveSibling(stem + asked.suffix()), asked, false);
  }

  /**
   * Writes the open text to a file.
   *
   * @param replace whether the writer agreed to that, where there is such a file
   */
  void export(Path file, DocumentFormat format, boolean replace) {
    String text = editor.text();
    String title = title();
    var _ =
        background
            .submit(() -> DocumentExport.write(title, text, file, format, replace))
            .whenCompleteAsync(
                (_, failure) -> {
                  if (failure != null) {
                    tell(sentence(failure));
                  }
                },
                ui);
  }

  /**
   * Writes how a model was used for the open document to a file that the writer chose.
   *
   * @param actionName a name for people, by an action's id
   */
  public void exportStatement(Path file, UnaryOperator<String> actionName) {
    String title = title();
    library
        .currentProperty()
        .get()
        .ifPresent(id -> {
          var _ =
              storeRunner
                  .submit(() ->
                      UseStatement.of(
                          title,
                          store.outputs(id),
                          store.decisions(id),
                          Locale.getDefault(Locale.Category.FORMAT),
                          ZoneId.systemDefault(),
                          actionName))
                  .thenCompose(text -> background.submit(() -> TextExport.write(text, file, true)))
                  .whenCompleteAsync(
                      (_, failure) -> {
                        if (failure != null) {
                          tell(sentence(failure));
                        }
                      },
                      ui);
        });
  }

  /** Writes every document as a Markdown file into a folder that the writer chose. */
  public void exportAll(Path folder) {
    WholeExport all = new WholeExport(store, storeRunner, background, folder);
    told(
        editor.flush().thenCompose(_ -> all.run()),
        done -> messages.get("export-all.done", done.written(), folder, done.unread()));
  }

  /** Takes over what a backup has and is not here; a passphrase of its own is asked for. */
  public void restore(Path file) {
    Delivery.deliver(
        storeRunner.submit(() -> store.lockOf(file)),
        ui,
        lock ->
            lock.ifPresentOrElse(
                ring ->
                    lockedBackup.accept(
                        new UnlockViewModel(
                            ring, background, ui, (key, _) -> restore(file, Optional.of(key)))),
                () -> restore(file, Optional.empty())),
        failure -> tell(sentence(failure)));
  }

  /** Who asks for the passphrase of a backup. */
  void onLockedBackup(Consumer<UnlockViewModel> ask) {
    lockedBackup = ask;
  }

  private void restore(Path file, Optional<DataKey> key) {
    told(
        storeRunner,
        () -> {
          try {
            return store.restore(file, key);
          } finally {
            key.ifPresent(DataKey::close);
          }
        },
        restored -> {
          library.refresh();
          String done = messages.get("restore.done", restored.added(), restored.versions());
          return restored.isWhole() ? done : messages.get("restore.damaged", done);
        });
  }

  /** Saves, works, and says in one sentence what came of it. */
  private <T> void told(TaskRunner runner, Callable<T> work, Function<T, String> words) {
    told(editor.flush().thenCompose(_ -> runner.submit(work)), words);
  }

  private <T> void told(CompletableFuture<T> work, Function<T, String> words) {
    var _ =
        work.whenCompleteAsync(
            (T result, Throwable failure) ->
                tell(failure == null ? words.apply(result) : sentence(failure)),
            ui);
  }

  /** A name for the file that the open document is exported to. */
  String exportName() {
    return TextExport.fileName(title(), ".md");
  }

  /** The open document's title; empty where none is open. */
  String title() {
    Optional<DocumentId> open = library.currentProperty().get();
    return library.all().stream()
        .filter(summary -> open.equals(Optional.of(summary.id())))
        .map(DocumentSummary::title)
        .findFirst()
        .orElse("");
  }

  /** Says a sentence above the text, and in a dialog that is open, until it is put away. */
  public void tell(String sentence) {
    editor.arrived();
    problem.set(Optional.empty()); // the same one is news, too
    problem.set(Optional.of(sentence));
  }

  /** Puts the sentence away. */
  public void dismissProblem() {
    problem.set(Optional.empty());
  }

  /** A sentence that the writer should read. */
  public ReadOnlyObjectProperty<Optional<String>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Saves everything; ends when it is on disk or with what prevented it. */
  public CompletableFuture<@Nullable Void> flush() {
    return editor.flush();
  }

  private static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
