package org.qalam.store.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;
import org.qalam.document.TextSummary;
import org.qalam.store.journal.KeptRevision;

/**
 * Earlier texts of documents in an open database, each checked against its tags as it is read.
 * Works inside the caller's transaction.
 */
final class RevisionTable {
  private static final String COLUMNS =
      "id, document, number, saved, kept, name, words, length, text_tag, row_tag";

  private final Handle handle;

  RevisionTable(Handle handle) {
    this.handle = handle;
  }

  /**
   * A row.
   *
   * @param textTag digest of the text when it was written
   * @param isIntact whether the row is what was written
   */
  record Row(Revision revision, String textTag, boolean isIntact) {}

  /** Keeps a document's text. */
  Revision add(DocumentRow row, String text, String name, Instant now) {
    return add(row.id(), row.revision(), row.modified(), text, name, now);
  }

  /**
   * Keeps a text of a document.
   *
   * @param saved when it was saved, in microseconds since 1970
   */
  Revision add(UUID document, long number, long saved, String text, String name, Instant now) {
    Revision revision =
        new Revision(
            UUID.randomUUID(),
            new DocumentId(document),
            number,
            Micros.toInstant(saved),
            Micros.toInstant(Micros.of(now)),
            name,
            TextSummary.countWords(text),
            text.length());
    write(revision, text);
    return revision;
  }

  /** Keeps a revision, in place of one with the same id. */
  void write(Revision revision, String text) {
    writeRow(revision, textTag(revision.id(), text).hex());
    TextParts.write(handle, revision.id(), TextParts.REVISION_TEXT, revision.number(), text);
  }

  private void writeRow(Revision revision, String textTag) {
    handle.execute(
        "MERGE INTO revision (" + COLUMNS + ") KEY (id) VALUES (?,?,?,?,?,?,?,?,?,?)",
        revision.id(),
        revision.document().value(),
        revision.number(),
        Micros.of(revision.saved()),
        Micros.of(revision.kept()),
        revision.name(),
        revision.words(),
        revision.length(),
        textTag,
        rowTag(revision, textTag).hex());
  }

  void rename(Row row, String name) {
    writeRow(row.revision().named(name), row.textTag());
  }

  void delete(UUID id) {
    handle.execute("DELETE FROM revision WHERE id = ?", id);
    TextParts.delete(handle, id);
  }

  /** Takes away all revisions of a document, with their texts. */
  void deleteOf(UUID document) {
    handle.execute(
        "DELETE FROM text_part WHERE owner IN (SELECT id FROM revision WHERE document = ?)",
        document);
    handle.execute("DELETE FROM revision WHERE document = ?", document);
  }

  Optional<Row> find(UUID id) {
    return handle
        .select("SELECT " + COLUMNS + " FROM revision WHERE id = ?", id)
        .map((row, context) -> read(row))
        .findFirst();
  }

  /** The text of a revision; empty where it is not what was written. */
  Optional<String> text(Row row) {
    UUID id = row.revision().id();
    String text = TextParts.read(handle, id, TextParts.REVISION_TEXT, row.revision().number());
    return row.isIntact() && textTag(id, text).matches(row.textTag())
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Revisions of a document, newest first. */
  List<Row> of(UUID document) {
    return handle
        .select(
            "SELECT " + COLUMNS + " FROM revision WHERE document = ? ORDER BY number DESC",
            document)
        .map((row, context) -> read(row))
        .list();
  }

  /** The one with the greatest number. */
  Optional<Revision> newest(UUID document) {
    return handle
        .select(
            "SELECT "
                + COLUMNS
                + " FROM revision WHERE document = ? ORDER BY document DESC, number DESC"
                + " FETCH FIRST ROW ONLY",
            document)
        .map((row, context) -> read(row))
        .findFirst()
        .filter(Row::isIntact)
        .map(Row::revision);
  }

  /** All revisions with their texts; empty for one that was damaged. */
  ResultIterable<Optional<KeptRevision>> all() {
    return handle
        .select("SELECT " + COLUMNS + " FROM revision")
        .map((result, context) -> {
          Row row = read(result);
          return text(row).map(text -> new KeptRevision(row.revision(), text));
        });
  }

  private static Row read(ResultSet row) throws SQLException {
    Revision revision =
        new Revision(
            row.getObject("id", UUID.class),
            new DocumentId(row.getObject("document", UUID.class)),
            row.getLong("number"),
            Micros.toInstant(row.getLong("saved")),
            Micros.toInstant(row.getLong("kept")),
            row.getString("name"),
            row.getInt("words"),
            row.getInt("length"));
    String textTag = row.getString("text_tag");
    return new Row(revision, textTag, rowTag(revision, textTag).matches(row.getString("row_tag")));
  }

  private static Tag textTag(UUID id, String text) {
    return Tag.of("revision text").add(id).add(text);
  }

  private static Tag rowTag(Revision revision, String textTag) {
    return Tag.of("revision")
        .add(revision.id())
        .add(revision.document().value())
        .add(revision.number())
        .add(Micros.of(revision.saved()))
        .add(Micros.of(revision.kept()))
        .add(revision.name())
        .add(revision.words())
        .add(revision.length())
        .add(textTag);
  }
}
