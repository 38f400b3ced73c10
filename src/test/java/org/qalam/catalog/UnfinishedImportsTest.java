package org.qalam.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedImportsTest {
  @TempDir Path models;
  private final Instant now = Instant.parse("2026-11-25T12:00:00Z");

  private Path left(String id, Duration age) throws Exception {
    Path folder = Files.createDirectories(unfinished().folder(id));
    Path journal = Files.writeString(folder.resolve(UnfinishedImports.JOURNAL), "journal");
    Files.setLastModifiedTime(journal, FileTime.from(now.minus(age)));
    return folder;
  }

  private UnfinishedImports unfinished() {
    return new UnfinishedImports(models);
  }

  @Test
  void tidyingKeepsWhatIsFreshAndRemovesWhatIsOldOrCannotBeGoneOnWith() throws Exception {
    Path fresh = left("fresh", UnfinishedImport.KEPT.minusMinutes(1));
    Path old = left("old", UnfinishedImport.KEPT.plusMinutes(1));
    Path without = Files.createDirectories(unfinished().folder("without"));
    unfinished().tidy(now);
    assertTrue(Files.exists(fresh));
    assertFalse(Files.exists(old));
    assertFalse(Files.exists(without));
  }

  @Test
  void whatSomebodyWorksAtIsNeitherListedNorRemoved() throws Exception {
    Path folder = left("busy", UnfinishedImport.KEPT.plusDays(1));
    try (FileChannel journal =
        FileChannel.open(folder.resolve(UnfinishedImports.JOURNAL), StandardOpenOption.WRITE)) {
      assertTrue(UnfinishedImports.tryLock(journal) != null);
      assertEquals(List.of(), unfinished().list());
      unfinished().tidy(now);
      CatalogException refused =
          assertThrows(CatalogException.class, () -> unfinished().remove("busy"));
      assertEquals(CatalogException.Reason.IN_USE, refused.reason());
    }
    assertTrue(unfinished().remove("busy"));
    assertFalse(unfinished().remove("busy"));
  }

  @Test
  void modelWhoseReplacementWasInterruptedIsPutBack() throws Exception {
    Files.createDirectories(unfinished().replaced("gone"));
    Files.createFile(unfinished().replaced("gone").resolve("old"));
    Files.createDirectories(unfinished().replaced("there"));
    Files.createDirectories(models.resolve("there"));
    unfinished().tidy(now);
    assertTrue(Files.exists(models.resolve("gone/old")));
    assertFalse(Files.exists(unfinished().replaced("gone")));
    assertFalse(Files.exists(unfinished().replaced("there")));
    assertTrue(Files.exists(models.resolve("there")));
  }

  @Test
  void folderThatIsNotThereHoldsNothing() {
    UnfinishedImports none = new UnfinishedImports(models.resolve("nowhere"));
    none.tidy(now);
    assertEquals(List.of(), none.list());
  }
}
