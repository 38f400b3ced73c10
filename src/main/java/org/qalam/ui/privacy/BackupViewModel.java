package org.qalam.ui.privacy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.qalam.secret.Passphrase;
import org.qalam.store.BackupStore;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;

/**
 * A backup of all documents in one file, with a passphrase of its own or without. On the JavaFX
 * thread; the work is done in the background.
 */
@UiThread
public final class BackupViewModel {
  /**
   * A backup that was written, read again and found whole.
   *
   * @param documents number of them in it
   * @param isLocked whether with a passphrase of its own
   */
  public record Written(Path file, int documents, boolean isLocked) {}

  private final BackupStore store;
  private final TaskRunner background;
  private final Executor ui;
  private final Supplier<CompletableFuture<@Nullable Void>> saved;
  private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private Consumer<Written> written = _ -> {};

  /**
   * @param background finding the key takes two seconds, writing as long as there are documents
   * @param ui runs work on the JavaFX thread
   * @param saved brings what was typed last to the disk
   */
  public BackupViewModel(
      BackupStore store,
      TaskRunner background,
      Executor ui,
      Supplier<CompletableFuture<@Nullable Void>> saved) {
    this.store = store;
    this.background = background;
    this.ui = ui;
    this.saved = saved;
  }

  /** Who tells the writer of it. */
  public void onWritten(Consumer<Written> then) {
    written = then;
  }

  /**
   * Writes all documents to a file, unless one is being written.
   *
   * @param passphrase what was typed as the file's own; without one it is locked as the notes are
   */
  void write(Path file, Optional<String> passphrase) {
    if (working.get()) {
      return;
    }
    working.set(true);
    problem.set("");
    Callable<Integer> work = () -> backUp(file, passphrase);
    Delivery.deliver(
        saved.get().thenCompose(_ -> background.submit(work)),
        ui,
        documents -> {
          working.set(false);
          written.accept(new Written(file, documents, passphrase.isPresent()));
        },
        failure -> {
          working.set(false);
          problem.set(String.valueOf(failure.getMessage()));
        });
  }

  private int backUp(Path file, Optional<String> typed) {
    if (typed.isEmpty()) {
      return store.backUp(file);
    }
    try (Passphrase passphrase = Passphrase.of(typed.get())) {
      return store.backUp(file, Optional.of(passphrase));
    }
  }

  ReadOnlyBooleanProperty workingProperty() {
    return working.getReadOnlyProperty();
  }

  /** Why there is no backup, in a sentence; empty while nothing went wrong. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }
}
