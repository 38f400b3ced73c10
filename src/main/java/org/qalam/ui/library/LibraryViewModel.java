package org.qalam.ui.library;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.store.DocumentStore;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/** The list of documents. On the JavaFX thread; the store's work is done on the store's. */
@UiThread
public final class LibraryViewModel {
  /** Documents that are made in one piece of work. */
  private static final int AT_ONCE = 20;

  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final Consumer<DocumentId> open;
  private final Consumer<String> problem;
  private final ObservableList<DocumentSummary> all = FXCollections.observableArrayList();
  private final FilteredList<DocumentSummary> shown = new FilteredList<>(all);
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
      String lower = wanted.strip().toLowerCase(Locale.ROOT);
      shown.setPredicate(summary ->
          summary.title().toLowerCase(Locale.ROOT).contains(lower)
              || summary.preview().toLowerCase(Locale.ROOT).contains(lower));
    });
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
    ask(store::list, this::show);
  }

  private void show(List<DocumentSummary> list) {
    if (!list.equals(List.copyOf(all))) {
      all.setAll(list);
    }
  }

  /** Makes a document and opens it. */
  public void create(String title, String text) {
    ask(
        () -> store.create(title, text),
        (Document made) -> {
          filter.set("");
          refresh();
          open(made.id());
        });
  }

  /**
   * Makes many documents, some at a time so that what is written meanwhile is saved, and opens the
   * last.
   *
   * @param texts titles with their texts
   */
  public void createAll(List<Map.Entry<String, String>> texts) {
    int some = Math.min(AT_ONCE, texts.size());
    ask(
        () -> {
          Optional<DocumentId> last = Optional.empty();
          for (Map.Entry<String, String> text : texts.subList(0, some)) {
            last = Optional.of(store.create(text.getKey(), text.getValue()).id());
          }
          return last;
        },
        (Optional<DocumentId> last) -> {
          if (some < texts.size()) {
            createAll(texts.subList(some, texts.size()));
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

  /** Documents that pass the filter, last changed first. */
  public ObservableList<DocumentSummary> documents() {
    return shown;
  }

  /** All documents. */
  public ObservableList<DocumentSummary> all() {
    return all;
  }

  /** What titles and beginnings must contain. */
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
