package org.qalam.ui.editor;

import java.lang.reflect.Proxy;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;

/** A store that reads as another does, and saves texts only while there is space. */
public final class FullDisk {
  /** What a save that fails says. */
  public static final String SENTENCE = "The disk is full: free some space and try again.";

  private final DocumentStore store;
  private boolean full = true;

  public FullDisk(DocumentStore store) {
    this.store = store;
  }

  /** There is space again. */
  void empty() {
    full = false;
  }

  /** The other store, on this disk. */
  public DocumentStore store() {
    return (DocumentStore)
        Proxy.newProxyInstance(
            FullDisk.class.getClassLoader(),
            new Class<?>[] {DocumentStore.class},
            (_, method, arguments) -> {
              if (full && method.getName().equals("save")) {
                throw new StoreException(StoreException.Reason.DISK_FULL, SENTENCE);
              }
              return method.invoke(store, arguments);
            });
  }
}
