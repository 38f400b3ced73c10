package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;

/** A file of which little is in use; {@link CrashTest} kills a program that writes it anew. */
class CompactionTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("qalam.mv.db");
  }

  private long size() throws IOException {
    return Files.size(file());
  }

  /** Saves a long text again and again, and a short one at the end. */
  private static void fill(DocumentStore store, DocumentId id, int saves) {
    for (int i = 0; i < saves; i++) {
      long _ = store.save(id, (i + " ").repeat(120_000), 0);
    }
    long _ = store.save(id, "Short.", 0);
  }

  @Test
  void isWrittenAnewWhenItIsClosedAndHoldsAllThatItHeld() throws Exception {
    String before;
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      SecretStoreTest.plant(store);
      fill(store, store.list().getFirst().id(), 60);
      before = SecretStoreTest.all(store);
      assertTrue(size() > Compaction.LEAST, size() + " bytes");
    }
    assertTrue(size() < Compaction.LEAST / 4, size() + " bytes");
    assertFalse(Files.exists(folder.resolve("qalam.anew.mv.db")));
    DocumentId added;
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(Optional.empty(), store.repair());
      assertEquals(before, SecretStoreTest.all(store));
      added = store.create("", "Afterwards.").id();
    }
    Files.delete(file()); // the journal has gone on from where it was
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals("Afterwards.", store.find(added).orElseThrow().text());
    }
  }

  @Test
  void staysAsItIsWhereSomethingInItIsDamaged() throws Exception {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      SecretStoreTest.plant(store);
    }
    try (Handle handle = new H2File(file(), "file").open()) {
      int changed = handle.execute("UPDATE output SET model = 'another'");
      assertTrue(changed > 0);
    }
    String before;
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      fill(store, store.list().getFirst().id(), 60);
      before = SecretStoreTest.all(store);
    }
    assertTrue(size() > Compaction.LEAST, size() + " bytes");
    assertFalse(Files.exists(folder.resolve("qalam.anew.mv.db")));
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(before, SecretStoreTest.all(store));
    }
  }

  @Test
  void whoOpensItInTheSecondsOfItsClosingWaits() throws Exception {
    CountDownLatch isWritten = new CountDownLatch(1);
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(() -> {
          try (H2DocumentStore store = H2DocumentStore.open(folder)) {
            fill(store, store.create("", "").id(), 60);
            isWritten.countDown();
          }
        });
    assertTrue(isWritten.await(1, TimeUnit.MINUTES));
    while (!closing.isDone() && Files.notExists(folder.resolve("qalam.closing"))) {
      Thread.onSpinWait();
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertTrue(size() < Compaction.LEAST / 4, size() + " bytes");
      DocumentId id = store.list().getFirst().id();
      assertEquals("Short.", store.find(id).orElseThrow().text());
      // And who opens it while it is in use, hears so at once.
      StoreException refused =
          assertThrows(StoreException.class, () -> H2DocumentStore.open(folder));
      assertEquals(StoreException.Reason.LOCKED, refused.reason());
    }
    closing.join();
  }

  /** A kill while it closes leaves the file that says so. */
  @Test
  void whatAKillLeftMakesNobodyWait() throws Exception {
    Files.createFile(folder.resolve("qalam.closing"));
    try (H2DocumentStore _ = H2DocumentStore.open(folder)) {
      assertThrows(StoreException.class, () -> H2DocumentStore.open(folder));
      assertFalse(Files.exists(folder.resolve("qalam.closing")));
    }
  }

  /** H2's own closing would make it smaller, in place. */
  @Test
  void nothingIsMovedWithinIt() throws Exception {
    long before;
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      fill(store, store.create("", "").id(), 20);
      before = size();
      assertTrue(before < Compaction.LEAST, before + " bytes");
    }
    assertTrue(size() >= before, size() + " bytes of " + before);
  }
}
