package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.store.h2.H2DocumentStoreTest.assertReason;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.ChildProgram;
import org.qalam.Folders;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.store.Repair;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/** Run with {@code -Dqalam.kills=60} for more kills. */
class KilledProcessTest {
  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
    killWhileItSaves();
  }

  /**
   * For its first 45 seconds (its retention time) the database only appends. From then on it writes
   * over what is no longer needed, and a file that is opened again has to find its newest part
   * wherever that lies: most of a writer's day is like this.
   */
  @Test
  void norWhereSpaceInTheFileIsUsedAgain() throws Exception {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertTrue(store.list().isEmpty());
    }
    H2File file = new H2File(folder.toAbsolutePath().resolve("qalam.mv.db"), "file");
    try (Handle handle = file.open()) {
      handle.execute("SET RETENTION_TIME 0"); // kept in the file
    }
    killWhileItSaves();
  }

  private void killWhileItSaves() throws Exception {
    int kills = Integer.getInteger("qalam.kills", 2);
    Random random = new Random(20261123);
    Map<DocumentId, Long> acknowledged = new HashMap<>();
    for (int kill = 0; kill < kills; kill++) {
      try (ChildProgram child = ChildProgram.start(SavingProgram.class, folder)) {
        // Each fourth one dies while it starts, opens or recovers the file.
        if (kill % 4 != 3) {
          note(acknowledged, child.readLine());
        }
        Thread.sleep(random.nextInt(500));
        child.kill().forEach(line -> note(acknowledged, line));
      }
      // The database alone has all of it.
      Folders.delete(folder.resolve("journal"));
      Folders.delete(folder.resolve("backups"));
      try (H2DocumentStore store = H2DocumentStore.open(folder)) {
        assertEquals(Optional.empty(), store.repair());
        for (Map.Entry<DocumentId, Long> last : acknowledged.entrySet()) {
          long found = SavingProgram.number(store.find(last.getKey()).orElseThrow().text());
          assertTrue(
              found == last.getValue() || found == last.getValue() + 1,
              "kill %d: acknowledged %d, found %d".formatted(kill, last.getValue(), found));
        }
        for (DocumentSummary document : store.list()) {
          acknowledged.put(
              document.id(), SavingProgram.number(store.find(document.id()).orElseThrow().text()));
        }
      }
    }
    long saves = acknowledged.values().stream().mapToLong(Long::longValue).sum();
    System.out.println(kills + " kills, " + saves + " saves");
    assertTrue(saves > kills, "only " + saves + " texts were saved");
  }

  @Test
  void norWhenTheKilledProcessLeavesNoDatabase() throws Exception {
    Map<DocumentId, Long> acknowledged = new HashMap<>();
    try (ChildProgram child = ChildProgram.start(SavingProgram.class, folder)) {
      note(acknowledged, child.readLine());
      Thread.sleep(500);
      child.kill().forEach(line -> note(acknowledged, line));
    }
    Path database = folder.resolve("qalam.mv.db");
    byte[] half = Arrays.copyOf(Files.readAllBytes(database), 3 * 4096);
    Files.write(database, half);
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      Repair repair = store.repair().orElseThrow();
      assertEquals(5, repair.restored(), repair.toString());
      assertEquals(0, repair.lost());
      assertArrayEquals(half, Files.readAllBytes(repair.keptFile().orElseThrow()));
      for (Map.Entry<DocumentId, Long> last : acknowledged.entrySet()) {
        long found = SavingProgram.number(store.find(last.getKey()).orElseThrow().text());
        assertTrue(found == last.getValue() || found == last.getValue() + 1, found + " " + last);
      }
    }
  }

  private static void note(Map<DocumentId, Long> acknowledged, String line) {
    // The last line may be cut short by the kill; then its number is not known.
    if (line.length() > 37) {
      long number = Long.parseLong(line.substring(37));
      acknowledged.merge(DocumentId.parse(line.substring(0, 36)), number, Math::max);
    }
  }

  @Test
  void aSecondProcessIsRefusedPolitelyAndTheLockDiesWithItsOwner() throws Exception {
    try (ChildProgram child = ChildProgram.start(SavingProgram.class, folder)) {
      child.readLine();
      StoreException e = assertReason(Reason.LOCKED, () -> H2DocumentStore.open(folder));
      assertEquals(
          "Another Qalam has the documents in "
              + folder
              + " open; go on there, or close it and try again.",
          e.getMessage());
      child.kill();
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(5, store.list().size());
    }
  }
}
