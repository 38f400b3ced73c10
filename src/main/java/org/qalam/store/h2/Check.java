package org.qalam.store.h2;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/** Reads every document of a closed file in the way in which it will be asked for. */
final class Check {
  private Check() {}

  /**
   * Where a sound file stands; empty where it does not say so yet.
   *
   * @throws StoreException {@code DAMAGED} where a document is not as it was written, or missing;
   *     or what keeps the file from being read
   */
  static Optional<Position> read(H2File file) {
    try (Handle handle = file.openReadOnly()) {
      return read(handle, file);
    } catch (RuntimeException e) {
      throw Errors.translate(e, file.folder(), file.path());
    }
  }

  private static Optional<Position> read(Handle handle, H2File file) {
    Optional<Position> position = Position.read(handle);
    List<DocumentRow> rows = new DocumentTable(handle).rows().list();
    Set<UUID> ids = rows.stream().map(DocumentRow::id).collect(Collectors.toSet());
    // By the index, which is how a document is found.
    Set<UUID> found = handle.select("SELECT id FROM document ORDER BY id").mapTo(UUID.class).set();
    boolean isSound =
        rows.size() == position.map(Position::documents).orElse(rows.size())
            && ids.size() == rows.size()
            && ids.equals(found)
            && rows.stream().allMatch(DocumentRow::isIntact)
            && areTextsIntact(handle, rows);
    if (!isSound) {
      throw new StoreException(
          Reason.DAMAGED, "Documents in " + file.path() + " are not as they were written.");
    }
    return position;
  }

  private static boolean areTextsIntact(Handle handle, List<DocumentRow> rows) {
    try (TextParts.Reader texts = new TextParts.Reader(handle)) {
      for (DocumentRow row : rows) {
        if (!row.isTextIntact(texts.read(row.id(), TextParts.DOCUMENT_TEXT, row.revision()))) {
          return false;
        }
      }
      return true;
    } catch (SQLException e) {
      throw new IllegalStateException("texts cannot be read", e);
    }
  }
}
