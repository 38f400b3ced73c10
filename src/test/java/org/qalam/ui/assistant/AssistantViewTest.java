package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.ui.Pointer.click;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.assist.Action;
import org.qalam.assist.Assistant;
import org.qalam.assist.Finding;
import org.qalam.assist.Phase;
import org.qalam.document.Output;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.ActionRows.Row;
import org.qalam.ui.keys.Commands;
import org.qalam.ui.keys.Keymap;
import org.qalam.ui.text.LineView;
import org.qalam.ui.text.OneLineText;
import org.qalam.ui.text.StyledLine;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class AssistantViewTest {
  private final SteadyRobot robot = new SteadyRobot();

  @TempDir static Path models;

  private Desk desk;
  private AssistantView view;

  @Start
  void open(Stage stage) {
    Locale.setDefault(Locale.ENGLISH);
    Desk.addModel(models, "tiny", "Tiny");
    desk = new Desk(models, "He have a cat.\n\nShe has a dog.", Platform::runLater);
    Commands commands = new Commands(new Keymap());
    commands.onAction(desk.panel::run);
    view = new AssistantView(desk.panel, commands, () -> {});
    Scene scene = new Scene(new StackPane(view, view.menu()), 348, 724);
    scene
        .getStylesheets()
        .add(Objects.requireNonNull(getClass().getResource("tokens.css")).toExternalForm());
    commands.installIn(scene, _ -> true);
    stage.setScene(scene);
    stage.sizeToScene(); // an earlier test may have made it narrow
    stage.show();
  }

  private <T extends Node> T find(String query, Class<T> type) {
    return type.cast(Objects.requireNonNull(view.lookup(query), query));
  }

  private boolean isShown(String query) {
    Node node = view.lookup(query);
    for (Node up = node; up != null; up = up.getParent()) {
      if (!up.isVisible()) {
        return false;
      }
    }
    return node != null;
  }

  private static void settle(Runnable work) {
    WaitForAsyncUtils.waitForFxEvents();
    WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private List<String> lines(String query) {
    return find(query, LineView.class).lines().stream().map(StyledLine::text).toList();
  }

  @Test
  void streamsStopsAndReplaces() {
    click(robot, "#action-proofread");
    assertTrue(isShown("#stop"));
    desk.assistant.tell(new Phase.Reading(10, 40));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("Reading: 10 of 40 tokens", find("#step", Labeled.class).getText());
    desk.assistant.write("He has a", 3, 12);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(List.of("He has a"), lines("#streamed"));
    desk.assistant.write("He has a cat.\n\nShe", 6, 12);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(List.of("He has a cat.", "", "She"), lines("#streamed"));
    click(robot, "#stop");
    assertTrue(desk.assistant.cancellations.getFirst().isCancelled());
    settle(() -> desk.assistant.answer("He has a cat.\n\nShe has a dog."));
    assertFalse(isShown("#stop"));
    click(robot, "#accept");
    assertEquals("Replace anyway", find("#accept", Labeled.class).getText());
    click(robot, "#accept");
    assertEquals("He has a cat.\n\nShe has a dog.", desk.text.text());
    assertTrue(isShown("#notice"));
  }

  @Test
  void pausesWithTheKeyboardAndSaysSo() {
    click(robot, "#action-proofread");
    desk.assistant.write("He has", 2, 12);
    WaitForAsyncUtils.waitForFxEvents();
    Button pause = find("#pause", Button.class);
    assertEquals("Pause the work", pause.getAccessibleText());
    settle(pause::requestFocus);
    robot.type(KeyCode.SPACE);
    assertEquals("Paused after 2 words", find("#step", Labeled.class).getText());
    assertEquals("Resume", pause.getText());
    assertEquals("Resume the work", pause.getAccessibleText());
    assertEquals(List.of("He has"), lines("#streamed"));
    assertTrue(pause.isFocused());
    robot.type(KeyCode.SPACE);
    assertEquals("Writing: 2 words", find("#step", Labeled.class).getText());
    robot.type(KeyCode.SPACE);
    robot.type(KeyCode.ESCAPE);
    assertEquals("Stopping…", find("#step", Labeled.class).getText());
    assertTrue(pause.isDisabled());
    assertTrue(desk.assistant.cancellations.getFirst().isCancelled());
  }

  @Test
  void showsChangesResultAndOriginal() {
    click(robot, "#action-proofread");
    settle(() -> desk.assistant.answer("He has a cat.\n\nShe has a dog."));
    List<StyledLine.Run> runs = find("#answer-text", LineView.class).lines().getFirst().runs();
    assertTrue(runs.contains(new StyledLine.Run("have", "deleted")), runs.toString());
    assertTrue(runs.contains(new StyledLine.Run("has", "inserted")), runs.toString());
    click(robot, "#side-original");
    assertEquals("He have a cat.", lines("#answer-text").getFirst());
    click(robot, "#side-result");
    assertEquals("He has a cat.", lines("#answer-text").getFirst());
  }

  @Test
  void saysThatNothingIsToChangeOnlyOfAWholeAnswerThatPassedItsChecks() {
    String same = "He have a cat.\n\nShe has a dog.";
    click(robot, "#action-proofread");
    settle(() -> desk.assistant.answer(same, new Finding(Finding.Check.UNCHANGED, "")));
    assertEquals(List.of("The model found nothing to change."), remarks());
    click(robot, "#action-proofread");
    settle(() -> desk.assistant.answer(same, new Finding(Finding.Check.PARTLY_KEPT, "2 / 2")));
    assertEquals(1, remarks().size());
    assertTrue(remarks().getFirst().startsWith("Some sentences came back garbled"), "" + remarks());
    click(robot, "#action-proofread");
    click(robot, "#stop");
    settle(() -> desk.assistant.answer(same));
    assertEquals(1, remarks().size());
    assertTrue(remarks().getFirst().contains("topped"), "" + remarks());
    click(robot, "#action-proofread");
    click(robot, "#stop");
    settle(() -> desk.assistant.endStopped(same));
    assertEquals(
        List.of("Stopped early. Nothing was changed as far as the model came."), remarks());
    click(robot, "#action-proofread");
    click(robot, "#stop");
    settle(() -> desk.assistant.endStopped("He has a cat.\n\nShe has a dog."));
    assertEquals("Stopped early. What was not reached stays as it is.", remarks().getFirst());
  }

  private List<String> remarks() {
    return view.lookupAll(".remark").stream()
        .flatMap(line -> line.lookupAll(".wrapped-text").stream())
        .filter(WrappedText.class::isInstance)
        .map(words -> ((WrappedText) words).getText())
        .filter(words -> !words.isEmpty())
        .toList();
  }

  @Test
  void sendsTheWritersWordsWithEnterAndAcceptsWithTheKeyboard() {
    click(robot, "#instruction").write("be firm");
    robot.press(KeyCode.SHIFT).type(KeyCode.ENTER).release(KeyCode.SHIFT).write("and kind");
    assertEquals("be firm\nand kind", find("#instruction", TextArea.class).getText());
    robot.type(KeyCode.ENTER);
    assertEquals("be firm\nand kind", desk.assistant.requests.getFirst().instruction());
    assertEquals("", find("#instruction", TextArea.class).getText());
    settle(() -> desk.assistant.answer("Firm and kind."));
    robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
    assertEquals("Firm and kind.", desk.text.text());
  }

  @Test
  void escapeStopsAndThenDiscards() {
    click(robot, "#action-proofread");
    click(robot, "#instruction").type(KeyCode.ESCAPE);
    assertTrue(desk.assistant.cancellations.getFirst().isCancelled());
    settle(() -> desk.assistant.answer("He has"));
    assertTrue(isShown("#answer-card"));
    robot.type(KeyCode.ESCAPE);
    assertFalse(isShown("#answer-card"));
    assertEquals(List.of(Output.Fate.DISCARDED), List.copyOf(desk.store.fates.values()));
  }

  @Test
  void copiesAndOpensAnEarlierAnswer() {
    click(robot, "#action-summarize");
    settle(() -> desk.assistant.answer("Two pets."));
    click(robot, "#copy");
    settle(() -> assertEquals("Two pets.", Clipboard.getSystemClipboard().getString()));
    assertEquals(List.of(Output.Fate.COPIED), List.copyOf(desk.store.fates.values()));
    click(robot, "#discard");
    ListView<?> history = find("#history", ListView.class);
    assertEquals(1, history.getItems().size());
    click(robot, "Two pets.");
    assertEquals(List.of("Two pets."), lines("#answer-text"));
    click(robot, "#details");
    List<String> told = lines("#answer-text");
    assertTrue(told.contains("Model: tiny"), told.toString());
    assertTrue(told.contains("80 tokens read, 60 written"), told.toString());
    assertTrue(told.contains("Sampling: temperature: 0"), told.toString());
    assertTrue(told.containsAll(List.of("system: edit", "user: text")), told.toString());
    click(robot, "#details");
    assertEquals(List.of("Two pets."), lines("#answer-text"));
  }

  @Test
  void findsAnActionByTyping() {
    robot.interact(() -> view.showActionsAt(20, 20));
    robot.write("prof").type(KeyCode.ENTER);
    assertEquals("professional", desk.assistant.requests.getFirst().action().id());
  }

  @Test
  void takesOtherWordsAsAnInstruction() {
    robot.interact(() -> view.showActionsAt(20, 20));
    robot.write("as a haiku").type(KeyCode.ENTER);
    assertEquals("as a haiku", desk.assistant.requests.getFirst().instruction());
  }

  @Test
  void theMenuOfActionsStaysInsideTheWindowWhereverItIsAskedFor() {
    Scene scene = view.getScene();
    double width = scene.getWidth();
    double height = scene.getHeight();
    for (Point2D place :
        List.of(
            new Point2D(-40, -40),
            new Point2D(width / 2, height / 2),
            new Point2D(width - 8, height - 8))) {
      Point2D onScreen = view.localToScreen(place);
      robot.interact(() -> view.showActionsAt(onScreen.getX(), onScreen.getY()));
      WaitForAsyncUtils.waitForFxEvents();
      Node box = Objects.requireNonNull(view.menu().lookup("#actions-menu"));
      Bounds shown = box.localToScene(box.getLayoutBounds());
      assertTrue(
          new BoundingBox(0, 0, width, height).contains(shown),
          place + ": " + shown + " in " + width + " by " + height);
      robot.type(KeyCode.ESCAPE);
    }
  }

  @Test
  void theMenuOfActionsGivesTheKeyboardBack() {
    Node tile = find("#action-rewrite", Button.class);
    robot.interact(tile::requestFocus);
    robot.interact(() -> view.showActionsAt(20, 20));
    assertFalse(tile.isFocused());
    robot.type(KeyCode.ESCAPE);
    assertFalse(view.menu().isOpen());
    assertTrue(tile.isFocused());
  }

  @Test
  void aPressElsewhereClosesTheMenuOfActions() {
    Point2D corner = view.localToScreen(10, view.getHeight() - 10);
    Point2D top = view.localToScreen(10, 10);
    robot.interact(() -> view.showActionsAt(top.getX(), top.getY()));
    robot.clickOn(corner);
    assertFalse(view.menu().isOpen());
    assertEquals(List.of(), desk.assistant.requests);
  }

  @Test
  void aClickOnALineOfTheMenuRunsIt() {
    Point2D top = view.localToScreen(10, 10);
    robot.interact(() -> view.showActionsAt(top.getX(), top.getY()));
    WaitForAsyncUtils.waitForFxEvents();
    robot.clickOn(row("Proofread"));
    assertFalse(view.menu().isOpen());
    assertEquals(1, desk.assistant.requests.size());
  }

  private Node row(String text) {
    return view.menu().lookupAll(".list-cell").stream()
        .filter(cell -> cell instanceof Labeled labeled && text.equals(labeled.getText()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLastTileOpensTheMenuWhereTheLanguageOfATranslationIsChosen() {
    click(robot, "#action-more");
    robot.clickOn(row("Tone")); // a heading
    assertTrue(view.menu().isOpen());
    robot.write("tra", 0).type(KeyCode.ENTER, KeyCode.ESCAPE);
    assertTrue(view.menu().isOpen(), "back to the actions");
    robot.write("tra", 0).type(KeyCode.ENTER).write("span", 0).type(KeyCode.ENTER);
    assertFalse(view.menu().isOpen());
    assertEquals("translate", desk.assistant.lastRequest().action().id());
    assertEquals("es", desk.assistant.lastRequest().instruction());
    settle(() -> desk.assistant.answer("Él tiene un gato.\n\nElla tiene un perro."));
    assertEquals(
        "Translate: Spanish", find("#answer-card .card-title", OneLineText.class).getText());
  }

  @Test
  void ownActionIsInTheMenuAtOnceAndHasItsKeys() {
    desk.assistant.own =
        List.of(own("rhyme", "Shortcut+Alt+R"), own("again", "Alt+Shortcut+R"), own("x", "R"));
    click(robot, "#action-more");
    robot.interact(() -> view.menu().close());
    robot.press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.R).release(KeyCode.R, KeyCode.ALT);
    robot.release(KeyCode.CONTROL);
    assertEquals("rhyme", desk.assistant.lastRequest().action().id());
    List<String> rows =
        find("#actions-list", view.menu()).getItems().stream().map(Row::text).toList();
    assertEquals(
        List.of(
            "Your own actions",
            "Own rhyme",
            "Own again",
            "Own x",
            "actions/again.md: 'shortcut' is 'Alt+Shortcut+R', which the window or another action"
                + " has already.",
            "actions/x.md: 'shortcut' is 'R'; it needs Shortcut, Ctrl or Alt, or it would be"
                + " typed."),
        rows.subList(rows.size() - 6, rows.size()));
  }

  @SuppressWarnings("unchecked") // the menu's list has rows
  private static ListView<Row> find(String query, Parent parent) {
    return (ListView<Row>) Objects.requireNonNull(parent.lookup(query), query);
  }

  private static Action own(String id, String shortcut) {
    return new Action(
        id,
        "Own " + id,
        "mdi2x-no-such-icon",
        Action.Kind.REWRITE,
        Action.Result.REPLACE,
        Action.Shape.SAME,
        Action.Needs.TEXT,
        shortcut);
  }

  @Test
  void aPointerThatRestsWhereTheMenuOpensChoosesNothing() {
    Point2D top = view.localToScreen(10, 10);
    robot.interact(() -> view.showActionsAt(top.getX(), top.getY()));
    WaitForAsyncUtils.waitForFxEvents();
    List<Node> rows =
        view.menu().lookupAll(".list-cell").stream()
            .filter(Node::isVisible)
            .sorted(Comparator.comparingDouble(row -> row.localToScene(0, 0).getY()))
            .toList();
    robot.moveTo(rows.get(3));
    robot.type(KeyCode.ESCAPE);
    robot.interact(() -> view.showActionsAt(top.getX(), top.getY()));
    WaitForAsyncUtils.sleep(200, TimeUnit.MILLISECONDS);
    WaitForAsyncUtils.waitForFxEvents();
    robot.type(KeyCode.ENTER);
    assertEquals("proofread", desk.assistant.requests.getFirst().action().id());
  }

  @Test
  void theSwitchHidesAllFeatures() {
    robot.interact(() -> desk.models.setEnabled(false));
    assertFalse(isShown("#action-proofread"));
    click(robot, "#turn-on");
    assertTrue(isShown("#action-proofread"));
  }

  @Test
  void everyControlHasANameAndIsReachedByTheKeyboard() {
    click(robot, "#action-proofread");
    settle(() -> desk.assistant.answer("He has.", new Finding(Finding.Check.TOO_SHORT, "")));
    for (Node node : everything(view)) {
      if (node instanceof Button button) {
        String name =
            button.getAccessibleText() == null ? button.getText() : button.getAccessibleText();
        assertTrue(name != null && !name.isBlank(), button.toString());
        assertTrue(button.isFocusTraversable(), button.toString());
      }
    }
    assertTrue(
        everything(view).stream()
            .filter(WrappedText.class::isInstance)
            .map(node -> ((WrappedText) node).getText())
            .anyMatch(text -> text.contains("much shorter")));
  }

  private static List<Node> everything(Parent parent) {
    return parent.getChildrenUnmodifiable().stream()
        .<Node>mapMulti((node, sink) -> {
          sink.accept(node);
          if (node instanceof Parent inner && !(node instanceof Control)) {
            everything(inner).forEach(sink);
          }
        })
        .toList();
  }

  @Test
  void tellsThePartOfALongText() {
    click(robot, "#action-summarize");
    desk.assistant.tell(new Phase.Part(3, 12, false));
    desk.assistant.tell(new Phase.Reading(10, 40));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("Part 3 of 12 · Reading: 10 of 40 tokens", find("#step", Labeled.class).getText());
    desk.assistant.tell(new Phase.Part(1, 1, true));
    desk.assistant.write("He", 3, 12);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(
        "Putting the parts together · Writing: 1 word", find("#step", Labeled.class).getText());
    settle(() -> desk.assistant.answer("He has a cat."));
  }

  @Test
  void tellsTheShareOfTheContextOrThePartsBeforeItStarts() {
    assertEquals(
        "Whole document: 8 words · 2\u00a0% of the context · about 6\u00a0s here",
        find("#subject", WrappedText.class).getText());
    settle(() -> {
      desk.assistant.estimate = new Assistant.Estimate(5000, 160, 8192, 12, 340);
      desk.panel.watch().lookAgain();
    });
    assertEquals(
        "Whole document: 8 words · in 12 parts · about 6\u00a0min here",
        find("#subject", WrappedText.class).getText());
  }

  @Test
  void whatWasStoppedCanBeContinuedOrForgotten() {
    click(robot, "#action-proofread");
    settle(() -> {
      desk.assistant.tell(new Phase.Answered("He have a cat.", "He has a cat."));
      desk.assistant.tell(new Phase.Answered("She has", "She had"));
    });
    click(robot, "#stop");
    settle(() -> desk.assistant.endStopped("He has a cat.\n\nShe has a dog."));
    assertEquals(
        "Proofread ended before its time; 70 % of the passage is done.",
        find("#unfinished", WrappedText.class).getText());
    click(robot, "#continue-unfinished");
    assertEquals(2, desk.assistant.requests.size());
    assertFalse(isShown("#unfinished-card"));
    click(robot, "#stop");
    settle(() -> desk.assistant.endStopped("He has a cat.\n\nShe has a dog."));
    click(robot, "#forget-unfinished");
    assertFalse(isShown("#unfinished-card"));
  }
}
