package org.qalam.ui.window;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Shelf;
import org.qalam.document.TextSummary;
import org.qalam.exchange.FolderExport;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.task.TaskRunner;

/**
 * Writes all documents into a folder, some at a time, so that saving goes on between them. May be
 * begun on any thread.
 */
final class WholeExport {
  /** Documents that are read at once: so long waits who wants to save one. */
  private static final int BATCH = 20;

  private final DocumentStore store;
  private final TaskRunner storeRunner;
  private final TaskRunner background;
  private final Path folder;

  /**
   * What came of it.
   *
   * @param written number of files
   * @param unread number of documents that are damaged
   */
  record Result(int written, int unread) {}

  private record Listing(List<DocumentSummary> documents, Map<DocumentId, Shelf> shelves) {}

  WholeExport(DocumentStore store, TaskRunner storeRunner, TaskRunner background, Path folder) {
    this.store = store;
    this.storeRunner = storeRunner;
    this.background = background;
    this.folder = folder;
  }

  CompletableFuture<Result> run() {
    return storeRunner
        .submit(() -> new Listing(store.list(), store.shelves()))
        .thenCompose(found -> {
          List<DocumentId> ids = found.documents().stream().map(DocumentSummary::id).toList();
          return from(ids, found.shelves(), 0, 0);
        });
  }

  private CompletableFuture<Result> from(
      List<DocumentId> ids, Map<DocumentId, Shelf> shelves, int at, int written) {
    if (at >= ids.size()) {
      return CompletableFuture.completedFuture(new Result(written, ids.size() - written));
    }
    List<DocumentId> some = ids.subList(at, Math.min(at + BATCH, ids.size()));
    return storeRunner
        .submit(() -> read(some))
        .thenCompose(documents -> background.submit(() -> write(documents, shelves)))
        .thenCompose(more -> from(ids, shelves, at + BATCH, written + more));
  }

  private List<Document> read(List<DocumentId> ids) {
    List<Document> documents = new ArrayList<>();
    for (DocumentId id : ids) {
      try {
        store.find(id).ifPresent(documents::add);
      } catch (StoreException e) {
        System.getLogger(WholeExport.class.getName())
            .log(System.Logger.Level.WARNING, "a document cannot be exported", e);
      }
    }
    return documents;
  }

  private int write(List<Document> documents, Map<DocumentId, Shelf> shelves) {
    FolderExport export = FolderExport.into(folder);
    for (Document document : documents) {
      Path _ =
          export.write(
              TextSummary.of(document.title(), document.text()).title(),
              document.text(),
              shelves.getOrDefault(document.id(), Shelf.NONE).folder());
    }
    return documents.size();
  }
}
