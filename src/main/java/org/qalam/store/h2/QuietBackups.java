package org.qalam.store.h2;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.qalam.store.StoreException.Reason;
import org.qalam.store.journal.Entry;
import org.qalam.task.Alarm;
import org.qalam.task.ThreadPriority;
import org.qalam.task.Time;

/**
 * Makes a backup when the last one is {@link #AGE} old and a document has changed since: now and
 * then while the store is open, on a thread and through a connection of its own, and when it is
 * closed. One that fails is logged; the older ones stay.
 */
final class QuietBackups implements AutoCloseable {
  /** A backup that is older than this is followed by another. */
  static final Duration AGE = Duration.ofHours(4);

  /** The same where the journal lacks something. */
  static final Duration AGE_WITHOUT_JOURNAL = Duration.ofMinutes(10);

  /** From opening to the first look whether one is due: the start is over by then. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  private static final Duration BETWEEN = Duration.ofMinutes(10);

  /** Time that closing may spend on a backup, the last writing and reading again not counted. */
  private static final Duration CLOSING = Duration.ofMillis(500);

  /** Of a larger file (in bytes) no backup is begun at closing, as it would hardly be finished. */
  private static final long CLOSING_SIZE = 48L * 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(QuietBackups.class.getName());

  private final Database database;
  private final InstantSource clock;
  private final Time time;

  // Guarded by this.
  private boolean isClosed;
  private @Nullable Thread running;
  private Alarm next;

  QuietBackups(Database database, InstantSource clock, Time time) {
    this.database = database;
    this.clock = clock;
    this.time = time;
    this.next = Alarm.after(time, FIRST, this::look);
  }

  private synchronized void look() {
    if (isClosed) {
      return;
    }
    if (running == null && isDue()) {
      Thread thread = Thread.ofPlatform().name("backup").daemon(true).unstarted(this::run);
      running = thread;
      thread.start();
    }
    next = Alarm.after(time, BETWEEN, this::look);
  }

  private boolean isDue() {
    Position position = database.changes().position();
    Optional<Entry.Head> last = database.backups().newest();
    if (last.isEmpty()) {
      return position.documents() > 0;
    }
    Duration age = Duration.between(last.get().made(), clock.instant());
    Duration allowed = database.journal().isBehind() ? AGE_WITHOUT_JOURNAL : AGE;
    // A backup from the future is one from before the clock was set back.
    return position.sequence() != last.get().sequence()
        && (age.isNegative() || age.compareTo(allowed) >= 0);
  }

  private void run() {
    ThreadPriority.lower();
    try {
      boolean _ =
          database.beside(handle -> {
            make(handle, this::isOpen);
            return true;
          });
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the backup could not be begun ({0})", e.getClass().getName());
    } finally {
      ended();
    }
  }

  private synchronized boolean isOpen() {
    return !isClosed;
  }

  private synchronized void ended() {
    running = null;
  }

  private void make(Handle handle, BooleanSupplier goesOn) {
    Instant now = clock.instant();
    try {
      database.journal().backedUp(BackupRun.make(handle, database.backups(), now, goesOn));
    } catch (CancellationException e) {
      LOG.log(Level.DEBUG, "the backup waits for another time", e);
    } catch (IOException | RuntimeException e) {
      H2File file = database.file();
      Reason reason = Errors.translate(e, file.folder(), file.path()).reason();
      // Not the error itself: what the database says may quote a text.
      LOG.log(Level.WARNING, "the backup failed ({0}); the older ones are kept", reason);
      if (reason == Reason.DAMAGED) {
        Opening.suspect(file.folder());
      }
    }
  }

  /** Breaks off a backup that is being made; the store may be closed then. */
  @Override
  public void close() {
    Thread thread;
    synchronized (this) {
      isClosed = true;
      next.close(); // which would hold the keys of the database until then
      thread = running;
    }
    if (thread != null) {
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The last thing before the store is closed, on its thread: a backup, if one is due and small.
   */
  void last() {
    try {
      long end = time.nanos() + CLOSING.toNanos();
      if (isDue() && Files.size(database.file().path()) <= CLOSING_SIZE) {
        database.read(handle -> {
          make(handle, () -> time.nanos() - end < 0);
          return true;
        });
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "no backup was made at closing ({0})", e.getClass().getName());
    }
  }
}
