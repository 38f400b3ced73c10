package org.qalam.store.journal;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.qalam.document.DocumentId;

/**
 * All of a document as one change left it.
 *
 * @param sequence counts the changes of all documents together; the greater, the newer
 * @param title that the writer gave; empty where it follows the text
 * @param revision counts the changes of this text
 * @param caret offset in {@code text} (UTF-16 units)
 * @param deleted when it went to the bin; empty while it is not there
 */
public record DocumentCopy(
    long sequence,
    DocumentId id,
    String title,
    long revision,
    int caret,
    Instant created,
    Instant modified,
    Optional<Instant> deleted,
    String text) {
  /** The newer one is greater. */
  public static final Comparator<DocumentCopy> BY_AGE =
      Comparator.comparingLong(DocumentCopy::sequence).thenComparingLong(DocumentCopy::revision);
}
