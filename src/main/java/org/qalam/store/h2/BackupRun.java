package org.qalam.store.h2;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.store.h2.DocumentTable.Found;
import org.qalam.store.journal.BackupWriter;
import org.qalam.store.journal.Backups;
import org.qalam.store.journal.Entry;
import org.qalam.store.journal.KeptRevision;

/**
 * Writes a backup of an open database, as it stood when this began: others may go on saving through
 * their own connections meanwhile. Everything is checked against its tag on the way.
 */
final class BackupRun {
  private final Handle handle;
  private final BooleanSupplier goesOn;

  private BackupRun(Handle handle, BooleanSupplier goesOn) {
    this.handle = handle;
    this.goesOn = goesOn;
  }

  /**
   * Makes a backup and verifies it.
   *
   * @param goesOn asked before each entry
   * @return the last change that it holds
   * @throws CancellationException when {@code goesOn} says no
   * @throws StoreException {@code DAMAGED} where something is not as it was written
   * @throws IOException where the backup cannot be written, or read again
   */
  static long make(Handle handle, Backups backups, Instant now, BooleanSupplier goesOn)
      throws IOException {
    return snapshot(handle, goesOn, run -> run.write(backups::begin, now, false));
  }

  /** Makes one in a file of its own, with all that there is. */
  static void make(Handle handle, Path file, Optional<Backups.Lock> lock, Instant now)
      throws IOException {
    long _ =
        snapshot(
            handle,
            () -> true,
            run -> run.write(head -> Backups.begin(file, head, lock), now, true));
  }

  /**
   * Hands on all that there is, as it stands now.
   *
   * @throws StoreException {@code DAMAGED} where something is not as it was written
   */
  static void read(Handle handle, Take take) throws IOException {
    long _ =
        snapshot(
            handle,
            () -> true,
            run -> {
              run.all(run.sequence(), true, take);
              return 0;
            });
  }

  /** What is done with an entry. */
  interface Take {
    void add(Entry entry) throws IOException;
  }

  private interface Begin {
    BackupWriter at(Entry.Head head) throws IOException;
  }

  private interface Run {
    long write(BackupRun run) throws IOException;
  }

  private static long snapshot(Handle handle, BooleanSupplier goesOn, Run run) throws IOException {
    handle.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
    try {
      return handle.inTransaction(snapshot -> run.write(new BackupRun(snapshot, goesOn)));
    } finally {
      handle.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED");
    }
  }

  /**
   * @param withAll whether revisions that were kept unasked are in it too: beside the database they
   *     would make it many times larger than the texts
   */
  private long write(Begin begin, Instant now, boolean withAll) throws IOException {
    long sequence = sequence();
    try (BackupWriter backup = begin.at(new Entry.Head(now, sequence))) {
      all(sequence, withAll, backup::add);
      backup.finish();
      return sequence;
    }
  }

  private long sequence() {
    return Position.read(handle).map(Position::sequence).orElse(0L);
  }

  private void all(long sequence, boolean withAll, Take backup) throws IOException {
    DocumentTable documents = new DocumentTable(handle);
    for (DocumentRow row : documents.rows().list()) {
      if (documents.find(row.id()).orElse(null) instanceof Found.Intact(_, String text)) {
        add(backup, new Entry.Text(row.copy(sequence, text)));
      } else {
        throw damaged();
      }
    }
    OutputTable outputs = new OutputTable(handle);
    List<UUID> ids = handle.select("SELECT id FROM output").mapTo(UUID.class).list();
    for (UUID id : ids) {
      OutputTable.Checked found = outputs.find(id).orElseThrow(BackupRun::damaged);
      if (!found.intact()) {
        throw damaged();
      }
      add(backup, new Entry.Proposal(found.output()));
    }
    for (var decision : new DecisionTable(handle).all().list()) {
      add(backup, new Entry.Choice(decision.orElseThrow(BackupRun::damaged)));
    }
    List<UUID> revisions =
        handle
            .select("SELECT id FROM revision WHERE name <> '' OR ?", withAll)
            .mapTo(UUID.class)
            .list();
    for (UUID id : revisions) {
      add(backup, revision(id));
    }
    List<Entry> settings = new ArrayList<>();
    if (!SettingTable.all(
        handle, (name, content) -> settings.add(new Entry.Setting(name, content)))) {
      throw damaged();
    }
    for (Entry setting : settings) {
      add(backup, setting);
    }
  }

  private Entry revision(UUID id) {
    RevisionTable revisions = new RevisionTable(handle);
    RevisionTable.Row row = revisions.find(id).orElseThrow(BackupRun::damaged);
    String text = revisions.text(row).orElseThrow(BackupRun::damaged);
    return new Entry.Earlier(new KeptRevision(row.revision(), text));
  }

  private void add(Take backup, Entry entry) throws IOException {
    if (!goesOn.getAsBoolean()) {
      throw new CancellationException("the backup was broken off");
    }
    backup.add(entry);
  }

  private static StoreException damaged() {
    return new StoreException(Reason.DAMAGED, "The documents are not as they were written.");
  }
}
