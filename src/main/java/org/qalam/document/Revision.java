package org.qalam.document;

import java.time.Instant;
import java.util.UUID;

/**
 * An earlier text of a document that was kept; the text itself is asked for separately.
 *
 * @param number which of the document's revisions it is; a document has one of each number at most
 * @param saved when this text was last saved
 * @param kept when it was put aside
 * @param name that the writer gave; empty for one that was kept unasked
 * @param words of its text
 * @param length of its text in UTF-16 units
 */
public record Revision(
    UUID id,
    DocumentId document,
    long number,
    Instant saved,
    Instant kept,
    String name,
    int words,
    int length) {
  /** Whether the writer gave it a name; such a one stays until the writer takes it away. */
  public boolean isNamed() {
    return !name.isEmpty();
  }

  /** The same with another name. */
  public Revision named(String other) {
    return new Revision(id, document, number, saved, kept, other, words, length);
  }
}
