package org.qalam.ui.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.assist.ActionSheet;
import org.qalam.assist.OwnActions;
import org.qalam.task.TaskRunner;
import org.qalam.ui.assistant.MemoryStore;

/** With real files, on a disk that works when the test says so. */
class OwnActionsViewModelTest {
  @TempDir Path home;

  private final MemoryStore store = new MemoryStore();
  private final Queue<Runnable> disk = new ArrayDeque<>();
  private final TaskRunner later =
      new TaskRunner() {
        @Override
        public <T> CompletableFuture<T> submit(Callable<T> work) {
          CompletableFuture<T> result = new CompletableFuture<>();
          disk.add(() -> {
            try {
              result.complete(work.call());
            } catch (Exception e) {
              result.completeExceptionally(e);
            }
          });
          return result;
        }
      };

  private Path folder = Path.of("");
  private OwnActionsViewModel model =
      new OwnActionsViewModel(OwnActions.in(folder), store, later, Runnable::run);
  private int changes;

  @BeforeEach
  void open() throws Exception {
    folder = Files.createDirectories(home.resolve("actions"));
    restart();
  }

  private void restart() {
    model = new OwnActionsViewModel(OwnActions.in(home), store, later, Runnable::run);
    model.onChanged(() -> changes++);
    model.refresh();
    work();
  }

  private void work() {
    while (!disk.isEmpty()) {
      disk.remove().run();
    }
  }

  private void put(String id, String text) throws Exception {
    Files.writeString(folder.resolve(id + ".md"), text);
    model.refresh();
    work();
  }

  private String file(String id) throws Exception {
    return Files.readString(folder.resolve(id + ".md"));
  }

  private Draft draft() {
    return model.draftProperty().get().orElseThrow();
  }

  private List<String> names() {
    return model.rows().stream().map(Row::name).toList();
  }

  private void write(String name, String prompt) {
    model.begin("---\nkind: rewrite\n---\n");
    model.set("name", name);
    model.setPrompt(prompt);
  }

  @Test
  void newActionIsAFileOnceItIsSaved() throws Exception {
    model.begin("---\nkind: rewrite\n---\n");
    assertEquals(
        List.of(ActionSheet.PROMPT, "name"),
        model.problems().stream().map(ActionSheet.Problem::key).toList());
    model.save();
    work();
    assertFalse(Files.exists(folder.resolve("action.md")));
    model.set("name", "Make it rhyme");
    model.setPrompt("Rhyme: {{selection}}");
    assertEquals(List.of(), model.problems());
    model.save();
    work();
    assertEquals(
        "---\nname: Make it rhyme\nkind: rewrite\n---\nRhyme: {{selection}}\n",
        file("make-it-rhyme"));
    assertFalse(draft().isChanged());
    assertEquals("make-it-rhyme", draft().id());
    assertEquals(new Notice.Saved("Make it rhyme"), model.noticeProperty().get());
    assertEquals(1, changes);
    assertEquals(List.of("Make it rhyme"), names());
  }

  @Test
  void whatIsTypedWhileTheDiskWorksStays() throws Exception {
    write("Rhyme", "Rhyme.");
    model.save();
    model.setPrompt("Rhyme better.");
    model.refresh();
    work();
    assertEquals("---\nname: Rhyme\nkind: rewrite\n---\nRhyme.\n", file("rhyme"));
    assertEquals("Rhyme better.", draft().sheet().orElseThrow().prompt());
    assertTrue(draft().isChanged());
    model.save();
    work();
    assertTrue(file("rhyme").endsWith("Rhyme better.\n"), file("rhyme"));
  }

  @Test
  void whatIsNotSavedIsThereAfterTheProgramsEnd() throws Exception {
    put("rhyme", "Rhyme.");
    model.choose("rhyme");
    model.setPrompt("Rhyme bet");
    write("Half", "");
    work();
    restart();
    assertEquals(List.of("Rhyme", "Half"), names());
    assertTrue(model.rows().stream().allMatch(Row::isChanged), model.rows().toString());
    model.choose("rhyme");
    assertEquals("Rhyme bet", draft().sheet().orElseThrow().prompt());
    assertEquals("Rhyme.", file("rhyme"));
    model.drop();
    work();
    assertEquals("Rhyme.", draft().text());
    model.takeBack();
    assertEquals("Rhyme bet", draft().sheet().orElseThrow().prompt());
  }

  @Test
  void fileThatWasChangedElsewhereIsReplacedOnlyAfterAWarning() throws Exception {
    put("rhyme", "Rhyme.");
    model.choose("rhyme");
    model.setPrompt("Rhyme better.");
    put("rhyme", "Rhyme elsewhere.");
    model.save();
    work();
    assertEquals("Rhyme elsewhere.", file("rhyme"));
    assertEquals(new Notice.ChangedElsewhere("Rhyme"), model.noticeProperty().get());
    model.save();
    work();
    assertEquals("Rhyme better.\n", file("rhyme"));
  }

  @Test
  void fileThatWasChangedElsewhereIsShownWhereNothingWasTyped() throws Exception {
    put("rhyme", "Rhyme.");
    model.choose("rhyme");
    put("rhyme", "Rhyme elsewhere.");
    assertEquals("Rhyme elsewhere.", draft().text());
    assertFalse(draft().isChanged());
  }

