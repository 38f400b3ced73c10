package org.qalam.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.qalam.assist.Assistant;
import org.qalam.catalog.ModelCatalog;
import org.qalam.convert.ModelImporter;
import org.qalam.engine.CacheType;
import org.qalam.engine.Engine;
import org.qalam.engine.ModelLoader;
import org.qalam.engine.ModelPreparer;
import org.qalam.search.NoteSearch;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.store.DocumentStore;

/** What commands work with; each is made when it is first asked for. */
public interface Services extends AutoCloseable {
  /** Folder of all data. */
  Path home();

  ModelCatalog catalog();

  ModelImporter importer();

  /** Loads models with a key-value cache of this type. */
  ModelLoader loader(CacheType cacheType);

  /** Prepares models for a key-value cache of this type. */
  ModelPreparer preparer(CacheType cacheType);

  Engine engine();

  Assistant assistant();

  /**
   * Opens the document store, asking for its passphrase where it has one; the caller closes it. To
   * be used on the calling thread only.
   */
  DocumentStore openStore();

  /** What the documents' key is locked in; empty where they are in the open. */
  default Optional<KeyRing> keys() {
    return Optional.empty();
  }

  /**
   * The same with a key that is known already.
   *
   * @param key of {@link #keys}
   */
  default DocumentStore openStore(Optional<DataKey> key) {
    return openStore();
  }

  /**
   * Searches documents by their words, and by their meaning as far as the window has worked it out.
   * The caller closes it.
   *
   * @param byMeaning false for their words alone
   */
  NoteSearch search(NoteSearch.Source source, boolean byMeaning);

  @Override
  void close();
}
