package org.qalam.ui.library;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Shelf;
import org.qalam.document.TextRange;
import org.qalam.exchange.ImportedText;
import org.qalam.search.Hit;
import org.qalam.search.MeaningProgress;
import org.qalam.search.NoteFinder;
import org.qalam.store.DocumentStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/** The list of documents. On the JavaFX thread; the store's work is done on the store's. */
@UiThread
public final class LibraryViewModel {
  /** Documents that are made in one piece of work. */
  private static final int AT_ONCE = 20;

  /** Settings: how the list is sorted, and which folder is shown. */
  public static final String ORDER = "library.order";

  public static final String FOLDER = "library.folder";

  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final Consumer<DocumentId> open;
  private final Consumer<String> problem;
  private final ObservableList<DocumentSummary> all = FXCollections.observableArrayList();
  private final ObservableList<DocumentSummary> shown = FXCollections.observableArrayList();
  private final ReadOnlyBooleanWrapper awaited = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Map<DocumentId, Hit>> hits =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyObjectWrapper<MeaningProgress> meaning =
      new ReadOnlyObjectWrapper<>(MeaningProgress.NOTHING);

  /** Comes often; the JavaFX thread sees the latest only. */
  private final AtomicReference<@Nullable MeaningProgress> meaningSoon = new AtomicReference<>();

