package org.qalam.store.h2;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.qalam.document.DeletedDocument;
import org.qalam.document.DocumentId;
import org.qalam.store.Bin;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.task.StoreThread;

/** The deleted documents of a database. Belongs to the database's thread. */
@StoreThread
final class H2Bin implements Bin {
  private static final System.Logger LOG = System.getLogger(H2Bin.class.getName());

  /** When the bin was last looked through, in microseconds since 1970. */
  private static final String LOOKED = "bin.looked";

  /** After a longer time than this the clock may have been set forward: the bin waits once more. */
  private static final Duration DOUBT = Duration.ofDays(20);

  private static final Duration BETWEEN = Duration.ofHours(20);

  private final Database database;
  private final InstantSource clock;

  H2Bin(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Takes away what has been in the bin for {@link Bin#KEPT}. Whoever has not been here for long
   * finds the bin as it was, and so does one whose clock was wrong.
   */
  void lookThrough() {
    try {
      long now = Micros.of(clock.instant());
      long looked =
          database.read(handle -> SettingTable.read(handle, LOOKED)).map(H2Bin::parse).orElse(now);
      long since = now - looked;
      if (since == 0 || since > micros(BETWEEN) || since < 0) {
        boolean isDoubtful = since == 0 || since > micros(DOUBT) || since < 0;
        database.write(handle -> {
          if (!isDoubtful) {
            purge(handle, now - micros(Bin.KEPT));
          }
          SettingTable.write(handle, LOOKED, Long.toString(now));
          return true;
        });
      }
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "the bin was not looked through ({0})", e.reason());
    }
  }

  private static long parse(String content) {
    return Long.parseLong(content);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  private void purge(Handle handle, long before) {
    for (DocumentRow row : binned(handle)) {
      if (Objects.requireNonNull(row.deleted()) < before) {
        purge(handle, row.id());
      }
    }
  }

  /** Rows that surely are in the bin. */
  private static List<DocumentRow> binned(Handle handle) {
    List<DocumentRow> rows = new ArrayList<>();
    for (DocumentRow row : new DocumentTable(handle).rows().list()) {
      if (isBinned(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static boolean isBinned(DocumentRow row) {
    return row.isIntact() && row.isDeleted();
  }

  private void purge(Handle handle, UUID id) {
    new OutputTable(handle).deleteOf(id);
    new DecisionTable(handle).deleteOf(id);
    new RevisionTable(handle).deleteOf(id);
    SettingTable.deleteOf(handle, id);
    new DocumentTable(handle).delete(id);
    database.changes().noteGone(handle);
  }

  @Override
  public List<DeletedDocument> bin() {
    return database.read(H2Bin::binned).stream()
        .map(row ->
            new DeletedDocument(
                row.summary(), Micros.toInstant(Objects.requireNonNull(row.deleted()))))
        .sorted(
            Comparator.comparing(DeletedDocument::deleted)
                .reversed()
                .thenComparing(deleted -> deleted.summary().id().value()))
        .toList();
  }

  @Override
  public void delete(DocumentId id) {
    setDeleted(id, true);
  }

  @Override
  public void undelete(DocumentId id) {
    setDeleted(id, false);
  }

  private void setDeleted(DocumentId id, boolean deleted) {
    database.write(handle -> {
      DocumentTable documents = new DocumentTable(handle);
      DocumentRow row = documents.row(id.value()).orElseThrow(() -> unknown(id));
      if (row.isDeleted() != deleted || !row.isIntact()) {
        Instant now = clock.instant();
        DocumentRow changed =
            documents.setDeleted(documents.trusted(row), deleted ? Micros.of(now) : null);
        String text = TextParts.read(handle, id.value(), TextParts.DOCUMENT_TEXT, row.revision());
        if (changed.isTextIntact(text)) {
          database.changes().note(handle, changed, text);
        }
      }
      return true;
    });
  }

  @Override
  public void purge(DocumentId id) {
    database.write(handle -> {
      if (new DocumentTable(handle).row(id.value()).filter(H2Bin::isBinned).isEmpty()) {
        throw unknown(id);
      }
      purge(handle, id.value());
      return true;
    });
  }

  private StoreException unknown(DocumentId id) {
    return new StoreException(
        Reason.NOT_FOUND, "There is no document " + id + " in " + database.file().path() + ".");
  }
}
