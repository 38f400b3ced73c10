package org.qalam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.app.LiveServices;

/** {@code qalam action}, with the program's own parts. */
class ActionCommandTest {
  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final LiveServices services = new LiveServices(() -> home);

  @AfterEach
  void close() {
    services.close();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "action";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new QalamCommand()
        .execute(
            () -> 0,
            List.of(new ActionCommand(services)),
            new PrintWriter(out),
            new PrintWriter(err),
            all);
  }

  @Test
  void importedActionIsListedAndCanBeGivenOut() throws Exception {
    Path file = Files.writeString(home.resolve("Rhyme.md"), "---\nname: In rhymes\n---\nRhyme.");
    assertEquals(0, run("import", file.toString()), err::toString);
    Files.writeString(home.resolve("actions").resolve("bad.md"), "");
    assertEquals(0, run("list"), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertEquals("rhyme", lines.getFirst());
    assertTrue(lines.contains("rhyme  In rhymes") && lines.contains("proofread"), out.toString());
    assertEquals(
        List.of("actions/bad.md: the prompt is missing; write it below the keys."),
        err.toString().lines().toList());
    Path given = home.resolve("given.md");
    assertEquals(0, run("export", "rhyme", given.toString()), err::toString);
    assertEquals(Files.readString(file), Files.readString(given));
  }

  @Test
  void listTellsProgramsWhatTheActionsNeed() throws Exception {
    assertEquals(0, run("list", "--json"), err::toString);
    JsonNode actions = new ObjectMapper().readTree(out.toString()).get("actions");
    assertEquals(17, actions.size());
    for (JsonNode action : actions) {
      assertEquals(
          action.get("id").asText().equals("translate"), action.get("needs_language").asBoolean());
    }
  }

  @Test
  void fileOfAnotherKindIsNotTakenForAPrompt() throws Exception {
    Path file = Files.writeString(home.resolve("model.gguf"), "GGUF");
    assertEquals(1, run("import", file.toString()));
    assertEquals(
        file.toAbsolutePath()
            + ": an action is a file that ends with .md, or the options.json of WritingTools."
            + System.lineSeparator(),
        err.toString());
    assertEquals(0, run("list"));
    assertFalse(out.toString().contains("model"), out.toString());
  }

  @Test
  void fileThatIsNoActionIsNamed() {
    String file = home.resolve("none.md").toAbsolutePath().toString();
    assertEquals(1, run("import", file));
    assertEquals(file + ": it cannot be read." + System.lineSeparator(), err.toString());
    assertEquals(2, run());
  }
}
