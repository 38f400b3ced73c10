package org.qalam.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.TextRange;
import org.qalam.search.Hit;
import org.qalam.search.NoteSearch;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;

/**
 * Reads all documents for a command that searches them, once. Nothing is kept of it. Confined to
 * the store's thread.
 */
final class DocumentSearch {
  private DocumentSearch() {}

  /**
   * The documents, read; the caller closes it.
   *
   * @param byMeaning whether they are found by their meaning too, as far as that was worked out
   * @param err is told of documents that cannot be read; the others are searched
   */
  static NoteSearch of(Services services, DocumentStore store, boolean byMeaning, PrintWriter err) {
    List<DocumentSummary> list = store.list();
    Map<DocumentId, Document> read = new LinkedHashMap<>();
    for (DocumentSummary each : list) {
      try {
        store.find(each.id()).ifPresent(document -> read.put(each.id(), document));
      } catch (StoreException e) {
        err.println(e.getMessage());
      }
    }
    err.flush();
    NoteSearch search =
        services.search(
            ids ->
                CompletableFuture.completedFuture(
                    ids.stream()
                        .flatMap(id -> Optional.ofNullable(read.get(id)).stream())
                        .toList()),
            byMeaning);
    search.follow(list).join();
    try {
      search.awaitMeanings();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then words alone are known
    }
    return search;
  }

  /** A hit as JSON has it; places are in UTF-16 units of title, snippet and text. */
  static Map<String, Object> facts(Hit hit) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", hit.id().toString());
    facts.put("title", hit.title());
    facts.put("snippet", hit.snippet().text());
    facts.put("score", hit.score());
    facts.put("title_marks", places(hit.titleMarks()));
    facts.put("snippet_marks", places(hit.snippet().marks()));
    hit.place().ifPresent(place -> facts.put("place", place(place)));
    return facts;
  }

  private static List<List<Integer>> places(List<TextRange> ranges) {
    return ranges.stream().map(DocumentSearch::place).toList();
  }

  private static List<Integer> place(TextRange range) {
    return List.of(range.start(), range.end());
  }
}
