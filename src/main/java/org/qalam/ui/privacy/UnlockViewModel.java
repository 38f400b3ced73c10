package org.qalam.ui.privacy;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;

/** Notes that are locked, until they are not. On the JavaFX thread. */
@UiThread
public final class UnlockViewModel {
  /** Who goes on with the key. */
  public interface Opened {
    /**
     * The notes can be opened.
     *
     * @param byRecovery whether the recovery key was used
     */
    void by(DataKey key, boolean byRecovery);
  }

  private final KeyRing ring;
  private final TaskRunner worker;
  private final Executor ui;
  private final Opened opened;
  private Runnable done = () -> {};
  private final Messages messages = Messages.of(UnlockViewModel.class);
  private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

  /**
   * @param ring in which the key is locked
   * @param worker unlocking takes a second
   * @param ui runs work on the JavaFX thread
   */
  public UnlockViewModel(KeyRing ring, TaskRunner worker, Executor ui, Opened opened) {
    this.ring = ring;
    this.worker = worker;
    this.ui = ui;
    this.opened = opened;
    // While the passphrase is being typed.
    CompletableFuture<Boolean> _ =
        worker.submit(() -> {
          KeyRing.rehearse();
          return true;
        });
  }

  /** Who does not ask any more. */
  public void onDone(Runnable then) {
    done = then;
  }

  /** Tries a passphrase. */
  void unlock(String typed) {
    attempt(
        () -> {
          try (Passphrase passphrase = Passphrase.of(typed)) {
            return ring.unlock(passphrase);
          }
        },
        "wrong",
        false);
  }

  /** Tries the recovery key as it was written down. */
  void recover(String typed) {
    attempt(
        () -> {
          RecoveryKey key =
              RecoveryKey.parse(typed)
                  .orElseThrow(() -> new IllegalArgumentException(messages.get("no-recovery")));
          try (key) {
            return ring.unlock(key);
          }
        },
        "wrong-recovery",
        true);
  }

  private void attempt(Callable<Optional<DataKey>> work, String wrong, boolean byRecovery) {
    if (working.get()) {
      return;
    }
    working.set(true);
    problem.set("");
    Delivery.deliver(
        worker.submit(work),
        ui,
        found ->
            found.ifPresentOrElse(
                key -> { // whoever opens the notes now needs a while as well
                  done.run();
                  opened.by(key, byRecovery);
                },
                () -> {
                  working.set(false);
                  problem.set(messages.get(wrong));
                }),
        failure -> {
          working.set(false);
          problem.set(String.valueOf(failure.getMessage()));
        });
  }

  /** Whether there is another way than the passphrase. */
  boolean hasRecoveryKey() {
    return ring.hasRecoveryKey();
  }

  /** The writer tries another way. */
  void forgetProblem() {
    problem.set("");
  }

  /** Whether a passphrase is being tried, or was right and the notes are being opened. */
  ReadOnlyBooleanProperty workingProperty() {
    return working.getReadOnlyProperty();
  }

  /** Why it is still locked, in a sentence; empty before the first attempt. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }
}
