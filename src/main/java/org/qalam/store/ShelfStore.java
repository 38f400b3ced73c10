package org.qalam.store;

import java.util.Map;
import org.qalam.document.DocumentId;
import org.qalam.document.Shelf;
import org.qalam.task.StoreThread;

/**
 * Folders and pins of documents. Confined to the store's thread; errors are {@link
 * StoreException}s.
 */
@StoreThread
public interface ShelfStore {
  /** Where documents are kept; those that were put nowhere are not in it. */
  Map<DocumentId, Shelf> shelves();

  /** Puts a document somewhere. */
  void putShelf(DocumentId document, Shelf shelf);
}
