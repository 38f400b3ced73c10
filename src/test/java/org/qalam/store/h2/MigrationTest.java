package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.store.h2.H2DocumentStoreTest.assertReason;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.Folders;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

class MigrationTest {
  private static final Migration ADD_LANGUAGE =
      new Migration(
          3,
          4,
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
    return folder.resolve("qalam.mv.db.v3");
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
      assertEquals(4, handle.select("SELECT version FROM schema_version").mapTo(int.class).one());
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
            3,
            4,
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
          assertReason(Reason.FAILED, () -> open(with(new Migration(3, 4, List.of(step)))));
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
    byte[] cut = Arrays.copyOf(whole, whole.length / 8);
    Files.write(file(), cut);
    StoreException e = assertReason(Reason.DAMAGED, () -> H2DocumentStore.open(folder));
    assertTrue(e.toString().contains("holds no copy of a document"), e.toString());
    assertArrayEquals(cut, Files.readAllBytes(file()));
  }

  /** Folders that the programs of that time wrote; {@code README.md} beside them says how. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatEachEarlierVersionWroteIsThereInTheNewest(int version) throws Exception {
    unpack("version-" + version + ".zip");
    byte[] before = Files.readAllBytes(file());
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(Optional.empty(), store.repair());
      Map<String, String> texts = new HashMap<>();
      Map<String, Document> documents = new HashMap<>();
      for (DocumentSummary summary : store.list()) {
        Document document = store.find(summary.id()).orElseThrow();
        texts.put(summary.title(), document.text());
        documents.put(summary.title(), document);
      }
      assertEquals(
          Map.of(
              "To Samira", "# A letter\n\nDear Samira, don't wait for me. 🌍",
              "مذكرة", "مذكرة\n\nكتبتُ هذا النصَّ بالعربية، ثم English.",
              "Long", "word ".repeat(120_000)),
          texts);
      Document letter = Objects.requireNonNull(documents.get("To Samira"));
      assertEquals(20, letter.caret());
      assertEquals(3, letter.revision());
      assertEquals(
          List.of("Gone"), store.bin().stream().map(bin -> bin.summary().title()).toList());
      Output output = store.outputs(letter.id()).getFirst();
      assertEquals("don't", output.text());
      assertEquals(Output.Fate.REPLACED, output.fate());
      assertEquals(Optional.of("dark"), store.setting("look"));
      assertEquals(version == 1 ? 0 : 1, store.decisions(letter.id()).size());

      // And all that is new can be done with it.
      Decision decision =
          new Decision(
              output.id(),
              letter.id(),
              Instant.parse("2026-11-27T10:43:00Z"),
              Decision.Verdict.ACCEPTED,
              "text",
              "texts");
      store.note(List.of(decision));
      assertEquals(decision, store.decisions(letter.id()).getLast());
      store.save(letter.id(), "", 0);
      assertEquals(
          List.of(letter.text()),
          store.revisions(letter.id()).stream()
              .map(revision -> store.revisionText(revision.id()))
              .toList());
    }
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("qalam.mv.db.v" + version)));
  }

  /** The journal has the first change of the new program, its database has not. */
  @Test
  void theFirstChangeAfterAnUpgradeIsTakenOverWhereTheProgramWasKilledInIt() throws Exception {
    unpack("version-1.zip");
    byte[] before = Files.readAllBytes(file());
    DocumentId id;
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      id = store.create("", "the first one").id();
    }
    Files.write(file(), before);
    Folders.delete(folder.resolve("backups"));
    try (H2DocumentStore store = H2DocumentStore.open(folder)) {
      assertEquals(Optional.empty(), store.repair());
      assertEquals("the first one", store.find(id).orElseThrow().text());
      assertEquals(4, store.list().size());
    }
  }

  private void unpack(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream(name);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }
}
