package org.qalam.store.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.TextSummary;
import org.qalam.store.journal.DocumentCopy;

/**
 * A row of table {@code document}: all of a document but its text.
 *
 * @param title that the writer gave
 * @param shown what a list shows, worked out from the title and the text
 * @param created microseconds since 1970, as are the other times
 * @param deleted when it went to the bin; null while it is not there
 * @param textTag {@link #textTag(UUID, long, String)} of the text
 * @param rowTag digest of the other components when it was written
 */
record DocumentRow(
    UUID id,
    String title,
    TextSummary shown,
    long revision,
    int caret,
    long created,
    long modified,
    @Nullable Long deleted,
    String textTag,
    String rowTag) {
  static final String COLUMNS =
      "id, title, shown_title, preview, words, revision, caret, created, modified, deleted,"
          + " text_tag, row_tag";

  static DocumentRow read(ResultSet row) throws SQLException {
    long deleted = row.getLong("deleted");
    Long deletedOrNull = row.wasNull() ? null : deleted;
    return new DocumentRow(
        row.getObject("id", UUID.class),
        row.getString("title"),
        new TextSummary(
            row.getString("shown_title"), row.getString("preview"), row.getInt("words")),
        row.getLong("revision"),
        row.getInt("caret"),
        row.getLong("created"),
        row.getLong("modified"),
        deletedOrNull,
        row.getString("text_tag"),
        row.getString("row_tag"));
  }

  static String textTag(UUID id, long revision, String text) {
    return Tag.of("text").add(id).add(revision).add(text).hex();
  }

  /** Whether the row is what was written. */
  boolean isIntact() {
    return digest().matches(rowTag);
  }

  /** Whether {@code text} is what was written with this row. */
  boolean isTextIntact(String text) {
    return Tag.of("text").add(id).add(revision).add(text).matches(textTag);
  }

  boolean isDeleted() {
    return deleted != null;
  }

  /** The same facts with the tag that belongs to them. */
  DocumentRow tagged() {
    return new DocumentRow(
        id, title, shown, revision, caret, created, modified, deleted, textTag, digest().hex());
  }

  DocumentRow withCaret(int other) {
    return new DocumentRow(
        id, title, shown, revision, other, created, modified, deleted, textTag, rowTag);
  }

  DocumentRow withTitle(String other, TextSummary otherShown) {
    return new DocumentRow(
        id, other, otherShown, revision, caret, created, modified, deleted, textTag, rowTag);
  }

  DocumentRow withDeleted(@Nullable Long other) {
    return new DocumentRow(
        id, title, shown, revision, caret, created, modified, other, textTag, rowTag);
  }

  DocumentSummary summary() {
    return new DocumentSummary(
        new DocumentId(id),
        shown.title(),
        shown.preview(),
        shown.words(),
        Micros.toInstant(created),
        Micros.toInstant(modified));
  }

  /** This row and its text as the journal keeps them. */
  DocumentCopy copy(long sequence, String text) {
    return new DocumentCopy(
        sequence,
        new DocumentId(id),
        title,
        revision,
        caret,
        Micros.toInstant(created),
        Micros.toInstant(modified),
        Optional.ofNullable(deleted).map(Micros::toInstant),
        text);
  }

  private Tag digest() {
    return Tag.of("document")
        .add(id)
        .add(title)
        .add(shown.title())
        .add(shown.preview())
        .add(shown.words())
        .add(revision)
        .add(caret)
        .add(created)
        .add(modified)
        .add(deleted == null ? Long.MIN_VALUE : deleted)
        .add(textTag);
  }
}
