package org.qalam.store.h2;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Long texts, kept in pieces under their owner's id and a field number. */
final class TextParts {
  /** UTF-16 units in a piece; a cut through a surrogate pair does no harm. */
  static final int PART_LENGTH = 256 * 1024;

  /** A document's text. */
  static final int DOCUMENT_TEXT = 0;

  /** An output's passage, proposal and prompt. */
  static final int OUTPUT_ORIGINAL = 1;

  static final int OUTPUT_TEXT = 2;
  static final int OUTPUT_PROMPT = 3;

  /** A revision's text. */
  static final int REVISION_TEXT = 4;

  /** Pieces of a text: owner, field. */
  static final String SELECT =
      "SELECT body FROM text_part WHERE owner = ? AND field = ? ORDER BY part";

  private TextParts() {}

  static void write(Handle handle, UUID owner, int field, String text) {
    int parts = (text.length() + PART_LENGTH - 1) / PART_LENGTH;
    handle.execute(
        "DELETE FROM text_part WHERE owner = ? AND field = ? AND part >= ?", owner, field, parts);
    if (parts == 0) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch("MERGE INTO text_part (owner, field, part, body) VALUES (?, ?, ?, ?)");
    for (int part = 0; part < parts; part++) {
      int from = part * PART_LENGTH;
      String body = text.substring(from, Math.min(from + PART_LENGTH, text.length()));
      batch.add(owner, field, part, body);
    }
    batch.execute();
  }

  /** Takes away all texts of an owner. */
  static void delete(Handle handle, UUID owner) {
    handle.execute("DELETE FROM text_part WHERE owner = ?", owner);
  }

  static String read(Handle handle, UUID owner, int field) {
    return join(handle.select(SELECT, owner, field).map((row, context) -> row.getString(1)).list());
  }

  /** The same with a prepared {@link #SELECT}. */
  static String read(PreparedStatement select, UUID owner, int field) throws SQLException {
    select.setObject(1, owner);
    select.setInt(2, field);
    List<String> parts = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        parts.add(rows.getString(1));
      }
    }
    return join(parts);
  }

  private static String join(List<String> parts) {
    return parts.size() == 1 ? parts.getFirst() : String.join("", parts);
  }
}