  private Optional<NoteFinder> finder = Optional.empty();
  private Optional<Findings> findings = Optional.empty();
  private Consumer<TextRange> reveal = _ -> {};
  private final Arrangement arrangement = new Arrangement();
  private final ReadOnlyIntegerWrapper arrangements = new ReadOnlyIntegerWrapper();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Optional<DocumentId>> current =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<DocumentSummary>> deleted =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /**
   * @param open shows a document
   * @param problem is told a sentence when the store could not do something
   */
  public LibraryViewModel(
      DocumentStore store,
      TaskRunner storeRunner,
      Executor ui,
      Consumer<DocumentId> open,
      Consumer<String> problem) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.ui = ui;
    this.open = open;
    this.problem = problem;
    filter.addListener((_, _, wanted) -> {
      findings.ifPresent(known -> known.ask(wanted));
      choose();
    });
    all.addListener((ListChangeListener<DocumentSummary>) _ -> choose());
  }

  /** From here on the filter finds documents by what is in them too. To be called once. */
  public void searchBy(NoteFinder searched) {
    finder = Optional.of(searched);
    findings = Optional.of(new Findings(searched, ui, this::choose));
    searched.onMeaning(now -> {
      if (meaningSoon.getAndSet(now) == null) {
        ui.execute(this::takeMeaning);
      }
    });
    follow();
  }

  private void takeMeaning() {
    MeaningProgress now = meaningSoon.getAndSet(null);
    if (now != null) {
      boolean wasComplete = meaning.get().isComplete();
      meaning.set(now);
      if (now.isComplete() && !wasComplete) {
        findings.ifPresent(Findings::askAgain);
      }
    }
  }

  /** What changed meanwhile is to be found, and what is found already may have changed. */
  private void follow() {
    finder.ifPresent(found ->
        Delivery.deliver(
            found.follow(List.copyOf(all)).thenApply(_ -> true),
            ui,
            _ -> findings.ifPresent(Findings::askAgain),
            failure -> {
              if (!(failure instanceof CancellationException)) { // as when the window closes
                System.getLogger(LibraryViewModel.class.getName())
                    .log(System.Logger.Level.INFO, "not all documents can be found", failure);
              }
            }));
  }

  /** Those with the words in their titles at once, in the list's order; then what is found. */
  private void choose() {
    String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
    Map<DocumentId, Hit> found = findings.map(Findings::hits).orElse(Map.of());
    hits.set(found);
    awaited.set(findings.map(Findings::isAwaited).orElse(false));
    List<DocumentSummary> chosen = new ArrayList<>();
    Map<DocumentId, DocumentSummary> others = new HashMap<>();
    // What is typed is looked for everywhere.
    boolean isSought = !wanted.isEmpty();
    for (DocumentSummary each : isSought ? List.copyOf(all) : arrangement.arrange(all)) {
      boolean isNamed = each.title().toLowerCase(Locale.ROOT).contains(wanted);
      if (isNamed || (findings.isEmpty() && begins(each, wanted))) {
        chosen.add(each);
      } else {
        others.put(each.id(), each);
      }
    }
    found.keySet().stream().filter(others::containsKey).map(others::get).forEach(chosen::add);
    if (!chosen.equals(List.copyOf(shown))) {
      shown.setAll(chosen);
    }
  }

  private static boolean begins(DocumentSummary summary, String wanted) {
    return summary.preview().toLowerCase(Locale.ROOT).contains(wanted);
  }

  private <T> void ask(Callable<T> work, Consumer<T> then) {
    var _ =
        storeRunner
            .submit(work)
            .whenCompleteAsync(
                (result, failure) -> {
                  if (failure == null) {
                    then.accept(result);
                  } else {
                    problem.accept(String.valueOf(failure.getMessage()));
                  }
                },
                ui);
  }

  /** Reads the list anew. */
  public void refresh() {
    ask(
        () -> new Listing(store.list(), store.shelves()),
        (Listing now) -> {
          boolean isMoved = arrangement.put(now.shelves());
          show(now.documents());
          if (isMoved) {
            arranged();
          }
        });
  }

  private record Listing(List<DocumentSummary> documents, Map<DocumentId, Shelf> shelves) {}

  /** Takes up how the list was arranged. */
  public void arrange(Optional<String> order, Optional<String> folder) {
    order.map(Arrangement.Order::parse).ifPresent(arrangement::sortBy);
    folder.ifPresent(arrangement::show);
    arranged();
  }

  private void arranged() {
    choose();
    arrangements.set(arrangements.get() + 1);
  }

  /** Where a document is kept. */
  Shelf shelf(DocumentSummary document) {
    return arrangement.of(document);
  }

  /** Puts a document somewhere else. */
  void put(DocumentSummary document, Shelf shelf) {
    ask(
        () -> {
          store.putShelf(document.id(), shelf);
          return true;
        },
        _ -> refresh());
  }

  /** Folders, the one that is shown, and the order. */
  Arrangement arrangement() {
    return arrangement;
  }

  /** Sorts the list, now and from now on. */
  void sortBy(Arrangement.Order order) {
    arrangement.sortBy(order);
    keep(ORDER, order.name());
  }

  /** Shows one folder, or with an empty name all documents. */
  void showFolder(String folder) {
    arrangement.show(folder);
    keep(FOLDER, folder);
  }

  private void keep(String setting, String value) {
    arranged();
    ask(
        () -> {
          store.putSetting(setting, value);
          return true;
        },
        _ -> {});
  }

  /** Counts how often the arrangement has changed. */
  ReadOnlyIntegerProperty arrangementsProperty() {
    return arrangements.getReadOnlyProperty();
  }

  private void show(List<DocumentSummary> list) {
    if (!list.equals(List.copyOf(all))) {
      all.setAll(list);
      follow();
    }
  }

  /** Makes a document in the folder that is shown, and opens it. */
  public void create(String title, String text) {
    create(title, text, _ -> {});
  }

  /**
   * The same.
   *
   * @param making hears which one it is, before it is opened
   */
  public void create(String title, String text, Consumer<DocumentId> making) {
    Shelf place = Shelf.NONE.in(arrangement.folder());
    ask(
        () -> made(title, text, place),
        (Document made) -> {
          making.accept(made.id());
          filter.set("");
          refresh();
          open(made.id());
        });
  }

  private Document made(String title, String text, Shelf place) {
    Document made = store.create(title, text);
    if (!place.equals(Shelf.NONE)) {
      store.putShelf(made.id(), place);
    }
    return made;
  }

  /**
   * Makes many documents, each in its folder within the one that is shown, some at a time so that
   * what is written meanwhile is saved, and opens the last.
   */
  public void createAll(List<ImportedText> texts) {
    createAll(texts, arrangement.folder());
  }

  private void createAll(List<ImportedText> texts, String shown) {
    int some = Math.min(AT_ONCE, texts.size());
    ask(
        () -> {
          Optional<DocumentId> last = Optional.empty();
          for (ImportedText text : texts.subList(0, some)) {
            Shelf place = Shelf.NONE.in(shown + "/" + text.folder());
            last = Optional.of(made(text.title(), text.text(), place).id());
          }
          return last;
        },
        (Optional<DocumentId> last) -> {
          if (some < texts.size()) {
            createAll(texts.subList(some, texts.size()), shown);
          } else {
            filter.set("");
            refresh();
            last.ifPresent(this::open);
          }
        });
  }

  /** Opens a document. */
  public void open(DocumentId id) {
    if (!current.get().equals(Optional.of(id))) {
      current.set(Optional.of(id));
      open.accept(id);
    }
  }

  /** Opens what was found, and shows what was looked for in it, also where it is open already. */
  public void openFound(DocumentId id) {
    if (current.get().equals(Optional.of(id))) {
      place(id).ifPresent(reveal);
    } else {
      open(id);
    }
  }

  /** Where in a document is what was looked for; empty where nothing is, or it is in no text. */
  public Optional<TextRange> place(DocumentId id) {
    return Optional.ofNullable(hits.get().get(id)).flatMap(Hit::place);
  }

  /** Who shows a passage of the open document. */
  public void onReveal(Consumer<TextRange> shows) {
    reveal = shows;
  }

  /** Gives a document another title. */
  public void rename(DocumentId id, String title) {
    ask(
        () -> {
          store.rename(id, title.strip());
          return store.list();
        },
        this::show);
  }

  /** Moves a document to the bin; it can be taken back. */
  public void delete(DocumentSummary summary) {
    ask(
        () -> {
          store.delete(summary.id());
          return store.list();
        },
        list -> {
          int place = all.indexOf(summary);
          show(list);
          deleted.set(Optional.of(summary));
          if (current.get().equals(Optional.of(summary.id()))) {
            if (all.isEmpty()) {
              current.set(Optional.empty());
            } else {
              open(all.get(Math.clamp(place, 0, all.size() - 1)).id());
            }
          }
        });
  }

  /** Takes the last deleted document back. */
  public void undoDelete() {
    deleted
        .get()
        .ifPresent(summary -> {
          deleted.set(Optional.empty());
          ask(
              () -> {
                store.undelete(summary.id());
                return store.list();
              },
              list -> {
                show(list);
                open(summary.id());
              });
        });
  }

  /** The offer to take back a deletion is over. */
  public void forgetDeleted() {
    deleted.set(Optional.empty());
  }

  /** Whether what was found for the filter is still to come. */
  public ReadOnlyBooleanProperty awaitedProperty() {
    return awaited.getReadOnlyProperty();
  }

  /** How far documents are read for their meaning; complete where they are not to be. */
  public ReadOnlyObjectProperty<MeaningProgress> meaningProperty() {
    return meaning.getReadOnlyProperty();
  }

  /** What was found for the filter, by document, the best first. */
  public ReadOnlyObjectProperty<Map<DocumentId, Hit>> hitsProperty() {
    return hits.getReadOnlyProperty();
  }

  /** Documents that pass the filter, last changed first. */
  public ObservableList<DocumentSummary> documents() {
    return shown;
  }

  /** All documents. */
  public ObservableList<DocumentSummary> all() {
    return all;
  }

  /** What documents must have in their titles or texts. */
  public StringProperty filterProperty() {
    return filter;
  }

  /** The open document. */
  public ReadOnlyObjectProperty<Optional<DocumentId>> currentProperty() {
    return current.getReadOnlyProperty();
  }

  /** The document that was just deleted and can be taken back. */
  public ReadOnlyObjectProperty<Optional<DocumentSummary>> deletedProperty() {
    return deleted.getReadOnlyProperty();
  }
}
