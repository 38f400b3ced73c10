package org.qalam.store.h2;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    handle.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
    try {
      return handle.inTransaction(snapshot -> new BackupRun(snapshot, goesOn).write(backups, now));
    } finally {
      handle.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED");
    }
  }

  private long write(Backups backups, Instant now) throws IOException {
    long sequence = Position.read(handle).map(Position::sequence).orElse(0L);
    try (BackupWriter backup = backups.begin(new Entry.Head(now, sequence))) {
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
      // Those that were kept unasked are in the database alone: they would make backups many times
      // larger than the texts.
      for (UUID id :
          handle.select("SELECT id FROM revision WHERE name <> ''").mapTo(UUID.class).list()) {
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
      backup.finish();
      return sequence;
    }
  }

  private Entry revision(UUID id) {
    RevisionTable revisions = new RevisionTable(handle);
    RevisionTable.Row row = revisions.find(id).orElseThrow(BackupRun::damaged);
    String text = revisions.text(row).orElseThrow(BackupRun::damaged);
    return new Entry.Earlier(new KeptRevision(row.revision(), text));
  }

  private void add(BackupWriter backup, Entry entry) throws IOException {
    if (!goesOn.getAsBoolean()) {
      throw new CancellationException("the backup was broken off");
    }
    backup.add(entry);
  }

  private static StoreException damaged() {
    return new StoreException(Reason.DAMAGED, "The documents are not as they were written.");
  }
}
