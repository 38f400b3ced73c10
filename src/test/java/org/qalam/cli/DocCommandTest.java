package org.qalam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.exchange.ExchangeException;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import picocli.CommandLine;

class DocCommandTest {
  @TempDir Path folder;

  private RuntimeException thrown = new IllegalStateException("nothing was thrown");

  private String run(int exit, String input, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine command =
        new CommandLine(
            new DocCommand(
                new StoreOnly(folder),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))));
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(new StringWriter()));
    command.setExecutionExceptionHandler((e, line, result) -> {
      thrown = (RuntimeException) e;
      return 1;
    });
    assertEquals(exit, command.execute(arguments), () -> thrown.toString());
    return out.toString();
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void whatIsMadeIsFoundByItsWordsInOtherForms() throws Exception {
    String heating = run(0, "# Flat\n\nThe heating is broken since Monday. #home", "new").strip();
    String book = run(0, "نسيت الكِتاب في القطار.", "new").strip();
    String other = run(0, "Nothing of that", "new", "--title", "Heating bill").strip();
    JsonNode hits = json(run(0, "", "search", "broke", "heating", "--json")).get("hits");
    assertEquals(1, hits.size());
    JsonNode hit = hits.get(0);
    assertEquals(heating, hit.get("id").asText());
    assertEquals("Flat", hit.get("title").asText());
    assertTrue(hit.get("score").asDouble() > 0);
    String snippet = hit.get("snippet").asText();
    JsonNode mark = hit.get("snippet_marks").get(0);
    assertEquals("heating", snippet.substring(mark.get(0).asInt(), mark.get(1).asInt()));
    assertEquals(
        book, json(run(0, "", "search", "كتاب", "--json")).get("hits").get(0).get("id").asText());
    String both = run(0, "", "search", "heating");
    assertTrue(both.startsWith(other.substring(0, 8) + "  Heating bill"), both);
    assertTrue(both.contains(heating.substring(0, 8) + "  Flat"), both);
    assertEquals(
        1, json(run(0, "", "search", "heating", "--limit", "1", "--json")).get("hits").size());
    assertEquals(
        heating,
        json(run(0, "", "search", "#home", "--json")).get("hits").get(0).get("id").asText());
    assertEquals("{\"hits\":[]}", run(0, "", "search", "zebra", "--json").strip());
    assertEquals("", run(0, "", "search", "zebra"));
    run(2, "", "search");
    run(2, "", "search", "a", "--limit", "0");
  }

  @Test
  void whatIsMadeCanBeListedAndShown() throws Exception {
    String text = "# رسالة\r\n\r\nمرحبا 😀\r\n";
    String id = json(run(0, "\ufeff" + text, "new", "--json")).get("id").asText();
    String plainId = run(0, "plain", "new", "--title", "My title").strip();
    JsonNode documents = json(run(0, "", "list", "--json")).get("documents");
    assertEquals(2, documents.size());
    assertEquals(plainId, documents.get(0).get("id").asText());
    assertEquals("My title", documents.get(0).get("title").asText());
    assertEquals("رسالة", documents.get(1).get("title").asText());
    assertEquals("مرحبا 😀", documents.get(1).get("preview").asText());
    assertEquals(2, documents.get(1).get("words").asInt());
    assertEquals(text.replace("\r", ""), run(0, "", "show", id));
    JsonNode shown = json(run(0, "", "show", id.substring(0, 8), "--json"));
    assertEquals(text.replace("\r", ""), shown.get("text").asText());
    assertEquals(1, shown.get("revision").asInt());
    List<String> lines = run(0, "", "list").lines().toList();
    assertTrue(lines.getFirst().endsWith("1 words  My title"), lines.getFirst());
  }

  @Test
  void anEmptyListIsAnObjectToo() throws Exception {
    assertEquals("{\"documents\":[]}", run(0, "", "list", "--json").strip());
    assertEquals("", run(0, "", "list"));
  }

  @Test
  void exportsWhatItImported() throws Exception {
    Path in = Files.writeString(folder.resolve("note.md"), "# Note\n\ntext\n");
    Path other = Files.writeString(folder.resolve("Ada's letter.txt"), "Dear Ada");
    JsonNode made =
        json(run(0, "", "import", in.toString(), other.toString(), "--json")).get("documents");
    assertEquals("Note", made.get(0).get("title").asText());
    assertEquals("Ada's letter", made.get(1).get("title").asText());
    String id = made.get(0).get("id").asText();
    Path out = folder.resolve("out.txt");
    assertEquals(out.toString(), run(0, "", "export", id, "--out", out.toString()).strip());
    assertEquals("# Note\n\ntext\n", Files.readString(out));
    assertEquals(
        folder.resolve("out (2).txt").toString(),
        json(run(0, "", "export", id, "--out", out.toString(), "--json")).get("file").asText());
    run(0, "", "export", id, "--out", out.toString(), "--replace");
    assertFalse(Files.exists(folder.resolve("out (3).txt")));
    Path sub = Files.createDirectory(folder.resolve("sub"));
    run(0, "", "export", id, "--out", sub.toString());
    assertTrue(Files.exists(sub.resolve("Note.md")));
  }

  @Test
  void importsAndExportsDocumentsOfOtherProgramsByWhatTheyHoldAndAreCalled() throws Exception {
    Path made = Path.of("src/test/resources/org/qalam/exchange/made");
    Path misnamed = Files.copy(made.resolve("pandoc.docx"), folder.resolve("report.odt"));
    JsonNode imported =
        json(run(0, "", "import", misnamed.toString(), made + "/libreoffice.pdf", "--json"));
    assertEquals("Field report", imported.get("documents").get(0).get("title").asText());
    assertEquals("Field report", imported.get("documents").get(1).get("title").asText());
    String id = imported.get("documents").get(0).get("id").asText();
    String text = run(0, "", "show", id);
    for (String suffix : List.of("docx", "odt", "html")) {
      Path file = folder.resolve("by name." + suffix);
      if (suffix.equals("odt")) {
        file = folder.resolve("asked for");
        run(0, "", "export", id, "--out", file.toString(), "--format", suffix);
      } else {
        run(0, "", "export", id, "--out", file.toString());
      }
      String again =
          json(run(0, "", "import", file.toString(), "--json"))
              .get("documents")
              .get(0)
              .get("id")
              .asText();
      assertEquals(text, run(0, "", "show", again), file.toString());
    }
    assertEquals(2, exit("export", id, "--out", "x", "--format", "xls"));
    Path pdf = folder.resolve("x.pdf");
    run(0, "", "export", id, "--out", pdf.toString());
    assertEquals("%PDF", Files.readString(pdf, StandardCharsets.ISO_8859_1).substring(0, 4));
    String missing = folder.resolve("none/x.pdf").toString();
    run(1, "", "export", id, "--out", missing, "--format", "pdf");
  }

  @Test
  void importsAFolderOfNotesAndTellsWhatItLeftOut() throws Exception {
    Path vault = folder.resolve("vault");
    Files.createDirectories(vault.resolve(".obsidian"));
    Files.writeString(vault.resolve("first.md"), "---\ntitle: Named\n---\nSee [[second]].");
    Files.writeString(vault.resolve("second.md"), "# Heading\n\n#tag");
    Files.writeString(vault.resolve("picture.png"), "x");
    JsonNode imported = json(run(0, "", "import", vault.toString(), "--json"));
    assertEquals("Named", imported.get("documents").get(0).get("title").asText());
    assertEquals("second", imported.get("documents").get(1).get("title").asText());
    assertEquals(2, imported.get("skipped").asInt());
  }

  @Test
  void tellsHowAModelWasUsed() throws Exception {
    String id = run(0, "She dont like it.", "new", "--title", "Letter").strip();
    assertEquals(
        List.of("# Use of AI: Letter", "", "No model was asked for anything in this document."),
        run(0, "", "ledger", id).lines().toList());
    UUID output = UUID.randomUUID();
    DocumentId document = new DocumentId(UUID.fromString(id));
    Instant now = Instant.parse("2026-11-24T10:42:00Z");
    try (DocumentStore store = new StoreOnly(folder).openStore()) {
      store.add(
          new Output(
              output,
              document,
              now,
              "proofread",
              "",
              "She dont like it.",
              "She doesn't like it.",
              "starter",
              "",
              "{}",
              "",
              1,
              1,
              1,
              Output.Fate.REPLACED));
      store.note(
          List.of(
              new Decision(output, document, now, Decision.Verdict.ACCEPTED, "dont", "doesn't")));
    }
    String told = run(0, "", "ledger", id);
    assertTrue(told.contains("Accepted: “dont” to “doesn't”"), told);
    JsonNode proposal =
        json(run(0, "", "ledger", id.substring(0, 8), "--json")).get("proposals").get(0);
    assertEquals("starter", proposal.get("model").asText());
    assertEquals("accepted", proposal.get("decisions").get(0).get("verdict").asText());
    assertEquals("dont", proposal.get("decisions").get(0).get("before").asText());
  }

  @Test
  void importsNothingIfOneFileIsUnfit() throws Exception {
    Path good = Files.writeString(folder.resolve("good.md"), "good");
    run(1, "", "import", good.toString(), folder.resolve("missing.md").toString());
    assertInstanceOf(ExchangeException.class, thrown);
    assertEquals("", run(0, "", "list"));
  }

  @Test
  void refusesInputThatIsNotUtf8() {
    CommandLine command =
        new CommandLine(
            new DocCommand(
                new StoreOnly(folder),
                new ByteArrayInputStream(new byte[] {'a', (byte) 0xe9, 'b'})));
    command.setExecutionExceptionHandler((e, line, result) -> {
      throw e;
    });
    command.setErr(new PrintWriter(new StringWriter()));
    assertEquals(1, command.execute("new"));
    assertEquals("", run(0, "", "list"));
  }

  @Test
  void saysThatAnIdIsUnknownOrAmbiguous() {
    run(1, "", "show", "zzz");
    StoreException e = assertInstanceOf(StoreException.class, thrown);
    assertEquals("No document's id starts with zzz; doc list shows them all.", e.getMessage());
    for (int i = 0; i < 17; i++) {
      run(0, "text", "new");
    }
    // Of seventeen ids two start with the same of sixteen digits.
    long ambiguous =
        "0123456789abcdef"
            .chars()
            .filter(digit -> exit("show", Character.toString(digit)) == 2)
            .count();
    assertTrue(ambiguous >= 1);
  }

  private int exit(String... arguments) {
    CommandLine command =
        new CommandLine(
            new DocCommand(new StoreOnly(folder), new ByteArrayInputStream(new byte[0])));
    command.setErr(new PrintWriter(new StringWriter()));
    command.setOut(new PrintWriter(new StringWriter()));
    command.setExecutionExceptionHandler((e, line, result) -> 1);
    return command.execute(arguments);
  }

  @Test
  void tellsOnStandardErrorWhatHadToBeMended() throws Exception {
    String id = run(0, "a text", "new").strip();
    Files.writeString(folder.resolve("data/qalam.mv.db"), "no database");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(
            new DocCommand(new StoreOnly(folder), new ByteArrayInputStream(new byte[0])));
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    assertEquals(0, command.execute("show", id));
    assertEquals("a text", out.toString());
    assertEquals(
        "The file of the documents was damaged, missing or out of date: the document is there"
            + " (1 from Qalam's own copies); settings and proposals since the last backup may be"
            + " missing; the file as it was is kept as "
            + folder.resolve("data/qalam.mv.db.damaged-1")
            + ".",
        err.toString().strip());
  }

  @Test
  void wrongUseEndsWithTwo() {
    assertEquals(2, exit());
    assertEquals(2, exit("show"));
    assertEquals(2, exit("export", "abc"));
    assertEquals(2, exit("import"));
    assertEquals(2, exit("fly"));
  }
}
