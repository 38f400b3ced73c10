package org.qalam.store.h2;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jspecify.annotations.Nullable;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.TextSummary;
import org.qalam.store.journal.DocumentCopy;

/**
 * Documents in an open database, each checked against its tags as it is read. Works inside the
 * caller's transaction.
 */
final class DocumentTable {
  private final Handle handle;

  DocumentTable(Handle handle) {
    this.handle = handle;
  }

  /** What a text turned out to be when it was read. */
  sealed interface Found {
    /** The row and its text are as they were written. */
    record Intact(DocumentRow row, String text) implements Found {}

    /** The text is as it was written, the facts beside it (title, caret, times) are not. */
    record OnlyText(DocumentRow row, String text) implements Found {}

    /** The text is not as it was written. */
    record Damaged(DocumentRow row) implements Found {}
  }

  Optional<DocumentRow> row(UUID id) {
    return handle
        .select("SELECT " + DocumentRow.COLUMNS + " FROM document WHERE id = ?", id)
        .map((row, context) -> DocumentRow.read(row))
        .findFirst();
  }

  Optional<Found> find(UUID id) {
    return row(id).map(this::withText);
  }

  private Found withText(DocumentRow row) {
    String text = TextParts.read(handle, row.id(), TextParts.DOCUMENT_TEXT, row.revision());
    if (!row.isTextIntact(text)) {
      return new Found.Damaged(row);
    }
    return row.isIntact() ? new Found.Intact(row, text) : new Found.OnlyText(row, text);
  }

  /**
   * All that is not in the bin, last modified first. A damaged row is read from its text where that
   * is intact, and else listed without title and preview, so that it can be seen and asked for.
   */
  List<DocumentSummary> list() {
    List<DocumentRow> rows = rows().list();
    List<DocumentSummary> summaries = new ArrayList<>(rows.size());
    for (DocumentRow row : rows) {
      // The bin is sorted out here and not by a WHERE: a flipped bit must not hide a document.
      if (!row.isIntact()) {
        summaries.add(trusted(row).summary());
      } else if (!row.isDeleted()) {
        summaries.add(row.summary());
      }
    }
    summaries.sort(
        Comparator.comparing(DocumentSummary::modified)
            .thenComparing(DocumentSummary::created)
            .reversed()
            .thenComparing(summary -> summary.id().value()));
    return summaries;
  }

  /** The row itself where it is intact, else what can still be trusted of it. */
  DocumentRow trusted(DocumentRow row) {
    if (row.isIntact()) {
      return row;
    }
    return switch (withText(row)) {
      case Found.Intact(DocumentRow intact, String _) -> intact;
      case Found.OnlyText(DocumentRow broken, String text) -> withoutFacts(broken, text);
      case Found.Damaged(DocumentRow broken) -> withoutFacts(broken, "");
    };
  }

  /** The row with nothing in it that cannot be trusted. */
  static DocumentRow withoutFacts(DocumentRow row, String text) {
    return new DocumentRow(
        row.id(),
        "",
        TextSummary.of("", text),
        row.revision(),
        0,
        0,
        0,
        null,
        row.textTag(),
        row.rowTag());
  }

  /** The document as a reader gets it. */
  static Document document(DocumentRow row, String text) {
    return new Document(
        new DocumentId(row.id()),
        row.title(),
        text,
        row.revision(),
        Math.clamp(row.caret(), 0, text.length()),
        Micros.toInstant(row.created()),
        Micros.toInstant(row.modified()));
  }

  /** A document of which only the text can be trusted. */
  static Document documentWithoutFacts(DocumentRow row, String text) {
    return document(withoutFacts(row, text), text);
  }

  DocumentRow insert(UUID id, String title, String text, long now) {
    DocumentRow row = rowFor(id, title, text, 1, 0, now, now, null);
    write(row);
    TextParts.write(handle, id, TextParts.DOCUMENT_TEXT, row.revision(), text);
    return row;
  }

  /**
   * Saves a text under the next revision; the caret alone where the stored text is this one. What
   * was damaged is replaced.
   *
   * @return the row as it is now
   */
  DocumentRow save(DocumentRow old, String text, int caret, long now) {
    boolean intact = old.isIntact();
    if (intact
        && old.isTextIntact(text)
        && TextParts.read(handle, old.id(), TextParts.DOCUMENT_TEXT, old.revision()).equals(text)) {
      if (old.caret() != caret) {
        write(old.withCaret(caret).tagged());
      }
      return old;
    }
    long revision = Math.max(old.revision(), 0) + 1;
    DocumentRow row =
        intact
            ? rowFor(
                old.id(), old.title(), text, revision, caret, old.created(), now, old.deleted())
            : rowFor(old.id(), "", text, revision, caret, now, now, null);
    write(row);
    TextParts.write(handle, old.id(), TextParts.DOCUMENT_TEXT, revision, text);
    return row;
  }

  DocumentRow rename(DocumentRow row, String title, String text) {
    String clean = TextSummary.cleanTitle(title);
    DocumentRow renamed = row.withTitle(clean, TextSummary.of(clean, text)).tagged();
    write(renamed);
    return renamed;
  }

  /** Moves a row to the bin, or out of it where {@code when} is null. */
  DocumentRow setDeleted(DocumentRow row, @Nullable Long when) {
    DocumentRow changed = row.withDeleted(when).tagged();
    write(changed);
    return changed;
  }

  /** Takes a document away, with its text. */
  void delete(UUID id) {
    handle.execute("DELETE FROM document WHERE id = ?", id);
    TextParts.delete(handle, id);
  }

  /** Makes a document what its copy says, whatever it was. */
  void put(DocumentCopy copy) {
    UUID id = copy.id().value();
    write(
        rowFor(
            id,
            copy.title(),
            copy.text(),
            copy.revision(),
            copy.caret(),
            Micros.of(copy.created()),
            Micros.of(copy.modified()),
            copy.deleted().map(Micros::of).orElse(null)));
    TextParts.write(handle, id, TextParts.DOCUMENT_TEXT, copy.revision(), copy.text());
  }

  /** All rows, read from the table itself and not from an index. */
  ResultIterable<DocumentRow> rows() {
    return handle
        .select("SELECT " + DocumentRow.COLUMNS + " FROM document")
        .map((row, context) -> DocumentRow.read(row));
  }

  private static DocumentRow rowFor(
      UUID id,
      String title,
      String text,
      long revision,
      int caret,
      long created,
      long modified,
      @Nullable Long deleted) {
    String clean = TextSummary.cleanTitle(title);
    return new DocumentRow(
            id,
            clean,
            TextSummary.of(clean, text),
            revision,
            caret,
            created,
            modified,
            deleted,
            DocumentRow.textTag(id, revision, text),
            "")
        .tagged();
  }

  private void write(DocumentRow row) {
    handle.execute(
        "MERGE INTO document ("
            + DocumentRow.COLUMNS
            + ") KEY (id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        row.id(),
        row.title(),
        row.shown().title(),
        row.shown().preview(),
        row.shown().words(),
        row.revision(),
        row.caret(),
        row.created(),
        row.modified(),
        row.deleted(),
        row.textTag(),
        row.rowTag());
  }
}
