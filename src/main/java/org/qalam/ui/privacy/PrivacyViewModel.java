package org.qalam.ui.privacy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.task.Delivery;
import org.qalam.task.TaskRunner;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;

/**
 * Whether the notes are under a passphrase, and what can be changed about that. On the JavaFX
 * thread; the work is done on the store's.
 */
@UiThread
public final class PrivacyViewModel {
  /** Between two calls of {@link #look}. */
  public static final Duration LOOK = IdleWatch.LOOK;

  private static final String LOCK_AFTER = "privacy.lock-after";

  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final Executor ui;
  private final IdleWatch watch;
  private final Messages messages = Messages.of(PrivacyViewModel.class);

  private final ReadOnlyBooleanWrapper secret = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper recoveryKey = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<LockAfter> lockAfter =
      new ReadOnlyObjectWrapper<>(LockAfter.DEFAULT);

  /** Of these notes, where they are secret and open; closed when they are locked. */
  private Optional<DataKey> key = Optional.empty();

  private boolean isRecovered;
  private Consumer<Optional<DataKey>> keyChanged = _ -> {};
  private Runnable lock = () -> {};
  private Runnable recovered = () -> {};

  /**
   * @param storeRunner the store's thread
   * @param ui runs work on the JavaFX thread
   */
  public PrivacyViewModel(
      DocumentStore store, TaskRunner storeRunner, Executor ui, InstantSource clock) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.ui = ui;
    this.watch = new IdleWatch(clock);
  }

  /**
   * Connects it with the program.
   *
   * @param keyChanged hears what everything is sealed under from now on
   * @param lock closes the notes until they are unlocked again
   */
  public void connect(Consumer<Optional<DataKey>> keyChanged, Runnable lock) {
    this.keyChanged = keyChanged;
    this.lock = lock;
  }

  /**
   * The notes were unlocked.
   *
   * @param byRecovery whether with the recovery key, so that the passphrase may be changed without
   *     the old one
   */
  public void opened(DataKey opened, boolean byRecovery) {
    key = Optional.of(opened);
    isRecovered = byRecovery;
    secret.set(true);
  }

  /** Who shows that a new passphrase is to be chosen, after the recovery key was used. */
  public void onRecovered(Runnable then) {
    recovered = then;
  }

  /** Takes up what was chosen the last time. */
  public void start() {
    Delivery.deliver(
        storeRunner.submit(() -> store.setting(LOCK_AFTER).map(LockAfter::parse)),
        ui,
        found -> lockAfter.set(found.orElse(LockAfter.DEFAULT)),
        _ -> {});
    if (isRecovered) {
      recovered.run();
    }
  }

  /** Puts the notes under a passphrase; {@link #recoveryKeyProperty} is shown then. */
  public void protect(String passphrase) {
    work(
        () -> {
          try (Passphrase typed = Passphrase.of(passphrase);
              RecoveryKey recovery = RecoveryKey.random()) {
            DataKey made = DataKey.random();
            KeyRing ring = KeyRing.lock(made, typed, recovery);
            return new Sealed(
                made, recovery.words(), tidied(() -> store.protect(made, ring), true));
          }
        },
        done -> {
          key = Optional.of(done.key());
          secret.set(true);
          recoveryKey.set(done.recovery());
          problem.set(done.untidy());
          keyChanged.accept(key);
        });
  }

  private record Sealed(DataKey key, String recovery, String untidy) {}

  /**
   * Seals or opens everything, on the store's thread.
   *
   * @return what was said where that was done, but something older could not be removed
   */
  private String tidied(Runnable change, boolean isSecretThen) {
    try {
      change.run();
      return "";
    } catch (StoreException e) {
      if (store.keys().isPresent() != isSecretThen) {
        throw e;
      }
      return String.valueOf(e.getMessage());
    }
  }

  /** Puts the notes in the open again. */
  public void unprotect(String passphrase) {
    work(
        () -> {
          unlock(passphrase).close();
          return tidied(store::unprotect, false);
        },
        untidy -> {
          secret.set(false);
          forgetRecoveryKey();
          forgetKey();
          problem.set(untidy);
          keyChanged.accept(Optional.empty());
        });
  }

  /**
   * Changes the passphrase; the notes stay as they are.
   *
   * @param old not looked at after the recovery key was used
   */
  public void change(String old, String passphrase) {
    boolean isKnown = isRecovered;
    Optional<DataKey> open = key;
    work(
        () -> {
          try (Passphrase typed = Passphrase.of(passphrase)) {
            KeyRing ring = store.keys().orElseThrow();
            if (isKnown) {
              store.replaceKeys(ring.withPassphrase(open.orElseThrow(), typed));
              return true;
            }
            try (DataKey copy = unlock(old)) {
              store.replaceKeys(ring.withPassphrase(copy, typed));
            }
            return true;
          }
        },
        _ -> {
          isRecovered = false;
          changed.run();
        });
  }

  /** Makes another recovery key; the one before opens nothing any more. */
  public void renewRecoveryKey(String passphrase) {
    work(
        () -> {
          try (DataKey used = unlock(passphrase);
              RecoveryKey recovery = RecoveryKey.random()) {
            store.replaceKeys(store.keys().orElseThrow().withRecovery(used, recovery));
            return recovery.words();
          }
        },
        recoveryKey::set);
  }

  private Runnable changed = () -> {};

  /** Who shows that the passphrase was changed. */
  void onChanged(Runnable then) {
    changed = then;
  }

  /** On the store's thread. */
  private DataKey unlock(String passphrase) {
    try (Passphrase typed = Passphrase.of(passphrase)) {
      return store
          .keys()
          .orElseThrow()
          .unlock(typed)
          .orElseThrow(() -> new IllegalArgumentException(messages.get("wrong")));
    }
  }

  private <T> void work(Callable<T> task, Consumer<T> then) {
    if (working.get()) {
      return;
    }
    working.set(true);
    problem.set("");
    Delivery.deliver(
        storeRunner.submit(task),
        ui,
        done -> {
          working.set(false);
          then.accept(done);
        },
        failure -> {
          working.set(false);
          problem.set(String.valueOf(failure.getMessage()));
        });
  }

  /** The recovery key has been written down. */
  public void forgetRecoveryKey() {
    recoveryKey.set("");
  }

  /** Overwrites the key. */
  public void forgetKey() {
    key.ifPresent(DataKey::close);
    key = Optional.empty();
  }

  /** After which rest the notes are locked. */
  public void setLockAfter(LockAfter limit) {
    if (limit != lockAfter.get()) {
      lockAfter.set(limit);
      Delivery.deliver(
          storeRunner.submit(() -> {
            store.putSetting(LOCK_AFTER, limit.setting());
            return true;
          }),
          ui,
          _ -> {},
          failure -> problem.set(String.valueOf(failure.getMessage())));
    }
  }

  /** Locks the notes, if they are under a passphrase. */
  public void lockNow() {
    if (secret.get() && !working.get()) {
      lock.run();
    }
  }

  /** A key, the mouse or a finger was used. */
  public void active() {
    watch.active();
  }

  /**
   * Locks the notes if nobody has been there for long, or the machine has slept. To be called every
   * {@link #LOOK}.
   *
   * @param isWriting whether the language model works
   */
  public void look(boolean isWriting) {
    if (watch.look(lockAfter.get(), isWriting || working.get())) {
      lockNow();
    }
  }

  /** Whether the passphrase may be changed without the old one. */
  boolean isRecovered() {
    return isRecovered;
  }

  /** Whether the notes are under a passphrase. */
  public ReadOnlyBooleanProperty secretProperty() {
    return secret.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty workingProperty() {
    return working.getReadOnlyProperty();
  }

  /** What went wrong, in a sentence; empty while nothing did. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** The recovery key, while it is to be written down; else empty. */
  ReadOnlyStringProperty recoveryKeyProperty() {
    return recoveryKey.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<LockAfter> lockAfterProperty() {
    return lockAfter.getReadOnlyProperty();
  }
}
