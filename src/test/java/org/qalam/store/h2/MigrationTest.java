package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.store.h2.H2DocumentStoreTest.assertReason;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

class MigrationTest {
  private static final Migration ADD_LANGUAGE =
      new Migration(
          2,
          3,
          List.of(
              "ALTER TABLE document ADD COLUMN language VARCHAR DEFAULT 'en' NOT NULL",
              "CREATE TABLE label (name VARCHAR PRIMARY KEY)"));

  @TempDir Path folder;

  private static List<Migration> with(Migration next) {
    List<Migration> migrations = new ArrayList<>(Schema.migrations());
    migrations.add(next);
    return migrations;
  }

  private H2DocumentStore open(List<Migration> migrations) {
    return H2DocumentStore.open(folder, "file", InstantSource.system(), migrations);
  }

  private DocumentId writeNewest() {
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      store.create("", "another");
      return store.create("Title", "text").id();
    }
  }

  private Path file() {
    return folder.resolve("qalam.mv.db");
  }

  private Path old() {
    return folder.resolve("qalam.mv.db.v2");
  }

  @Test
  void movesDocumentsToANewSchemaAndKeepsTheOldFile() throws Exception {
    DocumentId id = writeNewest();
    byte[] before = Files.readAllBytes(file());
    try (H2DocumentStore store = open(with(ADD_LANGUAGE))) {
      assertEquals("text", store.find(id).orElseThrow().text());
      assertEquals(2, store.list().size());
    }
    assertArrayEquals(before, Files.readAllBytes(old()));
    try (Handle handle = new H2File(file(), "file").openReadOnly()) {
      assertEquals(3, handle.select("SELECT version FROM schema_version").mapTo(int.class).one());
      assertEquals(
          List.of("en", "en"),
          handle.select("SELECT language FROM document").mapTo(String.class).list());
    }
    assertFalse(Files.exists(folder.resolve("qalam.migrating.mv.db")));
  }

  @Test
  void aStepThatFailsHalfwayLeavesTheOldFileAsItWas() throws Exception {
    DocumentId id = writeNewest();
    byte[] before = Files.readAllBytes(file());
    Migration broken =
        new Migration(
            2,
            3,
            List.of(
                "ALTER TABLE document ADD COLUMN language VARCHAR",
                "DELETE FROM document",
                "ALTER TABLE nowhere ADD COLUMN x INTEGER"));
    assertReason(Reason.FAILED, () -> open(with(broken)));
    assertArrayEquals(before, Files.readAllBytes(file()));
    assertFalse(Files.exists(old()));
    try (H2DocumentStore store = open(with(ADD_LANGUAGE))) {
      assertEquals("text", store.find(id).orElseThrow().text());
    }
  }

  @Test
  void aStepThatLosesOrChangesATextIsNotAccepted() throws Exception {
    writeNewest();
    byte[] before = Files.readAllBytes(file());
    for (String step :
        List.of(
            "DELETE FROM text_part WHERE body = 'another'",
            "UPDATE text_part SET body = body || '!'",
            "UPDATE document SET revision = revision + 1",
            "DELETE FROM document WHERE title = 'Title'")) {
      StoreException e =
          assertReason(Reason.FAILED, () -> open(with(new Migration(2, 3, List.of(step)))));
      assertTrue(e.toString().contains("are left as they were"), e.toString());
      assertArrayEquals(before, Files.readAllBytes(file()), step);
    }
  }

  @Test
  void aDatabaseOfANewerVersionIsRefusedUntouched() throws Exception {
    writeNewest();
    open(with(ADD_LANGUAGE)).close();
    byte[] before = Files.readAllBytes(file());
    StoreException e = assertReason(Reason.TOO_NEW, () -> H2DocumentStore.open(folder));
    assertTrue(e.toString().contains("was written by a newer Qalam"), e.toString());
    assertArrayEquals(before, Files.readAllBytes(file()));
  }

  @Test
  void aHalfMadeCopyOfAnInterruptedMigrationIsThrownAway() throws Exception {
    DocumentId id = writeNewest();
    Files.writeString(folder.resolve("qalam.migrating.mv.db"), "half");
    try (H2DocumentStore store = open(with(ADD_LANGUAGE))) {
      assertEquals("text", store.find(id).orElseThrow().text());
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsSaidAndLeftAlone() throws Exception {
    for (String content : List.of("", "not a database at all".repeat(1_000))) {
      Files.writeString(file(), content);
      StoreException e = assertReason(Reason.DAMAGED, () -> H2DocumentStore.open(folder));
      assertTrue(e.toString().contains(file() + " cannot be read"), e.toString());
      assertEquals(content, Files.readString(file()));
    }
  }

  @Test
  void aTruncatedFileWithoutAnyCopyIsSaidAndLeftAlone() throws Exception {
    writeNewest();
    Folders.delete(folder.resolve("journal"));
    Folders.delete(folder.resolve("backups"));
    byte[] whole = Files.readAllBytes(file());
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    Files.write(file(), cut);
    StoreException e = assertReason(Reason.DAMAGED, () -> H2DocumentStore.open(folder));
    assertTrue(e.toString().contains("holds no copy of a document"), e.toString());
    assertArrayEquals(cut, Files.readAllBytes(file()));
  }

  @Test
  void whatVersion1HoldsIsThereInTheNewestAndDecisionsCanBeNoted() throws Exception {
    DocumentId id;
    Output output;
    try (H2DocumentStore store = open(Schema.migrations().subList(0, 1))) {
      id = store.create("Title", "text").id();
      store.putSetting("look", "dark");
      output =
          new Output(
              UUID.randomUUID(),
              id,
              Instant.parse("2026-11-24T10:42:00Z"),
              "proofread",
              "",
              "text",
              "texts",
              "starter",
              "user: text",
              "{}",
              "",
              3,
              2,
              1.5,
              Output.Fate.PENDING);
      store.add(output);
      store.setFate(output.id(), Output.Fate.REPLACED);
    }
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals("text", store.find(id).orElseThrow().text());
      assertEquals(Optional.of("dark"), store.setting("look"));
      assertEquals(output.text(), store.outputs(id).getFirst().text());
      assertEquals(Output.Fate.REPLACED, store.outputs(id).getFirst().fate());
      assertEquals(List.of(), store.decisions(id));
      Decision decision =
          new Decision(
              output.id(),
              id,
              Instant.parse("2026-11-26T10:43:00Z"),
              Decision.Verdict.ACCEPTED,
              "text",
              "texts");
      store.note(List.of(decision));
      assertEquals(List.of(decision), store.decisions(id));
    }
    assertTrue(Files.exists(folder.resolve("qalam.mv.db.v1")));
  }
}
