package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.Folders;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

class H2DocumentStoreTest {
  @TempDir Path folder;

  @Test
  void keepsTextTitleAndCaretAcrossReopening() {
    String text = "# Greetings\n\nهذا نصّ عربي 👩‍👩‍👧 and \uD800 half a pair\u0000\n";
    DocumentId id;
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      Document made = store.create("  A\ntitle ", "");
      id = made.id();
      assertEquals(2, store.save(id, text, 7));
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      Document found = store.find(id).orElseThrow();
      assertEquals(text, found.text());
      assertEquals("A title", found.title());
      assertEquals(7, found.caret());
      assertEquals(2, found.revision());
    }
  }

  @Test
  void givesBackWhatItMade() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      Document made = store.create("Title", "Text");
      assertEquals(Optional.of(made), store.find(made.id()));
    }
  }

  @Test
  void keepsTextsLongerThanOneDatabaseString() {
    String text = "0123456789abcde😀".repeat(150_000);
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      DocumentId id = store.create("", text).id();
      assertEquals(text, store.find(id).orElseThrow().text());
      String shorter = text.substring(0, TextParts.PART_LENGTH + 1);
      store.save(id, shorter, 0);
      assertEquals(shorter, store.find(id).orElseThrow().text());
      store.save(id, "", 0);
      assertEquals("", store.find(id).orElseThrow().text());
    }
  }

  @Test
  void countsARevisionOnlyForAChangedText() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      DocumentId id = store.create("", "one").id();
      Instant modified = store.find(id).orElseThrow().modified();
      assertEquals(1, store.save(id, "one", 3));
      assertEquals(3, store.find(id).orElseThrow().caret());
      assertEquals(modified, store.find(id).orElseThrow().modified());
      assertEquals(2, store.save(id, "two", 0));
    }
  }

  @Test
  void titleFollowsTheTextUntilTheWriterGivesOne() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      DocumentId id = store.create("", "\n## First line\nand more").id();
      assertEquals("First line", store.list().getFirst().title());
      store.rename(id, "Mine");
      assertEquals("Mine", store.list().getFirst().title());
      assertEquals("Mine", store.find(id).orElseThrow().title());
      store.rename(id, " ");
      assertEquals("First line", store.list().getFirst().title());
      assertEquals("", store.find(id).orElseThrow().title());
    }
  }

  @Test
  void binsAndRestoresADocumentAsItWas() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      Document made = store.create("Title", "Text");
      store.delete(made.id());
      store.delete(made.id());
      assertEquals(Optional.empty(), store.find(made.id()));
      assertEquals(List.of(), store.list());
      store.undelete(made.id());
      assertEquals(Optional.of(made), store.find(made.id()));
    }
  }

  @Test
  void savesALateTextIntoTheBinInsteadOfDroppingIt() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      DocumentId id = store.create("", "early").id();
      store.delete(id);
      store.save(id, "late", 0);
      assertEquals(Optional.empty(), store.find(id));
      store.undelete(id);
      assertEquals("late", store.find(id).orElseThrow().text());
    }
  }

  @Test
  void listsTwoThousandDocumentsLastModifiedFirst() {
    String text = "word ".repeat(1_000);
    UUID first = new UUID(0, 0);
    try (Database database = Database.open(folder, "file", Sealing.NONE, Schema.migrations())) {
      int inserted =
          database.write(handle -> {
            DocumentTable documents = new DocumentTable(handle);
            documents.insert(first, "first", text, 0);
            for (int i = 1; i < 2_000; i++) {
              documents.insert(new UUID(0, i), "", "Document " + i + "\n" + text, i);
            }
            return 2_000;
          });
      assertEquals(2_000, inserted);
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      store.save(new DocumentId(first), text + "more", 0);
      List<DocumentSummary> list = List.of();
      Duration best = Duration.ofDays(1);
      for (int i = 0; i < 3; i++) { // the best of three, since the machine may be busy
        long start = System.nanoTime();
        list = store.list();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        best = took.compareTo(best) < 0 ? took : best;
      }
      assertEquals(2_000, list.size());
      assertEquals("first", list.getFirst().title());
      assertEquals(1_001, list.getFirst().words());
      assertEquals("Document 1999", list.get(1).title());
      assertEquals("Document 1", list.getLast().title());
      assertTrue(best.compareTo(Duration.ofMillis(500)) < 0, "list took " + best);
    }
  }

  @Test
  void keepsAllOfAnOutputAndItsFate() {
    Output output =
        new Output(
            UUID.randomUUID(),
            DocumentId.random(),
            Instant.parse("2026-11-23T10:00:00.123456Z"),
            "custom",
            "shorter",
            "the original",
            "the proposal",
            "model",
            "prompt ".repeat(200_000),
            "{\"temperature\":0}",
            "LANGUAGE",
            12,
            34,
            5.6,
            Output.Fate.PENDING);
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      store.add(output);
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(List.of(output), store.outputs(output.document()));
      store.setFate(output.id(), Output.Fate.REPLACED);
      assertEquals(Output.Fate.REPLACED, store.outputs(output.document()).getFirst().fate());
      assertEquals(List.of(), store.outputs(DocumentId.random()));
    }
  }

  @Test
  void keepsSettings() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(Optional.empty(), store.setting("width"));
      store.putSetting("width", "800");
      store.putSetting("width", "900");
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(Optional.of("900"), store.setting("width"));
    }
  }

  @Test
  void saysThatADocumentIsUnknown() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      DocumentId unknown = DocumentId.random();
      assertEquals(Optional.empty(), store.find(unknown));
      assertReason(Reason.NOT_FOUND, () -> store.save(unknown, "text", 0));
      assertReason(Reason.NOT_FOUND, () -> store.rename(unknown, "title"));
      assertReason(Reason.NOT_FOUND, () -> store.delete(unknown));
      assertReason(Reason.NOT_FOUND, () -> store.undelete(unknown));
      assertReason(Reason.NOT_FOUND, () -> store.setFate(unknown.value(), Output.Fate.COPIED));
    }
  }

  @Test
  void saysThatItIsClosed() {
    H2DocumentStore store = H2DocumentStore.open(folder);
    store.close();
    store.close();
    assertReason(Reason.CLOSED, store::list);
  }

  @Test
  void refusesAnotherThread() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      CompletionException e =
          assertThrows(
              CompletionException.class, () -> CompletableFuture.supplyAsync(store::list).join());
      assertTrue(e.getCause() instanceof IllegalStateException, e.toString());
    }
  }

  @Test
  void goesOnAfterItsThreadWasInterrupted() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      DocumentId id = store.create("", "one").id();
      String expected = "one";
      Thread.currentThread().interrupt();
      try {
        store.save(id, "two", 0);
        expected = "two";
      } catch (StoreException e) {
        assertEquals(Reason.FAILED, e.reason(), e.toString());
      } finally {
        assertTrue(Thread.interrupted());
      }
      assertEquals(expected, store.find(id).orElseThrow().text());
      store.save(id, "three", 0);
      assertEquals("three", store.find(id).orElseThrow().text());
    }
  }

  @Test
  void refusesASecondStoreInTheSameProcessUntilTheFirstIsClosed() {
    try (H2DocumentStore first = H2DocumentStore.open(folder)) {
      first.create("", "text");
      assertReason(Reason.LOCKED, () -> H2DocumentStore.open(folder));
      assertEquals(1, first.list().size());
    }
    try (H2DocumentStore second = H2DocumentStore.open(folder)) {
      assertEquals(1, second.list().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;INIT=CREATE ALIAS X FOR 'java.lang.System.exit'", "a\nb", "a\u0007b"})
  void refusesAPathThatADatabaseUrlWouldMisread(String name) {
    assertReason(Reason.FAILED, () -> H2DocumentStore.open(folder.resolve(name)));
    assertFalse(Files.exists(folder.resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"with space", "مستندات", "100%20'\"=&?#", "~", "file:mem:x", "${user.home}"})
  void acceptsAnyOtherPath(String name) throws Exception {
    Path data = folder.resolve(name);
    try (H2DocumentStore store = H2DocumentStore.open(data)) {
      store.create("", "text");
    }
    assertTrue(Files.size(data.resolve("qalam.mv.db")) > 0);
    assertEquals(List.of("backups", "journal", "qalam.lock", "qalam.mv.db"), Folders.names(data));
  }

  /** Egypt writes numbers in other digits; a folder is read wherever it is taken to. */
  @Test
  void filesAreNumberedAlikeInEveryCountry() throws Exception {
    Path data = folder.resolve("data");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("ar", "EG"));
      try (H2DocumentStore store = H2DocumentStore.open(data)) {
        store.create("", "text");
      }
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(List.of("000001.backup"), Folders.names(data.resolve("backups")));
    List<String> journal = Folders.names(data.resolve("journal"));
    assertFalse(journal.isEmpty());
    for (String name : journal) {
      assertTrue(name.matches("[0-9]{8}[.]journal"), name);
    }
  }

  static StoreException assertReason(Reason reason, Runnable work) {
    StoreException e = assertThrows(StoreException.class, work::run);
    assertEquals(reason, e.reason(), e.toString());
    return e;
  }

  @Test
  void decisionsComeBackInTheirOrderAndEachToItsDocument() {
    DocumentId one = new DocumentId(UUID.randomUUID());
    DocumentId other = new DocumentId(UUID.randomUUID());
    Instant now = Instant.parse("2026-11-26T10:42:00.123456Z");
    UUID output = UUID.randomUUID();
    List<Decision> noted =
        List.of(
            new Decision(output, one, now, Decision.Verdict.ACCEPTED, "dont", "don't"),
            new Decision(output, one, now, Decision.Verdict.REJECTED, "", "،"),
            new Decision(output, one, now.minusSeconds(9), Decision.Verdict.TAKEN_BACK, "a", ""));
    Decision elsewhere = new Decision(output, other, now, Decision.Verdict.REPLACED, "", "");
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      store.note(noted);
      store.note(List.of(elsewhere));
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(noted, store.decisions(one));
      assertEquals(List.of(elsewhere), store.decisions(other));
      assertEquals(List.of(), store.decisions(new DocumentId(UUID.randomUUID())));
    }
  }
}
