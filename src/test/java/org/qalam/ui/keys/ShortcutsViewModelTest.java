package org.qalam.ui.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qalam.assist.Action;
import org.qalam.ui.keys.ShortcutsViewModel.Line;

class ShortcutsViewModelTest {
  private static final Action RHYME =
      new Action(
          "rhyme",
          "Rhyme",
          "mdi2f-feather",
          Action.Kind.REWRITE,
          Action.Result.REPLACE,
          Action.Shape.SAME,
          Action.Needs.TEXT,
          "Shortcut+Alt+R");
  private static final Action TITLE =
      new Action("title", "mdi2f-format-title", Action.Result.PANEL, false, true);

  private final List<String> kept = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private Keymap keymap = new Keymap();
  private ShortcutsViewModel model = model();

  private ShortcutsViewModel model() {
    return new ShortcutsViewModel(
        new Commands(keymap),
        action -> action.isOwn() ? action.name() : "Title",
        (id, keys) -> files.add(id + " " + keys));
  }

  @BeforeEach
  void open() {
    Locale.setDefault(Locale.ENGLISH);
    keymap = new Keymap("", kept::add);
    keymap.showActions(List.of(RHYME, TITLE));
    model = model();
  }

  private static Optional<Keys> keys(String text) {
    return Keys.parse(text);
  }

  private Line line(String name) {
    return model.rows().stream()
        .filter(row -> row instanceof Line line && line.name().equals(name))
        .map(Line.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private List<String> names() {
    return model.rows().stream()
        .filter(Line.class::isInstance)
        .map(row -> ((Line) row).name())
        .toList();
  }

  @Test
  void listsEverythingAndFindsItByNameOrKeys() {
    assertEquals(WindowCommand.values().length + 2, names().size());
    model.filterProperty().set("TITLE");
    assertEquals(List.of("Title"), names());
    model.filterProperty().set("ctrl+alt");
    assertEquals(List.of("Rhyme"), names());
    model.filterProperty().set("no such");
    assertEquals(List.of(), model.rows());
  }

  @Test
  void clashIsToldOnBothRows() {
    model.choose(WindowCommand.FIND, keys("Shortcut+N"));
    assertEquals("“Find…” has the same keys and does not get them.", line("New document").clash());
    assertEquals("“New document” has the same keys and gets them.", line("Find…").clash());
    model.choose(WindowCommand.BOLD, keys("F8"));
    assertEquals(
        "“Next change” has the same keys and gets them while a change is looked at.",
        line("Bold").clash());
    assertEquals("“Bold” has the same keys elsewhere.", line("Next change").clash());
    model.reset(WindowCommand.FIND);
    assertEquals("", line("New document").clash());
  }

  @Test
  void keysThatCannotBeGivenAreToldAndChangeNothing() {
    model.choose(WindowCommand.NEW, keys("Shortcut+C"));
    assertEquals(
        Optional.of("Ctrl+C is needed to write: it moves, selects, deletes, copies or undoes."),
        model.refusalProperty().get());
    assertEquals("Ctrl+N", line("New document").keys());
    assertEquals(List.of(), kept);
    model.choose(WindowCommand.NEW, keys("Shortcut+M"));
    assertEquals(Optional.empty(), model.refusalProperty().get());
    assertEquals(List.of("new=Shortcut+M"), kept);
    assertFalse(line("New document").isDefault());
  }

  @Test
  void allDefaultsCanBeTakenBack() {
    model.choose(WindowCommand.NEW, keys("Shortcut+M"));
    model.choose(new ActionCommand(TITLE), keys("Shortcut+T"));
    model.resetAll();
    assertEquals("Ctrl+N", line("New document").keys());
    assertEquals("", line("Title").keys());
    model.takeBack();
    assertEquals("Ctrl+M", line("New document").keys());
    assertEquals("Ctrl+T", line("Title").keys());
    assertEquals("action.title=Shortcut+T\nnew=Shortcut+M", kept.getLast());
    assertTrue(model.beforeProperty().get().isEmpty());
  }

  @Test
  void keysOfAnOwnActionGoIntoItsFile() {
    model.choose(new ActionCommand(RHYME), keys("Alt+Shortcut+Y"));
    model.choose(new ActionCommand(RHYME), Optional.empty());
    assertEquals(List.of("rhyme Shortcut+Alt+Y", "rhyme "), files);
    assertEquals(List.of(), kept);
  }

  @Test
  void advisesTheFormOfAnAction() {
    assertEquals("", model.advice("", "rhyme"));
    assertEquals("", model.advice("Shortcut+Alt+R", "rhyme"));
    assertEquals("“Rhyme” has the same keys and gets them.", model.advice("Shortcut+Alt+R", "/1"));
    assertEquals(
        "“New document” has the same keys and gets them.", model.advice("Ctrl+N", "rhyme"));
    assertEquals(
        "“Strg+R” are no keys that Qalam knows; press others.", model.advice("Strg+R", "rhyme"));
    assertEquals(
        "R would be typed: hold Ctrl with it (on macOS Cmd), or take one of F1 to F12.",
        model.advice("R", "rhyme"));
  }
}
