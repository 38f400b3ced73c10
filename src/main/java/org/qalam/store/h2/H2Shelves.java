package org.qalam.store.h2;

import java.util.HashMap;
import java.util.Map;
import org.qalam.document.DocumentId;
import org.qalam.document.Shelf;
import org.qalam.store.ShelfStore;
import org.qalam.task.StoreThread;

/**
 * Folders and pins as settings of documents, so that they are in backups, outlive repairs and go
 * with their document. Belongs to the database's thread.
 */
@StoreThread
final class H2Shelves implements ShelfStore {
  private static final String PREFIX = "shelf.";
  private static final String PINNED = "1";
  private static final String NOT_PINNED = "0";

  private final Database database;

  H2Shelves(Database database) {
    this.database = database;
  }

  @Override
  public Map<DocumentId, Shelf> shelves() {
    Map<DocumentId, Shelf> shelves = new HashMap<>();
    database.read(handle ->
        SettingTable.startingWith(
            handle,
            PREFIX,
            (name, content) -> {
              if (!content.isEmpty()) {
                shelves.put(
                    DocumentId.parse(name.substring(PREFIX.length())),
                    new Shelf(content.substring(1), content.startsWith(PINNED)));
              }
            }));
    return shelves;
  }

  @Override
  public void putShelf(DocumentId document, Shelf shelf) {
    String content =
        shelf.equals(Shelf.NONE) ? "" : (shelf.isPinned() ? PINNED : NOT_PINNED) + shelf.folder();
    database.write(handle -> {
      SettingTable.write(handle, PREFIX + document, content);
      return true;
    });
  }
}
