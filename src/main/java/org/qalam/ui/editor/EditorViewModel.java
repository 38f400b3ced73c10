package org.qalam.ui.editor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;
import org.qalam.document.TextSummary;
import org.qalam.store.Autosave;
import org.qalam.store.DocumentStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;
import org.qalam.ui.assistant.TextTarget;

/**
 * The open document: its saving, its words, and its face to the assistant. On the JavaFX thread.
 */
@UiThread
public final class EditorViewModel implements TextTarget {
  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final TaskRunner background;
  private final Executor ui;
  private final Autosave autosave;
  private final Anchors anchors = new Anchors();
  private final ReadOnlyObjectWrapper<Optional<DocumentId>> document =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<TextRange> selection =
      new ReadOnlyObjectWrapper<>(new TextRange(0, 0));
  private final ReadOnlyObjectWrapper<Autosave.State> saving;
  private final ReadOnlyIntegerWrapper words = new ReadOnlyIntegerWrapper();
  private final ReadOnlyIntegerWrapper selectedWords = new ReadOnlyIntegerWrapper();
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper expecting = new ReadOnlyBooleanWrapper();
  private @Nullable Surface surface;
  private Consumer<DocumentId> savedListener = _ -> {};
  private boolean opening;
  private long requests;
  private boolean counting;
  private boolean countAgain;

