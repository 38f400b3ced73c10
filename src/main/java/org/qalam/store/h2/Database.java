package org.qalam.store.h2;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.qalam.secret.KeyFile;
import org.qalam.secret.KeyRing;
import org.qalam.store.Repair;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.store.journal.Backups;
import org.qalam.store.journal.DocumentCopy;
import org.qalam.store.journal.Journal;

/**
 * The one connection to the database file of a data folder. Belongs to the thread that opened it.
 *
 * <p>When a write fails (above all on a full disk) H2 closes itself; what was acknowledged is on
 * disk. The next call opens the file again, so that saving works as soon as it can. The folder
 * stays locked all the while.
 */
final class Database implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Database.class.getName());

  private final FolderLock lock;
  private final List<Migration> migrations;
  private final Optional<Repair> repair;

  // Exchanged when everything is sealed anew; others read them on threads of their own.
  private volatile H2File file;
  private volatile Journal journal;
  private volatile Backups backups;
  private volatile Changes changes;
  private final Thread owner = Thread.currentThread();

  /**
   * Held for reading by whoever has a connection of its own: the file may not be exchanged then.
   */
  private final ReentrantReadWriteLock others = new ReentrantReadWriteLock();

  private @Nullable Handle handle;
  private volatile boolean closed;

  private Database(
      H2File file,
      FolderLock lock,
      List<Migration> migrations,
      Journal journal,
      Backups backups,
      Optional<Repair> repair) {
    this.file = file;
    this.lock = lock;
    this.migrations = migrations;
    this.journal = journal;
    this.backups = backups;
    this.repair = repair;
    backups.newest().ifPresent(head -> journal.backedUp(head.sequence()));
    this.changes = new Changes(journal, catchUp(handle()));
  }

  /**
   * Locks the folder, brings the file to the newest schema, mends what is damaged and opens it,
   * with all that its journal holds.
   *
   * @param sealing what everything in the folder is sealed with
   */
  static Database open(Path folder, String scheme, Sealing sealing, List<Migration> migrations) {
    H2File file = new H2File(folder.resolve("qalam" + H2File.SUFFIX), scheme, sealing);
    FolderLock lock = FolderLock.take(folder);
    boolean opened = false;
    try {
      removeUnfinished(file);
      Journal journal = journal(file);
      Backups backups = backups(file);
      Optional<Repair> repair = new Opening(file, migrations, journal, backups).run();
      Database database = new Database(file, lock, migrations, journal, backups, repair);
      if (sealing.isSecret()) {
        Leftovers.removeOpen(folder);
        database.keys().ifPresent(new KeyFile(folder)::complete);
      }
      opened = true;
      return database;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /** What is left where writing everything anew failed, or the program was killed in it. */
  private static void removeUnfinished(H2File file) {
    try {
      Files.deleteIfExists(anew(file).path());
    } catch (IOException e) {
      LOG.log(Level.INFO, anew(file).path() + " stays", e);
    }
  }

  private static Journal journal(H2File file) {
    return Journal.open(file.folder().resolve("journal"), file.sealing().journal());
  }

  private static Backups backups(H2File file) {
    return new Backups(file.folder().resolve("backups"), file.sealing().backups());
  }

  /** Takes over the change that the program was killed in, if there is one. */
  private Position catchUp(Handle open) {
    try {
      Optional<Position> position = Position.read(open);
      List<DocumentCopy> missing = journal.since(position.map(Position::sequence).orElse(0L));
      if (missing.isEmpty()) {
        return position.orElseGet(() -> new Position(0, Position.count(open)));
      }
      Position caughtUp =
          open.inTransaction(handle -> {
            missing.forEach(new DocumentTable(handle)::put);
            return Position.write(handle, journal.lastSequence());
          });
      open.execute("CHECKPOINT SYNC");
      return caughtUp;
    } catch (RuntimeException e) {
      letGo();
      throw Errors.translate(e, file.folder(), file.path());
    }
  }

  /**
   * Seals everything anew; waits for those that read through a connection of their own.
   *
   * @param ring on disk before anything is sealed; without one everything is put in the open
   */
  void reseal(Sealing sealing, Optional<KeyRing> ring) {
    requireOwner();
    requireOpen();
    others.writeLock().lock();
    try {
      exchange(sealing, ring);
    } finally {
      others.writeLock().unlock();
    }
  }

  /**
   * Writes everything anew without the space that is no longer used, checks that, and puts it in
   * the old file's place; waits for those that read through a connection of their own. Whoever is
   * killed meanwhile has the old file or the new one.
   */
  void compact() {
    requireOwner();
    requireOpen();
    others.writeLock().lock();
    try {
      H2File fresh = anew(file);
      Resealing.write(handle(), fresh, migrations);
      letGo();
      putInPlace(fresh);
    } catch (IOException | RuntimeException e) {
      letGo();
      removeUnfinished(file); // a full disk needs the room
      throw Errors.translate(e, file.folder(), file.path());
    } finally {
      others.writeLock().unlock();
    }
  }

  /** Where everything is written anew, beside the file. */
  private static H2File anew(H2File file) {
    return file.sibling("qalam.anew");
  }

  private void putInPlace(H2File fresh) throws IOException {
    Files.move(
        fresh.path(),
        file.path(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void exchange(Sealing sealing, Optional<KeyRing> ring) {
    Handle current = handle();
    H2File fresh = anew(file).under(sealing);
    KeyFile keys = new KeyFile(file.folder());
    try {
      Resealing.write(current, fresh, migrations);
      if (ring.isPresent()) {
        keys.write(ring.get());
      }
      letGo();
      putInPlace(fresh);
    } catch (IOException | RuntimeException e) {
      letGo();
      removeUnfinished(file); // a full disk needs the room
      throw Errors.translate(e, file.folder(), file.path());
    }
    // From here on the new file counts, whatever happens.
    Position position = changes.position();
    journal.close();
    file = file.under(sealing);
    try {
      Leftovers.removeAll(file.folder());
      if (ring.isEmpty()) {
        keys.delete();
      }
    } catch (IOException e) {
      throw new StoreException(
          Reason.FAILED,
          "The notes are sealed as you wanted, but an older copy could not be removed from "
              + file.folder()
              + "; close Qalam and start it anew to try that again.",
          e);
    } finally {
      journal = journal(file);
      backups = backups(file);
      changes = new Changes(journal, position);
    }
  }

  /** What the key of everything here is locked in. */
  Optional<KeyRing> keys() {
    if (!file.sealing().isSecret()) {
      return Optional.empty();
    }
    try {
      return new KeyFile(file.folder()).read();
    } catch (IOException e) {
      throw new StoreException(Reason.DAMAGED, String.valueOf(e.getMessage()), e);
    }
  }

  /** Exchanges what the key is locked in. */
  void replaceKeys(KeyRing ring) {
    try {
      new KeyFile(file.folder()).write(ring);
    } catch (IOException e) {
      throw Errors.translate(e, file.folder(), file.path());
    }
  }

  /** What had to be mended. */
  Optional<Repair> repair() {
    return repair;
  }

  /** Numbers changes and keeps the journal. */
  Changes changes() {
    return changes;
  }

  Backups backups() {
    return backups;
  }

  Journal journal() {
    return journal;
  }

  H2File file() {
    return file;
  }

  /** Reads. */
  <T> T read(Function<Handle, T> work) {
    return call(work);
  }

  /** Changes all or nothing; returns when the change has reached the disk. */
  <T> T write(Function<Handle, T> work) {
    return call(handle -> {
      T result = handle.inTransaction(work::apply);
      handle.execute("CHECKPOINT SYNC");
      requireInPlace();
      return result;
    });
  }

  /**
   * A file can be written to after its folder was moved or its disk was taken out, and then nobody
   * finds again what was written.
   */
  private void requireInPlace() {
    if (!Files.exists(file.path())) {
      throw Errors.vanished(file.folder());
    }
  }

  private <T> T call(Function<Handle, T> work) {
    requireOwner();
    requireOpen();
    Handle current = handle();
    try {
      return work.apply(current);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      StoreException translated = Errors.translate(e, file.folder(), file.path());
      letGo();
      if (translated.reason() == Reason.DAMAGED) {
        Opening.suspect(file.folder());
      }
      throw translated;
    }
  }

  /** Any thread. */
  void requireOpen() {
    if (closed) {
      throw new StoreException(
          Reason.CLOSED, "The documents in " + file.path() + " are closed; start Qalam anew.");
    }
  }

  private Handle handle() {
    Handle current = handle;
    if (current == null) {
      current = file.open();
      handle = current;
      requireWritable(current);
    }
    return current;
  }

  private void requireWritable(Handle current) {
    try {
      // H2 quietly opens a file for reading only when it may not write to it.
      if (current.getConnection().isReadOnly()) {
        letGo();
        throw Errors.readOnly(file.folder(), new SQLException("the database opened read-only"));
      }
    } catch (SQLException e) {
      letGo();
      throw Errors.translate(e, file.folder(), file.path());
    }
  }

  /** Reads through a connection of its own, beside whoever writes meanwhile. Any thread. */
  <T, E extends Exception> T beside(Reading<T, E> work) throws E {
    others.readLock().lock();
    try (Handle handle = file.open()) {
      return work.apply(handle);
    } finally {
      others.readLock().unlock();
    }
  }

  /** What is read. */
  interface Reading<T, E extends Exception> {
    T apply(Handle handle) throws E;
  }

  /** Drops the connection, which may be broken; the next call makes a new one. */
  private void letGo() {
    Handle current = handle;
    handle = null;
    if (current != null) {
      try {
        current.close();
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "database did not close in order", e);
      }
    }
  }

  private void requireOwner() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "expected thread '"
              + owner.getName()
              + "', found '"
              + Thread.currentThread().getName()
              + "'");
    }
  }

  /** A file that cannot be made smaller stays as it is. */
  private void compactIfDue() {
    Handle current = handle;
    try {
      if (current != null && Compaction.isDue(current, file)) {
        compact();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.INFO, file.path() + " was not written anew", e);
    }
  }

  /** Others that want the folder wait from now on until it is closed. */
  void willClose() {
    lock.willClose();
  }

  /** Closes the file and frees the folder. Closing twice is harmless. */
  @Override
  public void close() {
    requireOwner();
    if (!closed) {
      compactIfDue();
      closed = true;
      letGo();
      journal.close();
      lock.close();
    }
  }
}
