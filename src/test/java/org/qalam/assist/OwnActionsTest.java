package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.task.CancellationToken;

class OwnActionsTest {
  @TempDir Path home;

  private Path folder = Path.of("");
  private OwnActions own = OwnActions.in(folder);

  @BeforeEach
  void open() {
    folder = home.resolve("actions");
    own = OwnActions.in(home);
  }

  private void put(String name, String text) throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name), text);
  }

  private List<String> ids() {
    return own.read().recipes().stream().map(recipe -> recipe.action().id()).toList();
  }

  @Test
  void withoutAFolderThereAreNone() {
    assertEquals(OwnActions.Contents.NONE, own.read());
    assertFalse(Files.exists(folder));
  }

  @Test
  void indexSaysTheOrderAndTheOthersFollowByName() throws Exception {
    for (String id : List.of("a", "b", "c", "d")) {
      put(id + ".md", "Rhyme.");
    }
    own.order(List.of("c", "gone", "a"));
    assertEquals(List.of("c", "a", "b", "d"), ids());
  }

  @Test
  void badFilesAreToldAndDoNotStopTheOthers() throws Exception {
    put("bad.md", "---\nkind: dance\n---\nx");
    put("good.md", "Rhyme.");
    put("large.md", "x".repeat(70_000));
    put("rewrite.md", "Rhyme.");
    Files.write(folder.resolve("latin.md"), "Größer".getBytes(StandardCharsets.ISO_8859_1));
    put("notes.txt", "no action");
    assertEquals(List.of("good"), ids());
    assertEquals(
        List.of(
            "actions/bad.md: 'kind' is 'dance'; there are correct, rewrite, tone, length,"
                + " understand, create, translate.",
            "actions/large.md: it is larger than 64 KB, so it is no action.",
            "actions/latin.md: it is not in UTF-8; save it in UTF-8.",
            "actions/rewrite.md: Qalam has an action of this name; rename the file."),
        own.read().problems());
  }

  @Test
  void allFilesAreListedWithWhatIsWrongInThem() throws Exception {
    put("bad.md", "---\nkind: dance\n---\nx");
    put("good.md", "Rhyme.");
    put("rewrite.md", "Rhyme.");
    own.order(List.of("good"));
    List<OwnActions.Entry> all = own.list();
    assertEquals(
        List.of("good", "bad", "rewrite"), all.stream().map(OwnActions.Entry::id).toList());
    assertEquals("Good", all.getFirst().action().orElseThrow().name());
    assertEquals("---\nkind: dance\n---\nx", all.get(1).text());
    assertTrue(all.get(1).problem().startsWith("'kind' is 'dance'"), all.get(1).problem());
    assertTrue(all.get(2).action().isEmpty());
  }

  @Test
  void newActionIsTheLastAndHasAFileOfItsName() throws Exception {
    put("z.md", "Rhyme.");
    assertEquals("make-it-rhyme", own.create("Make it rhyme!", "---\nname: Rhyme\n---\nRhyme."));
    assertEquals(List.of("z", "make-it-rhyme"), ids());
    assertThrows(ActionFileException.class, () -> own.create("x", "---\nx: y\n---\nz"));
    assertEquals(List.of("z", "make-it-rhyme"), ids());
  }

  @Test
  void importedActionOverwritesNothing() throws Exception {
    Path file = Files.writeString(home.resolve("Rhyme It.md"), "Rhyme.");
    assertEquals(List.of("rhyme-it"), own.importFrom(file).ids());
    assertEquals(List.of("rhyme-it-2"), own.importFrom(file).ids());
    Path named = Files.writeString(home.resolve("rewrite.md"), "Rhyme.");
    assertEquals(List.of("rewrite-2"), own.importFrom(named).ids());
    assertEquals(List.of("rewrite-2", "rhyme-it", "rhyme-it-2"), ids());
  }

  @Test
  void importOfAFileThatIsNoActionLeavesNothingBehind() throws Exception {
    Path file = Files.writeString(home.resolve("x.md"), "---\nkind: dance\n---\nx");
    assertThrows(ActionFileException.class, () -> own.importFrom(file));
    assertFalse(Files.exists(folder));
  }

  @Test
  void savedTextIsReadFirstAndDeletedComesBack() throws Exception {
    put("rhyme.md", "Rhyme.");
    assertThrows(ActionFileException.class, () -> own.save("rhyme", "---\nx: y\n---\nz"));
    assertEquals("Rhyme.", own.text("rhyme"));
    own.save("rhyme", "Rhyme better.");
    String text = own.text("rhyme");
    own.delete("rhyme");
    assertEquals(List.of(), ids());
    own.restore("rhyme", text);
    assertEquals("Rhyme better.", own.text("rhyme"));
    own.export("rhyme", home.resolve("out.md"));
    assertEquals("Rhyme better.", Files.readString(home.resolve("out.md")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../models/x", "", "/etc/x", "missing", "."})
  void idThatIsNoFileOfTheFolderIsRefused(String id) {
    assertThrows(ActionFileException.class, () -> own.text(id));
    assertThrows(ActionFileException.class, () -> own.delete(id));
  }

  @Test
  void buttonsOfWritingToolsBecomeActionsInTheirOrder() throws Exception {
    Path file =
        Files.writeString(
            home.resolve("options.json"),
            """
            {
              "Zen": {"prefix": "Calm this:\\n\\n", "icon": "icons/smiley-face", "color": "blue",
                "instruction": "You calm texts. Keep the # of lines. If the text is unfit (e.g., noise), output \\"ERROR_TEXT_INCOMPATIBLE_WITH_REQUEST\\"."},
              "Key Points": {"prefix": "Points:", "instruction": "You {{list}}.",
                "icon": "icons/keypoints", "open_in_window": true, "hotkey": "ctrl+k"},
              "Empty": {"prefix": " ", "instruction": ""},
              "Custom": {"prefix": "Change:", "instruction": "You change."}
            }
            """);
    OwnActions.Imported imported = own.importFrom(file);
    assertEquals(List.of("zen", "key-points-2"), imported.ids());
    assertEquals(List.of("zen", "key-points-2"), ids());
    assertEquals(
        List.of(
            "'color' of “Zen” was left out: Qalam does not know it.",
            "The keys of “Key Points” (ctrl+k) were left out: they are the whole system's there;"
                + " 'shortcut' sets keys of Qalam.",
            "“Empty” was left out: it has no prompt.",
            "“Custom” was left out: say what to do in your own words instead."),
        imported.remarks());
    Recipe zen = own.read().recipes().getFirst();
    assertEquals("Zen", zen.action().name());
    assertEquals("mdi2e-emoticon-happy-outline", zen.action().icon());
    assertEquals(Action.Result.REPLACE, zen.action().result());
    assertEquals(
        "You calm texts. Keep the # of lines.",
        zen.conversation("en", "", "x", "", false).getFirst().content());
    assertEquals("Calm this:\n\nx", zen.conversation("en", "", "x", "", false).getLast().content());
    assertEquals(Action.Result.PANEL, own.read().recipes().getLast().action().result());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"a\":", "{\"a\": 1}", "{\"a\": {}, \"a\": {}}", "\"x\""})
  void otherJsonIsRefusedInASentence(String json) throws Exception {
    Path file = Files.writeString(home.resolve("options.json"), json);
    ActionFileException e = assertThrows(ActionFileException.class, () -> own.importFrom(file));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(file.toAbsolutePath() + ": it "), e.getMessage());
    assertEquals(List.of(), ids());
  }

  @Test
  void assistantHasThemAsTheyAreWhenTheyAreReadAgain() throws Exception {
    try (ScriptedEngine engine = new ScriptedEngine()) {
      EngineAssistant assistant = new EngineAssistant(engine, own);
      put("rhyme.md", "Rhyme {{document}}: {{selection}}");
      assertEquals(17, assistant.actions().size());
      assertEquals(List.of(), assistant.readOwnActions().get(10, TimeUnit.SECONDS));
      assertEquals(18, assistant.actions().size());
      assertTrue(assistant.actions().getLast().needsInstruction());
      Action rhyme = assistant.actions().get(16);
      assertEquals("Rhyme", rhyme.name());
      assistant.use("tiny", Path.of("tiny")).join();
      engine.answers("A rhyme.");
      Proposal proposal =
          assistant
              .propose(
                  new AssistRequest(rhyme, "my words", "", 0).in("the {{selection}} whole"),
                  _ -> {},
                  new CancellationToken())
              .get(10, TimeUnit.SECONDS);
      assertEquals("A rhyme.", proposal.text());
      assertEquals(
          "Rhyme the {{selection}} whole: my words",
          engine.asked.getLast().messages().getLast().content());
    }
  }
}
