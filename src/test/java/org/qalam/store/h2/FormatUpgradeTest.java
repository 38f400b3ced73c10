package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;
import org.qalam.secret.DataKey;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/** Files that H2 2.1.214 wrote, whose format H2 2.4 does not read. */
class FormatUpgradeTest {
  private static final String OLD = "h2-2.1.214";
  private static final Path JARS = Path.of("target", "previous-h2");
  private static final UUID ID = new UUID(7, 7);
  private static final String TEXT = "مذكرة قديمة\n\nkept for years. ".repeat(3_000);

  @TempDir Path folder;

  @BeforeEach
  void bringTheOldRelease() {
    System.setProperty(FormatUpgrade.PROPERTY, JARS.toString());
  }

  @AfterEach
  void takeItAway() {
    System.clearProperty(FormatUpgrade.PROPERTY);
  }

  private Path file() {
    return folder.toAbsolutePath().resolve("qalam.mv.db");
  }

  /** Writes a document and a version of it, in the schema of {@code version}. */
  private void write(H2File file, int version) throws Exception {
    URL jar = JARS.resolve(OLD + ".jar").toUri().toURL();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
      Driver driver =
          Class.forName("org.h2.Driver", true, loader)
              .asSubclass(Driver.class)
              .getConstructor()
              .newInstance();
      Properties user = new Properties();
      user.setProperty("user", "sa");
      user.setProperty("password", file.password());
      try (Connection connection =
              Objects.requireNonNull(driver.connect(file.url("WRITE_DELAY=0"), user));
          Handle handle = Jdbi.open(connection)) {
        TextSeal.of(handle).use(file.sealing().texts());
        for (Migration migration : Schema.migrations().subList(0, version)) {
          migration.steps().forEach(handle::execute);
          handle.execute("UPDATE schema_version SET version = ?", migration.to());
        }
        DocumentRow row = new DocumentTable(handle).insert(ID, "Old", TEXT, 1_700_000_000_000_000L);
        if (version > 2) {
          Revision _ = new RevisionTable(handle).add(row, "Before.", "first", Instant.EPOCH);
        }
        Position _ = Position.write(handle, 1);
      }
    }
  }

  private void check(H2DocumentStore store) {
    assertEquals(TEXT, store.find(new DocumentId(ID)).orElseThrow().text());
    assertEquals("Old", store.list().getFirst().title());
    assertEquals(Optional.empty(), store.repair());
    long _ = store.save(new DocumentId(ID), TEXT + "More.", 0);
  }

  @Test
  void everythingIsThereAndTheOldFileIsKept() throws Exception {
    write(new H2File(file(), "file"), 3);
    byte[] before = Files.readAllBytes(file());
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      check(store);
      List<Revision> revisions = store.revisions(new DocumentId(ID));
      assertEquals("first", revisions.getLast().name());
      assertEquals("Before.", store.revisionText(revisions.getLast().id()));
    }
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("qalam.mv.db." + OLD)));
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertTrue(store.find(new DocumentId(ID)).orElseThrow().text().endsWith("More."));
    }
  }

  @Test
  void anOlderSchemaComesAlong() throws Exception {
    write(new H2File(file(), "file"), 1);
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      check(store);
    }
  }

  @Test
  void aFileUnderAPassphraseStaysUnderIt() throws Exception {
    DataKey key = DataKey.random();
    write(new H2File(file(), "file", Sealing.under(key)), 3);
    try (H2DocumentStore store = H2DocumentStore.open(folder, key)) {
      check(store);
    }
    assertTrue(H2File.isEncrypted(file()));
  }

  @Test
  void withoutTheOldReleaseTheFileIsLeftAsItIs() throws Exception {
    System.clearProperty(FormatUpgrade.PROPERTY);
    write(new H2File(file(), "file"), 3);
    byte[] before = Files.readAllBytes(file());
    StoreException refused = assertThrows(StoreException.class, () -> H2DocumentStore.open(folder));
    assertEquals(Reason.TOO_NEW, refused.reason());
    assertArrayEquals(before, Files.readAllBytes(file()));
  }
}
