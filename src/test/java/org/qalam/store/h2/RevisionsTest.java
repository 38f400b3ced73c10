package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.store.h2.H2DocumentStoreTest.assertReason;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;
import org.qalam.store.StoreException.Reason;

class RevisionsTest {
  @TempDir Path folder;

  private Instant now = Instant.parse("2026-03-02T09:00:00Z");
  private H2DocumentStore store;

  @BeforeEach
  void open() {
    store = H2DocumentStore.open(folder, "file", (InstantSource) () -> now, Schema.migrations());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private List<String> texts(DocumentId id) {
    return store.revisions(id).stream().map(revision -> store.revisionText(revision.id())).toList();
  }

  @Test
  void theTextOfBeforeAPauseCanBeReadAgain() {
    DocumentId id = store.create("", "first").id();
    pass(Duration.ofSeconds(10));
    store.save(id, "first and", 0);
    pass(Duration.ofHours(1));
    store.save(id, "second", 0);
    store.save(id, "second one", 0);
    assertEquals(List.of("first and"), texts(id));
    Revision kept = store.revisions(id).getFirst();
    assertEquals(2, kept.number());
    assertEquals(Instant.parse("2026-03-02T09:00:10Z"), kept.saved());
    assertEquals(2, kept.words());
    assertFalse(kept.isNamed());
  }

  @Test
  void whatWasDeletedInOneGoIsKept() {
    String text = "many words of a long evening ".repeat(20);
    DocumentId id = store.create("", text).id();
    store.save(id, "", 0);
    assertEquals(List.of(text), texts(id));
  }

  @Test
  void savingTheSameTextOrMovingTheCaretKeepsNothing() {
    DocumentId id = store.create("", "first").id();
    pass(Duration.ofHours(1));
    store.save(id, "first", 3);
    assertEquals(List.of(), store.revisions(id));
  }

  @Test
  void oneThatWasGivenANameStaysWhenOthersAreThinnedOut() {
    DocumentId id = store.create("", "day 0").id();
    Revision named = store.keepRevision(id, "Sent to the editor");
    for (int day = 1; day <= 45; day++) {
      for (int hour = 0; hour < 2; hour++) {
        pass(Duration.ofHours(12));
        store.save(id, "day " + day + " hour " + hour, 0);
      }
    }
    List<Revision> kept = store.revisions(id);
    assertTrue(kept.contains(named), kept + "");
    assertEquals("day 0", store.revisionText(named.id()));
    // 24 hours by the hour, a month by the day, the rest by the week.
    assertTrue(kept.size() >= 32 && kept.size() <= 40, "kept " + kept.size());
    try (Handle handle = handle()) {
      assertEquals(
          kept.size(),
          handle
              .select("SELECT COUNT(DISTINCT owner) FROM text_part WHERE field = 4")
              .mapTo(int.class)
              .one());
    }
  }

  private Handle handle() {
    store.close();
    return new H2File(folder.toAbsolutePath().resolve("qalam.mv.db"), "file").openReadOnly();
  }

  @Test
  void keepingATextASecondTimeOnlyNamesIt() {
    DocumentId id = store.create("", "text").id();
    Revision first = store.keepRevision(id, "");
    Revision again = store.keepRevision(id, "Draft");
    assertEquals(first.id(), again.id());
    assertEquals(List.of("Draft"), store.revisions(id).stream().map(Revision::name).toList());
    store.nameRevision(first.id(), "Better draft");
    assertEquals("Better draft", store.revisions(id).getFirst().name());
    assertEquals("text", store.revisionText(first.id()));
    store.removeRevision(first.id());
    assertEquals(List.of(), store.revisions(id));
    assertReason(Reason.NOT_FOUND, () -> store.revisionText(first.id()));
  }

  @Test
  void aDamagedOneIsLeftOutOrSaidAndNeverShown() {
    DocumentId id = store.create("", "a text").id();
    Revision text = store.keepRevision(id, "text");
    pass(Duration.ofMinutes(1));
    store.save(id, "another", 0);
    Revision row = store.keepRevision(id, "row");
    store.close();
    try (Handle handle = new H2File(folder.resolve("qalam.mv.db"), "file").open()) {
      handle.execute("UPDATE text_part SET body = 'b text' WHERE owner = ?", text.id());
      handle.execute("UPDATE revision SET saved = saved + 1 WHERE id = ?", row.id());
    }
    open();
    assertEquals(List.of(text), store.revisions(id));
    assertReason(Reason.DAMAGED, () -> store.revisionText(text.id()));
    assertReason(Reason.DAMAGED, () -> store.revisionText(row.id()));
    assertEquals("another", store.find(id).orElseThrow().text());
  }

  @Test
  void namedOnesComeBackFromABackupWhenTheDatabaseIsGone() throws Exception {
    DocumentId id = store.create("", "as it was sent").id();
    Revision named = store.keepRevision(id, "Sent");
    pass(Duration.ofHours(5));
    store.save(id, "as it is now", 0);
    store.close(); // makes a backup
    Files.delete(folder.resolve("qalam.mv.db"));
    open();
    assertEquals("as it is now", store.find(id).orElseThrow().text());
    assertEquals(List.of(named), store.revisions(id));
    assertEquals("as it was sent", store.revisionText(named.id()));
  }

  @Test
  void allOfThemOutliveARepairOfADatabaseThatCanBeReadInPart() {
    DocumentId id = store.create("", "one").id();
    pass(Duration.ofHours(5));
    store.save(id, "two", 0);
    store.close();
    try (Handle handle = new H2File(folder.resolve("qalam.mv.db"), "file").open()) {
      handle.execute("UPDATE text_part SET body = 'tw!' WHERE owner = ?", id.value());
    }
    open();
    assertEquals(1, store.repair().orElseThrow().restored());
    assertEquals("two", store.find(id).orElseThrow().text());
    assertEquals(List.of("one"), texts(id));
  }

  @Test
  void aClockThatIsSetBackByYearsLosesNeitherTextNorVersion() {
    DocumentId id = store.create("", "one").id();
    pass(Duration.ofHours(1));
    store.save(id, "two", 0);
    pass(Duration.ofDays(-3_000));
    store.save(id, "three", 0);
    store.save(id, "four", 0);
    assertEquals(List.of("two", "one"), texts(id));
    store.close();
    open();
    assertEquals("four", store.find(id).orElseThrow().text());
    assertEquals(4, store.find(id).orElseThrow().revision());
    assertEquals(List.of("two", "one"), texts(id));
  }
}
