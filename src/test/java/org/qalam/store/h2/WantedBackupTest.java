package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.document.Revision;
import org.qalam.document.Shelf;
import org.qalam.store.BackupStore.Restored;
import org.qalam.store.StoreException;

/** Backups that the writer asks for, taken over by another store. */
class WantedBackupTest {
  private static final int DOCUMENTS = 12;

  @TempDir Path folder;

  private final Map<DocumentId, Document> documents = new HashMap<>();
  private final Output output =
      new Output(
          UUID.randomUUID(),
          new DocumentId(new UUID(1, 2)),
          Instant.parse("2026-11-24T10:42:00Z"),
          "proofread",
          "",
          "dont",
          "don't",
          "starter",
          "user: dont",
          "{}",
          "",
          3,
          2,
          1.5,
          Output.Fate.REPLACED);
  private final Decision decision =
      new Decision(
          output.id(),
          output.document(),
          Instant.parse("2026-11-24T10:43:00Z"),
          Decision.Verdict.ACCEPTED,
          "dont",
          "don't");

  private Path file() {
    return folder.resolve("all.backup");
  }

  private H2DocumentStore open(String name) {
    return H2DocumentStore.open(folder.resolve(name));
  }

  @BeforeEach
  void write() {
    try (H2DocumentStore store = open("from")) {
      for (int i = 0; i < DOCUMENTS; i++) {
        DocumentId id = store.create(i % 3 == 0 ? "title " + i : "", "text ".repeat(i) + i).id();
        store.keepRevision(id, i % 2 == 0 ? "version" : "");
        store.save(id, "نصّ " + i + " 🌍", i % 4);
        documents.put(id, store.find(id).orElseThrow());
      }
      DocumentId gone = store.create("", "in the bin").id();
      store.delete(gone);
      store.add(output);
      store.note(List.of(decision));
      store.putSetting("look", "dark");
      store.putShelf(gone, new Shelf("Old", true));
      assertEquals(DOCUMENTS + 1, store.backUp(file()));
    }
  }

  private String text(DocumentId id) {
    return Objects.requireNonNull(documents.get(id)).text();
  }

  private static Map<DocumentId, Document> all(H2DocumentStore store) {
    Map<DocumentId, Document> all = new HashMap<>();
    for (DocumentSummary summary : store.list()) {
      all.put(summary.id(), store.find(summary.id()).orElseThrow());
    }
    return all;
  }

  @Test
  void anEmptyStoreGetsAllOfIt() {
    try (H2DocumentStore store = open("to")) {
      assertEquals(new Restored(DOCUMENTS + 1, DOCUMENTS + 1, 0, true), store.restore(file()));
      assertEquals(documents, all(store));
      assertEquals(1, store.bin().size());
      assertEquals(List.of(output), store.outputs(output.document()));
      assertEquals(List.of(decision), store.decisions(output.document()));
      assertEquals(Optional.of("dark"), store.setting("look"));
      DocumentId binned = store.bin().getFirst().summary().id();
      assertEquals(Map.of(binned, new Shelf("Old", true)), store.shelves());
      store.purge(binned);
      assertEquals(Map.of(), store.shelves());
      for (DocumentId id : documents.keySet()) {
        assertEquals(1, store.revisions(id).size());
        assertTrue(
            store.revisionText(store.revisions(id).getFirst().id()).startsWith("text ")
                || store.revisions(id).getFirst().words() == 1);
      }
    }
    // It is all on disk, and in the journal as well.
    try (H2DocumentStore store = open("to")) {
      assertEquals(Optional.empty(), store.repair());
      assertEquals(documents, all(store));
    }
  }

  @Test
  void whatIsHereStaysAsItIsAndTheOtherTextBecomesAVersion() {
    try (H2DocumentStore store = open("from")) {
      DocumentId changed = documents.keySet().iterator().next();
      store.save(changed, "newer than the backup", 0);
      store.putSetting("look", "light");
      DocumentId deleted = documents.keySet().stream().skip(1).findFirst().orElseThrow();
      store.delete(deleted);
      assertEquals(new Restored(DOCUMENTS + 1, 1, 1, true), store.restore(file()));
      assertEquals("newer than the backup", store.find(changed).orElseThrow().text());
      Revision kept = store.revisions(changed).getFirst();
      assertTrue(kept.isNamed());
      assertEquals(text(changed), store.revisionText(kept.id()));
      assertEquals(text(deleted), store.find(deleted).orElseThrow().text());
      assertEquals(Optional.of("light"), store.setting("look"));
      assertEquals(List.of(decision), store.decisions(output.document()));
      assertEquals(new Restored(DOCUMENTS + 1, 0, 0, true), store.restore(file()));
    }
  }

  @Test
  void aDamagedBackupGivesWhatIsIntactInItAndNothingElse() throws Exception {
    byte[] good = Files.readAllBytes(file());
    Random random = new Random(20261127);
    int came = 0;
    int trials = 25;
    for (int trial = 0; trial < trials; trial++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(), trial % 5 == 0 ? Arrays.copyOf(good, bad.length / 2) : bad);
      try (H2DocumentStore store = open("to" + trial)) {
        Restored restored = store.restore(file());
        assertFalse(restored.isWhole());
        for (Map.Entry<DocumentId, Document> found : all(store).entrySet()) {
          assertEquals(documents.get(found.getKey()), found.getValue());
          came++;
        }
      } catch (StoreException e) {
        assertEquals(StoreException.Reason.DAMAGED, e.reason()); // its head was hit
      }
    }
    assertTrue(came > trials * DOCUMENTS / 2, "only " + came + " documents came back");
  }
}
