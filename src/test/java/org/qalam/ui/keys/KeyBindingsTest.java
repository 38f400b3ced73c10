package org.qalam.ui.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.qalam.assist.Action;
import org.qalam.ui.keys.Command.Place;
import org.qalam.ui.keys.KeyBindings.Problem;

class KeyBindingsTest {
  private static final KeyBindings DEFAULT = KeyBindings.DEFAULT;

  private static Keys keys(String text) {
    return Keys.parse(text).orElseThrow();
  }

  private static Action own(String id, String shortcut) {
    return new Action(
        id,
        "Own " + id,
        "mdi2s-star-outline",
        Action.Kind.REWRITE,
        Action.Result.REPLACE,
        Action.Shape.SAME,
        Action.Needs.TEXT,
        shortcut);
  }

  /** What the README, the documents and the menus of 0.1.0 say. */
  @Test
  void defaultsAreThoseThatTheDocumentsName() {
    Map<String, String> known =
        Stream.of(WindowCommand.values())
            .filter(command -> !command.defaults().isEmpty())
            .collect(
                Collectors.toMap(
                    WindowCommand::id,
                    command ->
                        command.defaults().stream()
                            .map(Keys::toString)
                            .collect(Collectors.joining(" "))));
    assertEquals("Shortcut+E", known.get("actions"));
    assertEquals("Alt+Enter", known.get("accept-change"));
    assertEquals("Alt+Delete", known.get("reject-change"));
    assertEquals("F8", known.get("next-change"));
    assertEquals("Shift+F8", known.get("previous-change"));
    assertEquals("Shortcut+Enter", known.get("accept-all"));
    assertEquals("Shortcut+Shift+D", known.get("turn"));
    assertEquals("Shortcut+Shift+P", known.get("pause"));
    assertEquals("Shortcut+Plus Shortcut+Equals", known.get("zoom-in"));
  }

  @Test
  void noTwoDefaultsAreTheSame() {
    for (Command command : DEFAULT.commands()) {
      assertEquals(List.of(), DEFAULT.clashes(command), command.id());
    }
  }

  @Test
  void otherKeysRunTheCommandAndTheOldOnesNoLonger() {
    KeyBindings now = DEFAULT.with(WindowCommand.NEW, List.of(keys("Shortcut+M")));
    assertEquals(Optional.of(WindowCommand.NEW), now.at(Place.WINDOW, keys("Shortcut+M")));
    assertEquals(Optional.empty(), now.at(Place.WINDOW, keys("Shortcut+N")));
    assertFalse(now.isDefault(WindowCommand.NEW));
    assertTrue(now.reset().isDefault(WindowCommand.NEW));
    KeyBindings none = DEFAULT.with(WindowCommand.NEW, List.of());
    assertEquals(Optional.empty(), none.first(WindowCommand.NEW));
    assertEquals(
        DEFAULT,
        now.with(WindowCommand.NEW, WindowCommand.NEW.defaults()),
        "the default is no choice");
  }

  @Test
  void aClashIsOnBothAndTheFirstHasTheKeys() {
    KeyBindings now = DEFAULT.with(WindowCommand.FIND, List.of(keys("Shortcut+N")));
    assertEquals(List.of(WindowCommand.FIND), now.clashes(WindowCommand.NEW));
    assertEquals(List.of(WindowCommand.NEW), now.clashes(WindowCommand.FIND));
    assertEquals(Optional.of(WindowCommand.NEW), now.at(Place.WINDOW, keys("Shortcut+N")));
    KeyBindings solved = now.with(WindowCommand.NEW, List.of(keys("Shortcut+M")));
    assertEquals(List.of(), solved.clashes(WindowCommand.FIND));
    assertEquals(Optional.of(WindowCommand.FIND), solved.at(Place.WINDOW, keys("Shortcut+N")));
  }

  @Test
  void keysOfTheReviewCountThereOnly() {
    assertEquals(Optional.empty(), DEFAULT.at(Place.WINDOW, keys("F8")));
    assertEquals(Optional.of(WindowCommand.NEXT_CHANGE), DEFAULT.at(Place.REVIEW, keys("F8")));
  }

  @Test
  void ownActionsHaveTheKeysOfTheirFilesAfterTheWindowsAndTheProgramsOwn() {
    KeyBindings now =
        DEFAULT.withActions(
            List.of(own("new", "Shortcut+N"), own("rhyme", "Alt+Shortcut+R"), own("x", "R")));
    assertEquals(Optional.of(WindowCommand.NEW), now.at(Place.WINDOW, keys("Shortcut+N")));
    assertEquals(
        Optional.of("action.rhyme"), now.at(Place.WINDOW, keys("Shortcut+Alt+R")).map(Command::id));
    assertEquals(Optional.of(Problem.TAKEN), now.problem(own("new", "Shortcut+N")));
    assertEquals(Optional.empty(), now.problem(own("rhyme", "Shortcut+Alt+R")));
    assertEquals(Optional.of(Problem.TYPED), now.problem(own("x", "R")));
    assertEquals(Optional.of(Problem.EDITOR), now.problem(own("y", "Shortcut+C")));
    assertEquals(Optional.of(Problem.UNKNOWN), now.problem(own("z", "Strg+C")));
    Action builtIn = new Action("proofread", "mdi2c-check", Action.Result.REPLACE, false, true);
    Command proofread = new ActionCommand(builtIn);
    KeyBindings given =
        now.withActions(List.of(own("rhyme", "Shortcut+Alt+R"), builtIn))
            .with(proofread, List.of(keys("Shortcut+Alt+R")));
    assertEquals(Optional.of(proofread), given.at(Place.WINDOW, keys("Shortcut+Alt+R")));
  }

  @Test
  void whatWasChosenIsKeptAlsoForActionsThatAreNotThereYet() {
    KeyBindings now =
        DEFAULT
            .with(WindowCommand.NEW, List.of(keys("Shortcut+M"), keys("F6")))
            .with(WindowCommand.FIND, List.of())
            .with(
                new ActionCommand(
                    new Action("title", "mdi2f-format-title", Action.Result.PANEL, false, true)),
                List.of(keys("Shortcut+T")));
    assertEquals("action.title=Shortcut+T\nfind=\nnew=Shortcut+M F6", now.setting());
    assertEquals(now, DEFAULT.withSetting(now.setting()));
  }

  @Test
  void settingsThatSayNothingChangeNothing() {
    assertEquals(DEFAULT, DEFAULT.withSetting("new\n=Shortcut+M\nnew=Strg+M\nfind=Shortcut+C\n\n"));
  }

  @Property(tries = 200)
  void anySettingIsReadAndWhatIsReadIsKept(@ForAll List<String> lines) {
    List<String> some = new ArrayList<>(lines);
    some.add("new=Shortcut+M");
    KeyBindings read = DEFAULT.withSetting(String.join("\n", some));
    assertEquals(read, DEFAULT.withSetting(read.setting()));
  }
}
