package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.Folders;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.store.Repair;

class RepairTest {
  private static final String TEXT = "beyond the preview ".repeat(20) + "ELEPHANT";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("qalam.mv.db");
  }

  private H2DocumentStore open() {
    return H2DocumentStore.open(folder);
  }

  /** What a flipped bit does: a word becomes another of the same length. */
  private void change(String from, String to) throws Exception {
    String bytes = Files.readString(file(), StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains(from), "the file does not hold the word in the open");
    Files.writeString(file(), bytes.replace(from, to), StandardCharsets.ISO_8859_1);
  }

  private static Output output(DocumentId document) {
    return new Output(
        new UUID(1, 2),
        document,
        Instant.parse("2026-11-26T17:20:00Z"),
        "rewrite",
        "",
        "passage",
        "proposal",
        "starter",
        "prompt",
        "{}",
        "",
        1,
        2,
        3,
        Output.Fate.PENDING);
  }

  @Test
  void aHealthyFileIsLeftAlone() {
    try (H2DocumentStore store = open()) {
      store.create("", "text");
      assertEquals(Optional.empty(), store.repair());
    }
    try (H2DocumentStore store = open()) {
      assertEquals(Optional.empty(), store.repair());
    }
  }

  @Test
  void aDamagedTextComesBackWithAllThatBelongsToIt() throws Exception {
    Document first;
    Document second;
    Output output;
    Decision decision;
    try (H2DocumentStore store = open()) {
      first = store.create("Diary", TEXT);
      second = store.create("", "another text");
      output = output(first.id());
      store.add(output);
      decision =
          new Decision(
              output.id(), first.id(), output.created(), Decision.Verdict.REJECTED, "a", "b");
      store.note(List.of(decision));
      store.putSetting("window", "1200x800");
    }
    byte[] good = Files.readAllBytes(file());
    change("ELEPHANT", "ELEPHAMT");
    byte[] damaged = Files.readAllBytes(file());
    try (H2DocumentStore store = open()) {
      Path kept = file().resolveSibling("qalam.mv.db.damaged-1");
      assertEquals(
          Optional.of(new Repair(2, 1, 0, List.of(), Optional.of(kept), true)), store.repair());
      assertEquals(Optional.of(first), store.find(first.id()));
      assertEquals(Optional.of(second), store.find(second.id()));
      assertEquals(List.of(output), store.outputs(first.id()));
      assertEquals(List.of(decision), store.decisions(first.id()));
      assertEquals(Optional.of("1200x800"), store.setting("window"));
      assertFalse(Arrays.equals(good, damaged));
      assertEquals(-1, Arrays.mismatch(damaged, Files.readAllBytes(kept)));
    }
    try (H2DocumentStore store = open()) {
      assertEquals(Optional.empty(), store.repair());
    }
  }

  @Test
  void withoutADatabaseEverythingIsTakenFromJournalAndBackups() throws Exception {
    DocumentId deleted;
    DocumentId renamed;
    Document saved;
    Output output;
    try (H2DocumentStore store = open()) {
      deleted = store.create("", "into the bin").id();
      renamed = store.create("Old title", "text").id();
      saved = store.create("", "first");
      output = output(saved.id());
      store.add(output);
      store.putSetting("window", "1200x800");
    }
    // The backup at closing holds all that; the journal alone what follows.
    try (H2DocumentStore store = open()) {
      store.delete(deleted);
      store.rename(renamed, "New title");
      store.save(saved.id(), "second", 3);
    }
    Files.delete(file());
    try (H2DocumentStore store = open()) {
      assertEquals(
          Optional.of(new Repair(3, 3, 0, List.of(), Optional.empty(), false)), store.repair());
      assertEquals(2, store.list().size());
      assertEquals(Optional.empty(), store.find(deleted));
      store.undelete(deleted);
      assertEquals("into the bin", store.find(deleted).orElseThrow().text());
      assertEquals("New title", store.find(renamed).orElseThrow().title());
      Document found = store.find(saved.id()).orElseThrow();
      assertEquals("second", found.text());
      assertEquals(2, found.revision());
      assertEquals(3, found.caret());
      assertEquals(saved.created(), found.created());
      assertEquals(List.of(output), store.outputs(saved.id()));
      assertEquals(Optional.of("1200x800"), store.setting("window"));
    }
  }

  /** So H2 2.5.252 left its files after a kill: whole, but older than what it had acknowledged. */
  @Test
  void aDatabaseThatHasGoneBackInTimeIsBroughtForward() throws Exception {
    DocumentId id;
    DocumentId renamed;
    try (H2DocumentStore store = open()) {
      id = store.create("", "first").id();
      renamed = store.create("", "text").id();
    }
    Path older = Files.copy(file(), folder.resolve("older"));
    DocumentId created;
    try (H2DocumentStore store = open()) {
      store.save(id, "second", 0);
      store.save(id, "third", 0);
      store.rename(renamed, "Named");
      created = store.create("", "new").id();
    }
    Files.move(older, file(), StandardCopyOption.REPLACE_EXISTING);
    try (H2DocumentStore store = open()) {
      assertEquals(3, store.repair().orElseThrow().restored());
      assertEquals("third", store.find(id).orElseThrow().text());
      assertEquals("Named", store.find(renamed).orElseThrow().title());
      assertEquals("new", store.find(created).orElseThrow().text());
    }
  }

  @Test
  void itIsBroughtForwardToItsBackupWhereThereIsNoJournal() throws Exception {
    open().close();
    Path older = Files.copy(file(), folder.resolve("older"));
    DocumentId id;
    try (H2DocumentStore store = open()) {
      id = store.create("", "text").id();
    }
    Folders.delete(folder.resolve("journal"));
    Files.move(older, file(), StandardCopyOption.REPLACE_EXISTING);
    try (H2DocumentStore store = open()) {
      assertEquals(1, store.repair().orElseThrow().restored());
      assertEquals("text", store.find(id).orElseThrow().text());
    }
  }

  @Test
  void theChangeThatAProgramWasKilledInIsTakenOverWithoutAWord() throws Exception {
    DocumentId id;
    try (H2DocumentStore store = open()) {
      id = store.create("", "first").id();
    }
    Path older = Files.copy(file(), folder.resolve("older"));
    try (H2DocumentStore store = open()) {
      store.save(id, "second", 0);
    }
    Files.move(older, file(), StandardCopyOption.REPLACE_EXISTING);
    try (H2DocumentStore store = open()) {
      assertEquals(Optional.empty(), store.repair());
      assertEquals("second", store.find(id).orElseThrow().text());
    }
  }

  @Test
  void whatIsInNoCopyIsToldByItsTitle() throws Exception {
    try (H2DocumentStore store = open()) {
      store.create("Diary", TEXT);
      store.create("Letter", "another text");
    }
    change("ELEPHANT", "ELEPHAMT");
    Folders.delete(folder.resolve("journal"));
    Folders.delete(folder.resolve("backups"));
    try (H2DocumentStore store = open()) {
      Repair repair = store.repair().orElseThrow();
      assertEquals(1, repair.lost());
      assertEquals(List.of("Diary"), repair.lostTitles());
      assertEquals(0, repair.restored());
      assertEquals(List.of("Letter"), store.list().stream().map(DocumentSummary::title).toList());
    }
  }

  @Test
  void aJournalThatCannotBeWrittenHidesNeitherSuccessNorFailureOfTheDatabase() throws Exception {
    Files.writeString(folder.resolve("journal"), "a file where the folder should be");
    DocumentId id;
    try (H2DocumentStore store = open()) {
      id = store.create("", "first").id();
      assertEquals(2, store.save(id, "second", 0));
    }
    // The backup at closing holds what the journal could not take.
    Files.delete(file());
    try (H2DocumentStore store = open()) {
      assertEquals("second", store.find(id).orElseThrow().text());
    }
  }

  @Test
  void aFileOfWhichSomethingCouldNotBeReadIsWrittenAnewAtTheNextOpening() throws Exception {
    DocumentId id;
    try (H2DocumentStore store = open()) {
      id = store.create("", "text").id();
    }
    Opening.suspect(folder);
    try (H2DocumentStore store = open()) {
      assertTrue(store.repair().isPresent());
      assertEquals("text", store.find(id).orElseThrow().text());
    }
    try (H2DocumentStore store = open()) {
      assertEquals(Optional.empty(), store.repair());
    }
  }
}
