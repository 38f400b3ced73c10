package org.qalam.store;

import java.time.Duration;
import java.util.List;
import org.qalam.document.DeletedDocument;
import org.qalam.document.DocumentId;
import org.qalam.task.StoreThread;

/**
 * Deleted documents, kept for {@link #KEPT}. Confined to the store's thread; errors are {@link
 * StoreException}s.
 */
@StoreThread
public interface Bin {
  /** How long a document stays in the bin; after that it goes when the store is opened. */
  Duration KEPT = Duration.ofDays(30);

  /** What is in the bin, last deleted first. */
  List<DeletedDocument> bin();

  /** Moves a document to the bin. */
  void delete(DocumentId id);

  /** Takes a document out of the bin, as it was. */
  void undelete(DocumentId id);

  /**
   * Takes a document out of the bin for good, with its revisions, outputs and decisions. Backups
   * and journal hold it until they are written anew.
   *
   * @throws StoreException {@code NOT_FOUND} where it is not in the bin
   */
  void purge(DocumentId id);
}
