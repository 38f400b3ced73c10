package org.qalam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.store.DocumentStore;

/** {@code doc history}, {@code restore} and {@code bin}, {@code backup} and {@code restore}. */
class VersionCommandsTest {
  @TempDir Path folder;

  private String said = "";

  private String run(int exit, String... arguments) {
    return run(folder, exit, arguments);
  }

  private String run(Path home, int exit, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Services services = new StoreOnly(home);
    PassphraseInput input = new PassphraseInput(new QalamCommand(), new PrintWriter(err));
    int found =
        new QalamCommand()
            .execute(
                () -> 9,
                List.of(
                    DocCommand.line(
                        services,
                        new ByteArrayInputStream("a text".getBytes(StandardCharsets.UTF_8))),
                    BackupCommands.backup(services, input),
                    BackupCommands.restore(services, input)),
                new PrintWriter(out),
                new PrintWriter(err),
                arguments);
    said = err.toString().strip();
    assertEquals(exit, found, said);
    return out.toString();
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private String made(String... texts) {
    try (DocumentStore store = new StoreOnly(folder).openStore()) {
      DocumentId id = store.create("", texts[0]).id();
      for (int i = 1; i < texts.length; i++) {
        store.save(id, texts[i], 0);
      }
      return id.toString();
    }
  }

  @Test
  void aVersionIsListedShownAndRestoredAndThePresentTextKept() throws Exception {
    String id = made("first");
    run(0, "doc", "history", id, "--name", "Sent");
    try (DocumentStore store = new StoreOnly(folder).openStore()) {
      store.save(store.list().getFirst().id(), "second", 0);
    }
    JsonNode versions = json(run(0, "doc", "history", id, "--json")).get("versions");
    assertEquals(1, versions.size());
    assertEquals("Sent", versions.get(0).get("name").asText());
    String number = versions.get(0).get("number").asText();
    assertEquals("first", run(0, "doc", "history", id.substring(0, 8), "--show", number));
    assertTrue(run(0, "doc", "history", id).strip().endsWith("1 words  Sent"));
    assertEquals(3, json(run(0, "doc", "restore", id, number, "--json")).get("revision").asInt());
    assertEquals("first", run(0, "doc", "show", id));
    assertEquals("second", run(0, "doc", "history", id, "--show", "2"));
    run(1, "doc", "restore", id, "77");
    assertEquals("There is no version 77 of that document; doc history lists them.", said);
  }

  @Test
  void aDeletedDocumentIsListedAndComesBack() throws Exception {
    String id = made("a letter");
    try (DocumentStore store = new StoreOnly(folder).openStore()) {
      store.delete(store.list().getFirst().id());
    }
    assertEquals(id, json(run(0, "doc", "bin", "--json")).at("/documents/0/id").asText());
    assertTrue(run(0, "doc", "bin").strip().endsWith("a letter"));
    assertEquals(id, run(0, "doc", "restore", id.substring(0, 8)).strip());
    assertEquals("a letter", run(0, "doc", "show", id));
    run(1, "doc", "restore", id);
    assertEquals("No document's id starts with " + id + "; doc bin shows them all.", said);
  }

  @Test
  void allGoesIntoOneFileAndIntoAnotherFolder() throws Exception {
    String id = made("first", "second");
    run(0, "doc", "history", id, "--name", "Sent");
    Path file = folder.resolve("all.backup");
    assertEquals("1 document is in " + file + ".", run(0, "backup", file.toString()).strip());
    run(1, "backup", file.toString());
    assertTrue(said.contains("exists and is left as it is"), said);
    run(0, "backup", file.toString(), "--replace");
    Path other = Files.createDirectories(folder.resolve("other"));
    JsonNode restored = json(run(other, 0, "restore", file.toString(), "--json"));
    assertEquals(1, restored.get("added").asInt());
    assertTrue(restored.get("whole").asBoolean());
    assertEquals("second", run(other, 0, "doc", "show", id));
    assertEquals("second", run(other, 0, "doc", "history", id, "--show", "2"));
    JsonNode again = json(run(other, 0, "restore", file.toString(), "--json"));
    assertEquals(0, again.get("added").asInt() + again.get("versions").asInt());
  }

  @Test
  void whatIsNoBackupIsSaidAndNothingChanges() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.txt"), "not a backup");
    run(1, "restore", file.toString());
    assertEquals(file + " is not a backup of Qalam, or damaged. Nothing was changed.", said);
    run(1, "restore", folder.resolve("none").toString());
    assertTrue(said.endsWith("cannot be read; check its name. Nothing was changed."), said);
    run(1, "backup", folder.resolve("none/all.backup").toString());
    assertTrue(said.contains("there is no such folder"), said);
    run(1, "backup", folder.toString());
    assertTrue(said.contains("is a folder"), said);
    assertFalse(said.contains("Exception"), said);
  }

  @Test
  void aVaultComesOutWithTheFoldersThatItCameInWith() throws Exception {
    Path vault = folder.resolve("vault");
    Path letters = Files.createDirectories(vault.resolve("Work/Letters: old"));
    Files.writeString(vault.resolve("Plan.md"), "# Plan\n\nWe leave.");
    Files.writeString(letters.resolve("رسالة.md"), "مرحبا");
    run(0, "doc", "import", vault.toString());
    Path plain = folder.resolve("out");
    run(0, "doc", "export-all", plain.toString());
    assertEquals("# Plan\n\nWe leave.", Files.readString(plain.resolve("Plan.md")));
    assertEquals("مرحبا", Files.readString(plain.resolve("Work/Letters old/رسالة.md")));
    Path file = folder.resolve("all.backup");
    run(0, "backup", file.toString());
    Path other = Files.createDirectories(folder.resolve("other"));
    run(other, 0, "restore", file.toString());
    Path again = folder.resolve("again");
    run(other, 0, "doc", "export-all", again.toString());
    assertEquals("مرحبا", Files.readString(again.resolve("Work/Letters old/رسالة.md")));
  }

  @Test
  void everyDocumentBecomesAMarkdownFile() throws Exception {
    made("# Plan\n\nWe leave.");
    made("# Plan\n\nAnother one.");
    made("رسالة\n\nمرحبا");
    Path plain = folder.resolve("plain/notes");
    assertEquals(
        3, json(run(0, "doc", "export-all", plain.toString(), "--json")).get("documents").asInt());
    assertEquals("رسالة\n\nمرحبا", Files.readString(plain.resolve("رسالة.md")));
    assertEquals(
        List.of("# Plan\n\nAnother one.", "# Plan\n\nWe leave."),
        List.of(
            Files.readString(plain.resolve("Plan.md")),
            Files.readString(plain.resolve("Plan (2).md"))));
    run(1, "doc", "export-all", Files.createFile(folder.resolve("file")).toString());
    assertTrue(said.contains("could not be made; choose another one."), said);
  }
}
