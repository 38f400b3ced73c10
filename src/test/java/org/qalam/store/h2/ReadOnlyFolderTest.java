package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.store.h2.H2DocumentStoreTest.assertReason;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

class ReadOnlyFolderTest {
  @TempDir Path folder;

  @Test
  void saysThatTheFolderCannotBeWrittenTo() throws Exception {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      store.create("", "text");
    }
    try (ReadOnlyFolder readOnly = ReadOnlyFolder.of(folder)) {
      StoreException e =
          assertReason(Reason.READ_ONLY, () -> H2DocumentStore.open(readOnly.path()));
      assertEquals(
          "The folder "
              + readOnly.path()
              + " cannot be written to; allow writing there, or choose another folder with --home.",
          e.getMessage());
      assertReason(Reason.READ_ONLY, () -> H2DocumentStore.open(readOnly.path().resolve("new")));
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(1, store.list().size());
    }
  }

  @Test
  void saysSoWhereOnlyTheFileCannotBeWrittenTo() throws Exception {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      store.create("", "text");
    }
    // What H2 makes of such a file, also for an administrator whom no permission binds.
    H2File file = new H2File(folder.resolve("qalam.mv.db"), "file");
    try (Handle handle = file.openReadOnly()) {
      RuntimeException refused =
          assertThrows(RuntimeException.class, () -> handle.execute("DELETE FROM document"));
      assertEquals(
          Reason.READ_ONLY,
          Errors.translate(refused, folder, file.path()).reason(),
          refused::toString);
    }
  }

  @Test
  void saysThatAFileStandsWhereTheFolderShouldBe() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    StoreException e = assertReason(Reason.FAILED, () -> H2DocumentStore.open(file));
    assertTrue(e.toString().contains("The folder " + file + " cannot be used"), e.toString());
  }
}
