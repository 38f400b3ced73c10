package org.qalam.cli;

import java.nio.file.Path;
import org.qalam.assist.Assistant;
import org.qalam.catalog.ModelCatalog;
import org.qalam.convert.ModelImporter;
import org.qalam.engine.CacheType;
import org.qalam.engine.Engine;
import org.qalam.engine.ModelLoader;
import org.qalam.engine.ModelPreparer;
import org.qalam.search.NoteSearch;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;

/** Services of which documents need but the store. */
final class StoreOnly implements Services {
  private final Path folder;

  /**
   * @param folder documents are in {@code data} in it
   */
  StoreOnly(Path folder) {
    this.folder = folder;
  }

  @Override
  public Path home() {
    return folder;
  }

  @Override
  public DocumentStore openStore() {
    return H2DocumentStore.open(folder.resolve("data"));
  }

  @Override
  public ModelCatalog catalog() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ModelImporter importer() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ModelLoader loader(CacheType cacheType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ModelPreparer preparer(CacheType cacheType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Engine engine() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Assistant assistant() {
    throw new UnsupportedOperationException();
  }

  @Override
  public NoteSearch search(NoteSearch.Source source, boolean byMeaning) {
    return new NoteSearch(source);
  }

  @Override
  public void close() {}
}
