package org.qalam.store.h2;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;
import org.qalam.store.RevisionPlan;
import org.qalam.store.RevisionStore;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.store.h2.DocumentTable.Found;
import org.qalam.task.StoreThread;

/** Earlier texts of the documents in a database. Belongs to the database's thread. */
@StoreThread
final class H2Revisions implements RevisionStore {
  private static final System.Logger LOG = System.getLogger(H2Revisions.class.getName());

  private final Database database;
  private final InstantSource clock;

  H2Revisions(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Keeps the text that is about to be overwritten where the plan says so, and thins out older
   * ones; inside the transaction that overwrites it.
   *
   * @param newWords of the text that takes its place
   */
  void beforeSave(Handle handle, DocumentRow old, int newWords, Instant now) {
    if (!old.isIntact() || old.isDeleted()) {
      return;
    }
    RevisionTable table = new RevisionTable(handle);
    RevisionPlan.Old text =
        new RevisionPlan.Old(
            old.revision(),
            Micros.toInstant(old.modified()),
            Micros.toInstant(old.created()),
            old.shown().words());
    if (RevisionPlan.isWorthKeeping(text, table.newest(old.id()), newWords, now)
        && new DocumentTable(handle).find(old.id()).orElse(null)
            instanceof Found.Intact(DocumentRow row, String body)) {
      Revision _ = table.add(row, body, "", now);
      for (Revision surplus : RevisionPlan.surplus(intact(table.of(old.id())), now)) {
        table.delete(surplus.id());
      }
    }
  }

  private static List<Revision> intact(List<RevisionTable.Row> rows) {
    return rows.stream()
        .filter(RevisionTable.Row::isIntact)
        .map(RevisionTable.Row::revision)
        .toList();
  }

  @Override
  public List<Revision> revisions(DocumentId document) {
    List<RevisionTable.Row> rows =
        database.read(handle -> new RevisionTable(handle).of(document.value()));
    for (RevisionTable.Row row : rows) {
      if (!row.isIntact()) {
        LOG.log(Level.WARNING, "revision {0} is damaged and left out", row.revision().id());
      }
    }
    return intact(rows);
  }

  @Override
  public String revisionText(UUID revision) {
    return database.read(handle -> {
      RevisionTable table = new RevisionTable(handle);
      RevisionTable.Row row = required(table, revision);
      return table.text(row).orElseThrow(() -> damaged(row.revision()));
    });
  }

  @Override
  public Revision keepRevision(DocumentId document, String name) {
    return database.write(handle -> {
      if (!(new DocumentTable(handle).find(document.value()).orElse(null)
          instanceof Found.Intact(DocumentRow row, String text))) {
        throw new StoreException(
            Reason.NOT_FOUND,
            "The document " + document + " is not there, or damaged; no version of it was kept.");
      }
      RevisionTable table = new RevisionTable(handle);
      Optional<RevisionTable.Row> same =
          table.of(row.id()).stream()
              .filter(kept -> kept.revision().number() == row.revision())
              .filter(kept -> table.text(kept).equals(Optional.of(text)))
              .findFirst();
      if (same.isEmpty()) {
        return table.add(row, text, name, clock.instant());
      }
      if (!name.isEmpty()) {
        table.rename(same.get(), name);
        return same.get().revision().named(name);
      }
      return same.get().revision();
    });
  }

  @Override
  public void nameRevision(UUID revision, String name) {
    database.write(handle -> {
      RevisionTable table = new RevisionTable(handle);
      RevisionTable.Row row = required(table, revision);
      if (!row.isIntact()) {
        throw damaged(row.revision());
      }
      table.rename(row, name);
      return true;
    });
  }

  @Override
  public void removeRevision(UUID revision) {
    database.write(handle -> {
      new RevisionTable(handle).delete(revision);
      return true;
    });
  }

  private RevisionTable.Row required(RevisionTable table, UUID revision) {
    return table
        .find(revision)
        .orElseThrow(() ->
            new StoreException(
                Reason.NOT_FOUND,
                "There is no version " + revision + " in " + database.file().path() + "."));
  }

  private StoreException damaged(Revision revision) {
    return new StoreException(
        Reason.DAMAGED,
        "The version "
            + revision.number()
            + " is damaged in "
            + database.file().path()
            + " and is not shown, because it is not what was kept; the document itself is not"
            + " touched by that.");
  }
}
