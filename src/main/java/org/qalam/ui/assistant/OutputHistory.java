package org.qalam.ui.assistant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * The outputs of the open document, newest first. What is noted here shows at once and is written
 * on the store's thread; where that fails, it stays on screen and one sentence says so. Confined to
 * the JavaFX thread.
 */
@UiThread
final class OutputHistory {
  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final ObservableList<Output> outputs = FXCollections.observableArrayList();
  private final ObservableList<Output> readOnly = FXCollections.unmodifiableObservableList(outputs);
  private final ReadOnlyObjectWrapper<Optional<String>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<DocumentId> document = Optional.empty();

  OutputHistory(DocumentStore store, TaskRunner storeRunner, Executor ui) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.ui = ui;
  }

  ObservableList<Output> outputs() {
    return readOnly;
  }

  /**
   * One sentence about an output that could not be written or read; an empty one for the
   * unexpected.
   */
  ReadOnlyObjectProperty<Optional<String>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Shows another document's outputs. */
  void open(Optional<DocumentId> next) {
    document = next;
    outputs.clear();
    problem.set(Optional.empty());
    next.ifPresent(id ->
        onStore(
            () -> store.outputs(id),
            found -> {
              if (document.equals(Optional.of(id))) {
                merge(found);
              }
            }));
  }

  /** What came in while the store was being read is newer than what it gave. */
  private void merge(List<Output> found) {
    List<Output> older =
        found.stream()
            .filter(output -> outputs.stream().noneMatch(seen -> seen.id().equals(output.id())))
            .toList();
    outputs.addAll(older);
  }

  void add(Output output) {
    if (document.equals(Optional.of(output.document()))) {
      outputs.removeIf(seen -> seen.id().equals(output.id()));
      outputs.addFirst(output);
    }
    keep(output);
  }

  /** Writes an output that is not shown yet, in place of an earlier state of it. */
  void keep(Output output) {
    onStore(
        () -> {
          store.add(output);
          return true;
        },
        _ -> problem.set(Optional.empty()));
  }

  void setFate(UUID id, Output.Fate fate) {
    outputs.replaceAll(output -> output.id().equals(id) ? withFate(output, fate) : output);
    onStore(
        () -> {
          store.setFate(id, fate);
          return true;
        },
        _ -> {});
  }

  /** Keeps what the writer decided about changes, or about a whole output. */
  void decided(List<Decision> decisions) {
    if (!decisions.isEmpty()) {
      onStore(
          () -> {
            store.note(decisions);
            return true;
          },
          _ -> {});
    }
  }

  private <T> void onStore(Callable<T> work, Consumer<T> then) {
    Delivery.deliver(
        storeRunner.submit(work), ui, then, failure -> problem.set(Optional.of(sentence(failure))));
  }

  private static String sentence(Throwable failure) {
    if (failure instanceof StoreException) {
      return String.valueOf(failure.getMessage());
    }
    System.getLogger(OutputHistory.class.getName())
        .log(System.Logger.Level.ERROR, "history: unexpected error", failure);
    return "";
  }

  private static Output withFate(Output output, Output.Fate fate) {
    return new Output(
        output.id(),
        output.document(),
        output.created(),
        output.action(),
        output.instruction(),
        output.original(),
        output.text(),
        output.model(),
        output.prompt(),
        output.parameters(),
        output.findings(),
        output.promptTokens(),
        output.newTokens(),
        output.seconds(),
        fate);
  }
}