  @Test
  void brokenFileIsTextThatCanBeMended() throws Exception {
    put("bad", "---\nkind: dance\nname: Dance\n---\nDance.");
    assertFalse(model.rows().getFirst().isUsable());
    model.choose("bad");
    assertTrue(draft().sheet().isEmpty());
    assertTrue(model.problems().getFirst().words().startsWith("'kind' is 'dance'"));
    model.type(draft().text().replace("kind: dance\n", ""));
    assertEquals(List.of(), model.problems());
    model.save();
    work();
    assertTrue(model.rows().getFirst().isUsable());
    model.showAsText(false);
    assertEquals("Dance", draft().sheet().orElseThrow().value("name"));
  }

  @Test
  void deletedActionComesBackInItsPlaceWithWhatWasTyped() throws Exception {
    put("a", "Rhyme.");
    put("b", "Rhyme.");
    model.move("b", -1);
    work();
    assertEquals(List.of("B", "A"), names());
    model.choose("b");
    model.setPrompt("Rhyme more.");
    model.delete();
    work();
    assertEquals(List.of("A"), names());
    assertEquals(Optional.empty(), model.draftProperty().get());
    model.takeBack();
    work();
    assertEquals(List.of("B", "A"), names());
    assertEquals("Rhyme.", file("b"));
    assertEquals("Rhyme more.", draft().sheet().orElseThrow().prompt());
  }

  @Test
  void orderIsKept() throws Exception {
    for (String id : List.of("a", "b", "c")) {
      put(id, "Rhyme.");
    }
    model.move("c", -1);
    model.move("c", -1);
    model.move("c", -1);
    work();
    restart();
    assertEquals(List.of("C", "A", "B"), names());
  }

  @Test
  void copyHasAnotherNameAndNoKeys() throws Exception {
    put("rhyme", "---\nname: Rhyme\nshortcut: Shortcut+Alt+R\n---\nRhyme.");
    model.choose("rhyme");
    model.duplicate(name -> name + " 2");
    assertEquals("---\nname: Rhyme 2\n---\nRhyme.\n", draft().text());
    model.save();
    work();
    assertEquals(List.of("Rhyme", "Rhyme 2"), names());
  }

  @Test
  void takesFilesOverAndSaysWhatItLeaves() throws Exception {
    Path good = Files.writeString(home.resolve("verse.md"), "Sing.");
    Path options =
        Files.writeString(
            home.resolve("options.json"),
            "{\"Zen\": {\"prefix\": \"Calm:\", \"instruction\": \"\", \"hotkey\": \"ctrl+j\"}}");
    Path bad = Files.writeString(home.resolve("bad.md"), "---\nkind: dance\n---\nx");
    model.importFrom(List.of(good, bad, options));
    work();
    Notice.Imported imported = (Notice.Imported) model.noticeProperty().get();
    assertEquals(2, imported.number());
    assertEquals(2, imported.remarks().size(), imported.remarks().toString());
    assertEquals("verse", draft().id());
    model.export(home.resolve("out.md"));
    work();
    assertEquals("Sing.", Files.readString(home.resolve("out.md")));
  }

  @Test
  void otherKeysGoIntoTheFileAndIntoWhatIsBeingTyped() throws Exception {
    put("rhyme", "---\n# mine\nname: Rhyme\n---\nRhyme.");
    model.choose("rhyme");
    model.setPrompt("Rhyme bet");
    model.setShortcut("rhyme", "Shortcut+Alt+R");
    work();
    assertEquals(
        "---\n# mine\nname: Rhyme\nshortcut: Shortcut+Alt+R\n---\nRhyme.\n", file("rhyme"));
    assertEquals("Rhyme bet", draft().sheet().orElseThrow().prompt());
    assertEquals("Shortcut+Alt+R", draft().sheet().orElseThrow().value("shortcut"));
    model.save();
    work();
    assertTrue(file("rhyme").endsWith("Rhyme bet\n"), "nothing was changed elsewhere");
  }

  @Test
  void whatCannotBeWrittenIsSaidAndKept() throws Exception {
    put("rhyme", "Rhyme.");
    model.choose("rhyme");
    model.export(home.resolve("gone").resolve("out.md"));
    work();
    Notice.Failed failed = (Notice.Failed) model.noticeProperty().get();
    assertTrue(failed.sentence().endsWith("it cannot be written."), failed.sentence());
  }

  @Test
  void everyValueThatTheFormOffersCanBeSaved() throws Exception {
    for (String key : List.of("kind", "result", "tone", "length", "language")) {
      assertFalse(FormChoices.of(key).isEmpty(), key);
      for (String value : FormChoices.of(key)) {
        String text = "---\n" + key + ": " + value + "\n---\nRhyme.";
        assertEquals(Optional.empty(), ActionSheet.problem(text), text);
      }
    }
    // The defaults that are shown are those that count.
    for (String kind : FormChoices.of("kind")) {
      put(kind + "-x", "---\nkind: " + kind + "\n---\nRhyme.");
      String shown =
          FormChoices.defaultOf("result", ActionSheet.of(file(kind + "-x")).orElseThrow());
      String counts =
          switch (OwnActions.in(home).list().stream()
              .filter(entry -> entry.id().equals(kind + "-x"))
              .findFirst()
              .flatMap(OwnActions.Entry::action)
              .orElseThrow()
              .result()) {
            case REPLACE -> "review";
            case INSERT -> "insert";
            case PANEL -> "panel";
          };
      assertEquals(counts, shown, kind);
    }
  }
}
