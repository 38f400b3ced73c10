package org.qalam.store.h2;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
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
  private static final String SELECT =
      "SELECT body FROM text_part WHERE owner = ? AND field = ? ORDER BY part";

  private TextParts() {}

  /**
   * Writes a text.
   *
   * @param revision of the document, where it is a document's
   */
  static void write(Handle handle, UUID owner, int field, long revision, String text) {
    TextSeal seal = TextSeal.of(handle);
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
      batch.add(owner, field, part, seal.store(body, owner, field, part, revision));
    }
    batch.execute();
  }

  /** Takes away all texts of an owner. */
  static void delete(Handle handle, UUID owner) {
    handle.execute("DELETE FROM text_part WHERE owner = ?", owner);
  }

  /**
   * A text. Whether it is as it was written its tag says: without a piece that was changed under
   * its seal it is not.
   */
  static String read(Handle handle, UUID owner, int field, long revision) {
    List<String> parts =
        handle.select(SELECT, owner, field).map((row, context) -> row.getString(1)).list();
    return join(parts, TextSeal.of(handle), owner, field, revision);
  }

  private static String join(
      List<String> stored, TextSeal seal, UUID owner, int field, long revision) {
    StringJoiner text = new StringJoiner("");
    for (int part = 0; part < stored.size(); part++) {
      text.add(seal.load(stored.get(part), owner, field, part, revision).orElse(""));
    }
    return text.toString();
  }

  /** Reads many texts with one statement: preparing it takes longer than reading a text. */
  static final class Reader implements AutoCloseable {
    private final PreparedStatement select;
    private final TextSeal seal;

    Reader(Handle handle) throws SQLException {
      this.select = handle.getConnection().prepareStatement(SELECT);
      this.seal = TextSeal.of(handle);
    }

    String read(UUID owner, int field, long revision) throws SQLException {
      select.setObject(1, owner);
      select.setInt(2, field);
      List<String> parts = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          parts.add(rows.getString(1));
        }
      }
      return join(parts, seal, owner, field, revision);
    }

    @Override
    public void close() throws SQLException {
      select.close();
    }
  }
}
