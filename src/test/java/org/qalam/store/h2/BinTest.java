package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.store.h2.H2DocumentStoreTest.assertReason;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DeletedDocument;
import org.qalam.document.DocumentId;
import org.qalam.store.StoreException.Reason;

class BinTest {
  @TempDir Path folder;

  private Instant now = Instant.parse("2026-03-02T09:00:00Z");

  private H2DocumentStore open() {
    return H2DocumentStore.open(folder, "file", (InstantSource) () -> now, Schema.migrations());
  }

  /** The program is started every other week, and at the end. */
  private void days(int days) {
    for (int day = 0; day < days; day += 15) {
      now = now.plus(Duration.ofDays(Math.min(15, days - day)));
      open().close();
    }
  }

  private DocumentId deleted(String text) {
    try (H2DocumentStore store = open()) {
      DocumentId id = store.create("", text).id();
      store.keepRevision(id, "kept");
      store.putSetting("unfinished." + id, text);
      store.delete(id);
      return id;
    }
  }

  private List<String> bin() {
    try (H2DocumentStore store = open()) {
      return store.bin().stream().map(deleted -> deleted.summary().title()).toList();
    }
  }

  @Test
  void aDeletedDocumentCanBeTakenBackForThirtyDays() {
    DocumentId id = deleted("a letter");
    days(29);
    try (H2DocumentStore store = open()) {
      DeletedDocument found = store.bin().getFirst();
      assertEquals(Instant.parse("2026-03-02T09:00:00Z"), found.deleted());
      assertEquals("a letter", found.summary().title());
      store.undelete(id);
      assertEquals("a letter", store.find(id).orElseThrow().text());
      assertEquals(List.of(), store.bin());
    }
  }

  @Test
  void afterThirtyDaysNothingOfItIsLeftInTheDatabase() {
    deleted("an old letter");
    try (H2DocumentStore store = open()) {
      store.create("", "another");
    }
    days(32);
    assertEquals(List.of(), bin());
    try (Handle handle =
        new H2File(folder.toAbsolutePath().resolve("qalam.mv.db"), "file").openReadOnly()) {
      assertEquals(
          List.of("another"),
          handle.select("SELECT body FROM text_part").mapTo(String.class).list());
      assertEquals(0, handle.select("SELECT COUNT(*) FROM revision").mapTo(int.class).one());
      assertTrue(
          handle.select("SELECT content FROM setting").mapTo(String.class).list().stream()
              .noneMatch("an old letter"::equals));
    }
    try (H2DocumentStore store = open()) {
      assertEquals(Optional.empty(), store.repair());
      assertEquals(1, store.list().size());
    }
  }

  @Test
  void whoWasAwayForMonthsFindsTheBinAsItWas() {
    deleted("a letter");
    now = now.plus(Duration.ofDays(100));
    assertEquals(List.of("a letter"), bin());
    days(1);
    assertEquals(List.of(), bin());
  }

  @Test
  void aClockThatWasAYearAheadForAStartTakesNothing() {
    deleted("a letter");
    Instant right = now;
    now = right.plus(Duration.ofDays(365));
    assertEquals(List.of("a letter"), bin());
    now = right.plus(Duration.ofHours(1));
    assertEquals(List.of("a letter"), bin());
    days(28);
    assertEquals(List.of("a letter"), bin());
    days(4);
    assertEquals(List.of(), bin());
  }

  @Test
  void onlyWhatIsInTheBinCanBeTakenAwayForGood() {
    DocumentId gone = deleted("a letter");
    try (H2DocumentStore store = open()) {
      DocumentId here = store.create("", "here").id();
      assertReason(Reason.NOT_FOUND, () -> store.purge(here));
      store.purge(gone);
      assertEquals(List.of(), store.bin());
      assertReason(Reason.NOT_FOUND, () -> store.undelete(gone));
      assertEquals("here", store.find(here).orElseThrow().text());
    }
    try (H2DocumentStore store = open()) {
      assertEquals(Optional.empty(), store.repair());
      assertEquals(List.of(), store.bin());
    }
  }
}
