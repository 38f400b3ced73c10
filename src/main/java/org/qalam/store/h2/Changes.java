package org.qalam.store.h2;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jdbi.v3.core.Handle;
import org.qalam.store.journal.Journal;

/**
 * Numbers the changes of documents and gives each to the journal before the database commits it, so
 * that a text outlives a commit that fails or is forgotten.
 *
 * <p>A journal that cannot be written to is logged and not told to whoever saves: the text is safe
 * in the database, nothing is asked of the writer, and the sentence would stand where the
 * database's own belongs. A backup is made sooner instead. Belongs to the store's thread; the
 * counts may be read on any.
 */
final class Changes {
  private static final System.Logger LOG = System.getLogger(Changes.class.getName());

  private final Journal journal;
  private volatile Position position;
  private boolean isFailing;

  /**
   * @param position where the database stands; changes are numbered on from there
   */
  Changes(Journal journal, Position position) {
    this.journal = journal;
    this.position =
        new Position(Math.max(position.sequence(), journal.lastSequence()), position.documents());
  }

  /** The last change that was noted. */
  Position position() {
    return position;
  }

  /** Notes that documents have gone for good, inside the transaction that takes them away. */
  void noteGone(Handle handle) {
    position = Position.write(handle, position.sequence());
  }

  /** Notes what became of a document, inside the transaction that changes it. */
  void note(Handle handle, DocumentRow row, String text) {
    position = Position.write(handle, position.sequence() + 1);
    try {
      journal.append(row.copy(position.sequence(), text));
      isFailing = false;
    } catch (IOException | RuntimeException e) {
      if (!isFailing) {
        LOG.log(Level.WARNING, "a change is in the database but not in the journal", e);
      }
      isFailing = true;
    }
  }
}