  /**
   * @param background for counting words
   * @param ui runs what it is given on the JavaFX thread
   */
  public EditorViewModel(
      DocumentStore store,
      TaskRunner storeRunner,
      TaskRunner background,
      Autosave.Time time,
      Executor ui) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.background = background;
    this.ui = ui;
    this.saving = new ReadOnlyObjectWrapper<>(new Autosave.State.Saved(time.now()));
    this.autosave = new Autosave(store, storeRunner, time, state -> ui.execute(() -> saved(state)));
  }

  private void saved(Autosave.State state) {
    saving.set(state);
    if (state instanceof Autosave.State.Saved) {
      document.get().ifPresent(savedListener);
    }
  }

  /** Who hears that the open document was saved. */
  public void onSaved(Consumer<DocumentId> listener) {
    savedListener = listener;
  }

  /** Connects the control; called once by the view. */
  void attach(Surface control) {
    surface = control;
  }

  private Surface surface() {
    if (surface == null) {
      throw new IllegalStateException("the editor has no view yet");
    }
    surface.settle();
    return surface;
  }

  /**
   * Shows a document; what was open is saved first. Ends when the text is there, or when another
   * document was asked for meanwhile.
   */
  public CompletableFuture<Boolean> open(DocumentId id) {
    long request = ++requests;
    return flush()
        .handle((_, _) -> autosave.unsaved(id))
        .thenCompose(unsaved ->
            storeRunner
                .submit(() -> store.find(id).map(document -> ready(document, unsaved)))
                .thenApplyAsync(
                    found -> {
                      if (request == requests) {
                        found.ifPresent(this::show);
                      }
                      return found.isPresent();
                    },
                    ui));
  }

  /** A document that was found, and what is to be shown of it. */
  private record Ready(Document found, Autosave.Text newest, Surface.Page page) {}

  /** A text that could not be saved is newer than the one that was found on the disk. */
  private Ready ready(Document found, Optional<Autosave.Text> unsaved) {
    Autosave.Text newest = unsaved.orElseGet(() -> new Autosave.Text(found.text(), found.caret()));
    return new Ready(found, newest, surface().prepare(newest.text()));
  }

  private void show(Ready ready) {
    remember();
    Document found = ready.found();
    Autosave.Text newest = autosave.unsaved(found.id()).orElse(ready.newest());
    Surface.Page page =
        newest.text().equals(ready.page().text()) ? ready.page() : surface().prepare(newest.text());
    opening = true;
    try {
      document.set(Optional.empty());
      surface().open(page, Math.clamp(newest.caret(), 0, newest.text().length()));
    } finally {
      opening = false;
    }
    anchors.opened(found.id());
    document.set(Optional.of(found.id()));
    open.set(true);
    selectionMoved();
    countWords();
  }

  /**
   * Makes a long text ready away from the JavaFX thread; then tells where the passage that it is to
   * replace is by that time. A document opened meanwhile is left alone.
   */
  void prepare(String text, TextRange passage, BiConsumer<Surface.Page, TextRange> then) {
    Optional<DocumentId> into = document.get();
    if (into.isEmpty()) {
      return;
    }
    Anchor place = anchors.add(into.get(), passage);
    Delivery.deliver(
        storeRunner.submit(() -> surface().prepare(text)),
        ui,
        page -> {
          TextRange now = place.range();
          place.close();
          if (document.get().equals(into)) {
            then.accept(page, now);
          }
        },
        failure ->
            System.getLogger(EditorViewModel.class.getName())
                .log(System.Logger.Level.ERROR, "a text could not be made ready", failure));
  }

  /** A new document is on its way: what is typed until it is there is meant for it. */
  public void expect() {
    expecting.set(true);
  }

  /** The document that was on its way is there, or will not come. */
  public void arrived() {
    expecting.set(false);
  }

  /** Whether what is typed now is meant for a document that is still on its way. */
  public ReadOnlyBooleanProperty expectingProperty() {
    return expecting.getReadOnlyProperty();
  }

  /** Shows nothing. */
  public void closeDocument() {
    requests++;
    remember();
    opening = true;
    try {
      document.set(Optional.empty());
      surface().open(surface().prepare(""), 0);
    } finally {
      opening = false;
    }
    open.set(false);
    countWords();
  }

  /** The control says that its text has changed in one place. */
  void edited(int at, int removed, int inserted) {
    moved(at, removed, inserted);
    textChanged();
  }

  /** The control says where its text has changed; {@link #textChanged} follows. */
  void moved(int at, int removed, int inserted) {
    if (!opening) {
      anchors.edited(at, removed, inserted);
    }
  }

  /** The control says that its text has changed, in however many places. */
  void textChanged() {
    if (!opening) {
      remember();
      countWords();
    }
  }

  /** The control says that caret or selection have moved. */
  void selectionMoved() {
    if (opening) {
      return;
    }
    TextRange now = surface().selection();
    if (!now.equals(selection.get())) {
      selection.set(now);
      selectedWords.set(
          now.isEmpty() || now.length() > 100_000
              ? 0
              : TextSummary.countWords(now.of(surface().text())));
    }
  }

  /** Notes text and caret to be saved. */
  public void remember() {
    if (surface != null && document.get().isPresent()) {
      autosave.changed(document.get().get(), surface.text(), surface.caret());
    }
  }

  /** Saves at once; ends when all is on disk or with what prevented it. */
  public CompletableFuture<@Nullable Void> flush() {
    remember();
    return autosave.flush();
  }

  private void countWords() {
    String text = surface().text();
    empty.set(text.isEmpty());
    if (counting) {
      countAgain = true;
      return;
    }
    counting = true;
    var _ =
        background
            .submit(() -> TextSummary.countWords(text))
            .whenCompleteAsync(
                (count, _) -> {
                  counting = false;
                  if (count != null) {
                    words.set(count);
                  }
                  if (countAgain) {
                    countAgain = false;
                    countWords();
                  }
                },
                ui);
  }

  @Override
  public ObservableValue<Optional<DocumentId>> document() {
    return document.getReadOnlyProperty();
  }

  @Override
  public String text() {
    return surface == null ? "" : surface.text();
  }

  @Override
  public ObservableValue<TextRange> selection() {
    return selection.getReadOnlyProperty();
  }

  @Override
  public Anchor anchor(TextRange range) {
    return anchors.add(
        document.get().orElseThrow(() -> new IllegalStateException("no document is open")), range);
  }

  @Override
  public Anchor place(TextRange range) {
    return anchors.add(
        document.get().orElseThrow(() -> new IllegalStateException("no document is open")),
        range,
        true);
  }

  @Override
  public void replaceAll(List<Replacement> replacements, Runnable then) {
    surface().replaceAll(replacements, then);
  }

  @Override
  public void mark(List<Mark> marks) {
    surface().mark(marks);
  }

  @Override
  public void reveal(Anchor passage) {
    surface().reveal(passage.range());
  }

  @Override
  public void replace(Anchor passage, String text) {
    Surface control = surface();
    TextRange range = passage.range();
    control.replace(range, text, new TextRange(range.start(), range.start() + text.length()));
  }

  /**
   * Puts a text in the place of all of it; what stands alike at both ends stays untouched, and so
   * does what is anchored there. One step to undo.
   */
  public void replaceText(String next) {
    String now = text();
    int shorter = Math.min(now.length(), next.length());
    int head = 0;
    while (head < shorter && now.charAt(head) == next.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && now.charAt(now.length() - 1 - tail) == next.charAt(next.length() - 1 - tail)) {
      tail++;
    }
    head = atCharacter(now, head);
    tail = now.length() - atCharacter(now, now.length() - tail);
    tail = Math.min(tail, shorter - head);
    if (head + tail < now.length() || head + tail < next.length()) {
      surface()
          .replace(
              new TextRange(head, now.length() - tail),
              next.substring(head, next.length() - tail),
              new TextRange(head, head));
    }
  }

  /** Not between the halves of a surrogate pair. */
  private static int atCharacter(String text, int offset) {
    boolean isInside =
        offset > 0
            && offset < text.length()
            && Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset));
    return isInside ? offset - 1 : offset;
  }

  @Override
  public void insertAfter(Anchor passage, String text, boolean inline) {
    Surface control = surface();
    int end = passage.range().end();
    String before = inline ? gap(end, text) : paragraphBreak(end);
    int start = end + before.length();
    boolean followed = !inline && end < text().length() && text().charAt(end) != '\n';
    control.replace(
        new TextRange(end, end),
        before + text + (followed ? "\n\n" : ""),
        new TextRange(start, start + text.length()));
  }

  /** A space where two words would otherwise touch. */
  private String gap(int at, String text) {
    boolean touches =
        at > 0
            && !Character.isWhitespace(text().charAt(at - 1))
            && !text.isEmpty()
            && Character.isLetterOrDigit(text.codePointAt(0));
    return touches ? " " : "";
  }

  /** As many line breaks as a new paragraph needs here. */
  private String paragraphBreak(int at) {
    String before = text().substring(0, at);
    if (before.isBlank() || before.endsWith("\n\n")) {
      return "";
    }
    return before.endsWith("\n") ? "\n" : "\n\n";
  }

  /** Selects a passage of the open text and scrolls there; one that is not in it is let be. */
  public void select(TextRange range) {
    if (surface != null && range.end() <= surface.text().length()) {
      surface.select(range);
    }
  }

  @Override
  public AutoCloseable highlight(Anchor passage) {
    return surface().highlight(passage.range());
  }

  @Override
  public void requestFocus() {
    surface().requestFocus();
  }

  /** How saving stands. */
  public ReadOnlyObjectProperty<Autosave.State> savingProperty() {
    return saving.getReadOnlyProperty();
  }

  /** Words of the whole text, counted behind the keyboard. */
  public ReadOnlyIntegerProperty wordsProperty() {
    return words.getReadOnlyProperty();
  }

  /** Words of the selection, 0 where nothing is selected. */
  public ReadOnlyIntegerProperty selectedWordsProperty() {
    return selectedWords.getReadOnlyProperty();
  }

  /** Whether there is a document to write in; it stays so from one to the next. */
  ReadOnlyBooleanProperty openProperty() {
    return open.getReadOnlyProperty();
  }

  /** Whether the text is empty. */
  public ReadOnlyBooleanProperty emptyProperty() {
    return empty.getReadOnlyProperty();
  }
}
