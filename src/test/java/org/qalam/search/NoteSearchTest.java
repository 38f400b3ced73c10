package org.qalam.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.TextSummary;

class NoteSearchTest {
  private final Map<DocumentId, Document> documents = new LinkedHashMap<>();
  private final List<List<DocumentId>> asked = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.empty();
  private final NoteSearch search =
      new NoteSearch(ids -> {
        asked.add(ids);
        return failure
            .<CompletableFuture<List<Document>>>map(CompletableFuture::failedFuture)
            .orElseGet(() ->
                CompletableFuture.completedFuture(
                    ids.stream()
                        .flatMap(id -> Optional.ofNullable(documents.get(id)).stream())
                        .toList()));
      });

  @AfterEach
  void close() {
    search.close();
  }

  private DocumentId save(DocumentId id, String text, int second) {
    Instant time = Instant.parse("2026-01-15T12:00:00Z").plusSeconds(second);
    documents.put(id, new Document(id, "", text, 1, 0, time, time));
    return id;
  }

  private List<DocumentSummary> list() {
    return documents.values().stream()
        .map(document -> {
          TextSummary summary = TextSummary.of(document.title(), document.text());
          return new DocumentSummary(
              document.id(),
              summary.title(),
              summary.preview(),
              summary.words(),
              document.created(),
              document.modified());
        })
        .toList();
  }

  private List<DocumentId> found(String typed) {
    return search.search(typed, 10).join().stream().map(Hit::id).toList();
  }

  @Test
  void readsOnlyWhatHasChangedAndForgetsWhatIsGone() {
    DocumentId letter = save(DocumentId.random(), "A letter about heating", 0);
    DocumentId diary = save(DocumentId.random(), "A diary about heating", 1);
    search.follow(list()).join();
    assertEquals(2, found("heating").size());
    asked.clear();
    save(letter, "A letter about cooling", 2);
    search.follow(list()).join();
    assertEquals(List.of(List.of(letter)), asked);
    assertEquals(List.of(diary), found("heating"));
    assertEquals(List.of(letter), found("cooling"));
    Document gone = documents.remove(diary);
    search.follow(list()).join();
    assertEquals(List.of(), found("heating"));
    documents.put(diary, gone);
    search.follow(list()).join();
    assertEquals(List.of(diary), found("heating"), "taken out of the bin");
  }

  @Test
  void aHundredDocumentsAreReadInTurnsAndTheNewestListCounts() {
    for (int i = 0; i < 100; i++) {
      save(DocumentId.random(), "Note " + i + " about heating", i);
    }
    CompletableFuture<?> first = search.follow(list());
    DocumentId late = save(DocumentId.random(), "A zebra", 100);
    search.follow(list()).join();
    assertTrue(first.isDone());
    assertEquals(List.of(late), found("zebra"));
    assertEquals(100, search.search("heating", 200).join().size());
    assertTrue(asked.stream().allMatch(ids -> ids.size() <= 24), "a save has to wait for one");
    assertEquals(101, asked.stream().mapToInt(List::size).sum());
  }

  @Test
  void whatCannotBeReadIsNotAskedForAgainUntilItChanges() {
    DocumentId letter = save(DocumentId.random(), "A letter", 0);
    List<DocumentSummary> list = list();
    documents.clear();
    search.follow(list).join();
    search.follow(list).join();
    assertEquals(List.of(List.of(letter)), asked);
    assertEquals(List.of(), found("letter"));
  }

  @Test
  void aSourceThatEndsIsToldAndTriedAgainWithTheNextList() {
    DocumentId letter = save(DocumentId.random(), "A letter", 0);
    failure = Optional.of(new IllegalStateException("closed"));
    assertThrows(CompletionException.class, () -> search.follow(list()).join());
    failure = Optional.empty();
    search.follow(list()).join();
    assertEquals(List.of(letter), found("letter"));
  }

  @Test
  void anEmptyListIsFollowedToo() {
    search.follow(List.of()).join();
    assertEquals(List.of(), found("anything"));
  }
}
