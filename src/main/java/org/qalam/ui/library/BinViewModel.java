package org.qalam.ui.library;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.qalam.document.DeletedDocument;
import org.qalam.document.DocumentId;
import org.qalam.store.Bin;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/** The deleted documents. On the JavaFX thread; the store's work is done on the store's. */
@UiThread
public final class BinViewModel {
  private final Bin store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final Consumer<DocumentId> restored;
  private final Consumer<String> problem;
  private final ObservableList<DeletedDocument> documents = FXCollections.observableArrayList();

  /**
   * @param restored is told which document came back
   * @param problem is told a sentence when the store could not do something
   */
  public BinViewModel(
      Bin store,
      TaskRunner storeRunner,
      Executor ui,
      Consumer<DocumentId> restored,
      Consumer<String> problem) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.ui = ui;
    this.restored = restored;
    this.problem = problem;
  }

  /** Reads what is in the bin. */
  public void refresh() {
    after(() -> {}, () -> {});
  }

  /** Takes a document back. */
  public void restore(DeletedDocument deleted) {
    DocumentId id = deleted.summary().id();
    after(() -> store.undelete(id), () -> restored.accept(id));
  }

  /** Takes a document away for good. */
  public void purge(DeletedDocument deleted) {
    after(() -> store.purge(deleted.summary().id()), () -> {});
  }

  /** Takes all of them away for good. */
  public void empty() {
    List<DeletedDocument> all = List.copyOf(documents);
    after(() -> all.forEach(deleted -> store.purge(deleted.summary().id())), () -> {});
  }

  private void after(Runnable work, Runnable then) {
    var _ =
        storeRunner
            .submit(() -> {
              work.run();
              return store.bin();
            })
            .whenCompleteAsync(
                (List<DeletedDocument> left, Throwable failure) -> {
                  if (failure == null) {
                    documents.setAll(left);
                    then.run();
                  } else {
                    problem.accept(String.valueOf(failure.getMessage()));
                  }
                },
                ui);
  }

  /** How many days a document stays there. */
  public static long days() {
    return Bin.KEPT.toDays();
  }

  /** What is in the bin, last deleted first. */
  public ObservableList<DeletedDocument> documents() {
    return documents;
  }
}
