package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.store.h2.H2DocumentStoreTest.assertReason;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "files that are open keep their folder there")
class VanishedFolderTest {
  @TempDir Path folder;

  @Test
  void nothingIsAcknowledgedWhileTheFolderIsAwayAndAllIsSavedWhenItIsBack() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    DocumentId id;
    try (H2DocumentStore store = H2DocumentStore.open(home)) {
      id = store.create("", "before").id();
      Files.move(home, folder.resolve("away"));
      StoreException e = assertReason(Reason.FAILED, () -> store.save(id, "while away", 0));
      assertTrue(e.toString().contains("is not where it was"), e.toString());
      assertReason(Reason.FAILED, () -> store.create("", "another"));
      // Another folder in its place is not the one that was written to.
      Files.createDirectories(home);
      assertReason(Reason.FAILED, () -> store.save(id, "while away", 0));
      Files.delete(home);
      Files.move(folder.resolve("away"), home);
      store.save(id, "after", 0);
      assertEquals("after", store.find(id).orElseThrow().text());
    }
    try (H2DocumentStore store = H2DocumentStore.open(home)) {
      assertEquals(Optional.empty(), store.repair());
      assertEquals("after", store.find(id).orElseThrow().text());
    }
  }
}
