package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.SystemCommand.run;
import static org.qalam.store.h2.H2DocumentStoreTest.assertReason;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

class FullDiskTest {
  @TempDir Path folder;

  @BeforeEach
  void register() {
    SmallDisk.register();
  }

  @AfterEach
  void unlimited() {
    SmallDisk.limit = Long.MAX_VALUE;
  }

  private H2DocumentStore open() {
    return H2DocumentStore.open(folder, "small", InstantSource.system(), Schema.migrations());
  }

  @Test
  void keepsAllThatWasAcknowledgedAndGoesOnWhenThereIsSpace() {
    onASmallDisk();
  }

  private void onASmallDisk() {
    try (H2DocumentStore store = open()) {
      SmallDisk.limit = 2_000_000;
      fillAndGoOn(store, () -> SmallDisk.limit = Long.MAX_VALUE);
    }
  }

  /** Where nothing can be mounted this is the test above once more. */
  @Test
  void doesSoOnARealDisk() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    if (!run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString())) {
      onASmallDisk();
      return;
    }
    try {
      Path ballast = Files.write(disk.resolve("ballast"), new byte[3_000_000]);
      try (H2DocumentStore store = H2DocumentStore.open(disk.resolve("data"))) {
        fillAndGoOn(store, () -> assertTrue(ballast.toFile().delete()));
      }
    } finally {
      assertTrue(run("umount", disk.toString()), disk + " stays mounted");
    }
  }

  private static void fillAndGoOn(H2DocumentStore store, Runnable freeSpace) {
    Map<DocumentId, String> acknowledged = new HashMap<>();
    DocumentId first = store.create("", "first").id();
    acknowledged.put(first, "first");
    StoreException full = fill(store, acknowledged);
    assertEquals(Reason.DISK_FULL, full.reason(), full.toString());
    assertTrue(full.toString().contains("is full; free some space"), full.toString());
    assertTrue(acknowledged.size() > 10, acknowledged.size() + " documents fitted");
    // Still full: said again, and what is there can be read.
    assertReason(Reason.DISK_FULL, () -> store.create("", "x".repeat(1_000_000)));
    check(store, acknowledged);
    freeSpace.run();
    store.save(first, "written when the disk was full", 0);
    acknowledged.put(first, "written when the disk was full");
    check(store, acknowledged);
  }

  @Test
  void aKilledProgramOnAFullDiskLeavesAGoodFile() throws Exception {
    Map<DocumentId, String> acknowledged = new HashMap<>();
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (H2DocumentStore store = open()) {
      SmallDisk.limit = 1_000_000;
      StoreException full = fill(store, acknowledged);
      assertEquals(Reason.DISK_FULL, full.reason(), full.toString());
      // What a killed program leaves is the file as it stands now, never closed.
      Files.copy(folder.resolve("qalam.mv.db"), copy.resolve("qalam.mv.db"));
    }
    try (H2DocumentStore store = H2DocumentStore.open(copy)) {
      check(store, acknowledged);
    }
  }

  @Test
  void aNewDatabaseOnAFullDiskLeavesNothingHalfMade() {
    SmallDisk.limit = 4096;
    assertReason(Reason.DISK_FULL, this::open);
    assertTrue(Files.notExists(folder.resolve("qalam.mv.db")));
    SmallDisk.limit = Long.MAX_VALUE;
    try (H2DocumentStore store = open()) {
      assertEquals(0, store.list().size());
    }
  }

  private static StoreException fill(H2DocumentStore store, Map<DocumentId, String> acknowledged) {
    for (int i = 0; i < 10_000; i++) {
      String text = i + " filling".repeat(2_000);
      try {
        acknowledged.put(store.create("", text).id(), text);
      } catch (StoreException e) {
        return e;
      }
    }
    throw new AssertionError("the disk did not fill");
  }

  private static void check(H2DocumentStore store, Map<DocumentId, String> expected) {
    for (Map.Entry<DocumentId, String> document : expected.entrySet()) {
      assertEquals(document.getValue(), store.find(document.getKey()).orElseThrow().text());
    }
  }
}
