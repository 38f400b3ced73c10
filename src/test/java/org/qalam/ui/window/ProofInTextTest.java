package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.task.Worker;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.proof.PlantedMistakes;
import org.qalam.ui.proof.ProofViewModel;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Lines under mistakes, and what can be done about them, in the whole window. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class ProofInTextTest {
  private static final String ENGLISH = "This is teh text that he have, and it is very unique.";
  private static final String ARABIC =
      "هذا نص عربي طويل يمتد على أكثر من سطر واحد في الصفحة لأن فيه كلمات كثيرة جدا ومنها كتاپ جميل"
          + " وبعده كلمات أخرى كثيرة.";

  @TempDir static Path folder;

  private final SteadyRobot robot = new SteadyRobot();
  private final PlantedMistakes mistakes = new PlantedMistakes();
  private final Worker checking = new Worker("checking");
  private DocumentStore store;
  private WholeWindow shown;
  private Stage stage;
  private FxFailures failures;

  @Start
  void open(Stage unused) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    stage = new Stage();
    store = H2DocumentStore.open(Files.createTempDirectory(folder, "store"));
    store.putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 1200.0 760.0 false");
    ProofViewModel proof =
        new ProofViewModel(
            () -> mistakes, store, Desk.SAME_THREAD, checking, Platform::runLater, 8_000_000_000L);
    shown =
        WholeWindow.show(
            stage, store, folder.resolve("models"), new SteppedTime(), () -> {}, proof);
  }

  @AfterEach
  void end() {
    failures.assertNone();
    robot.interact(() -> {
      stage.hide();
      store.close();
    });
    checking.close();
  }

  private Node node(String selector) {
    return SteadyRobot.find(stage, selector);
  }

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) node(".editor-area");
  }

  /** Where the lines of one kind are on the screen, from top to bottom. */
  private List<Bounds> lines(String style) {
    return SteadyRobot.findAll(stage, "." + style).stream()
        .map(javafx.scene.shape.Path.class::cast)
        .filter(path -> !path.getElements().isEmpty())
        .map(path -> path.localToScreen(path.getBoundsInLocal()))
        .sorted(Comparator.comparingDouble(Bounds::getMinY))
        .toList();
  }

  /** Where words are on the screen; empty while they are not laid out. */
  private Optional<Bounds> place(String words) {
    int start = area().getText().indexOf(words);
    return area().getCharacterBoundsOnScreen(start, start + words.length());
  }

  private Bounds words(String words) {
    until("not in sight: " + words, () -> place(words).isPresent());
    return WaitForAsyncUtils.waitForAsyncFx(5_000, () -> place(words)).orElseThrow();
  }

  private void until(String what, BooleanSupplier condition) {
    try {
      WaitForAsyncUtils.waitFor(
          10, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(what, e);
    }
  }

  /** Whether the one line of a style is under these words, and as wide as they are. */
  private boolean isUnder(String style, String words) {
    List<Bounds> lines = lines(style);
    if (lines.size() != 1) {
      return false;
    }
    Bounds line = lines.getFirst();
    Optional<Bounds> found = place(words);
    if (found.isEmpty()) {
      return false;
    }
    Bounds letters = found.get();
    return Math.abs(line.getMinX() - letters.getMinX()) < 3
        && Math.abs(line.getMaxX() - letters.getMaxX()) < 3
        && line.getMinY() > letters.getCenterY()
        && line.getMaxY() < letters.getMaxY() + 8;
  }

  private void write(String text) {
    robot.interact(() -> shown.window().library().create("", text));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void rightClick(String words) {
    Bounds at = words(words);
    robot.clickOn(new Point2D(at.getCenterX(), at.getCenterY()), MouseButton.SECONDARY);
    until("no menu at " + words, () -> area().getContextMenu().isShowing());
  }

  private void choose(String text) {
    robot.interact(() -> {
      MenuItem item =
          area().getContextMenu().getItems().stream()
              .filter(candidate -> text.equals(candidate.getText()))
              .findFirst()
              .orElseThrow();
      area().getContextMenu().hide();
      item.fire();
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  private List<String> offered() {
    return area().getContextMenu().getItems().stream()
        .map(MenuItem::getText)
        .filter(text -> text != null)
        .toList();
  }

  @Test
  void mistakesAreUnderlinedFollowTheTextAndAreMendedInOneStep() {
    inArabicTheLineIsUnderItsWordAndInCodeThereIsNone();
    write(ENGLISH);
    until("teh has no line", () -> isUnder("spelling-marks", "teh"));
    Bounds before = words("teh");

    mistakes.hold();
    robot.interact(() -> area().moveTo(0));
    robot.interact(() -> area().replaceText(0, 0, "And so: "));
    until(
        "the line has not followed its word",
        () ->
            isUnder("spelling-marks", "teh")
                && lines("spelling-marks").getFirst().getMinX() > before.getMinX() + 20);
    assertFalse(mistakes.checked.stream().anyMatch(text -> text.startsWith("And so")));
    mistakes.letGo();

    rightClick("teh");
    assertEquals(
        List.of("the", "ten", "Ignore for now", "Add to dictionary"), offered().subList(0, 4));
    choose("the");
    assertEquals("And so: " + ENGLISH.replace("teh", "the"), area().getText());
    until("the line is still there", () -> lines("spelling-marks").isEmpty());
    robot.interact(() -> area().undo());
    assertEquals("And so: " + ENGLISH, area().getText());
    until("the line is not back", () -> isUnder("spelling-marks", "teh"));
    assertFalse(offered().contains("ten"), "the menu keeps what was offered at another place");

    robot.interact(() -> area().moveTo(0));
    robot.push(KeyCode.F7);
    until("F7 opens no menu", () -> area().getContextMenu().isShowing());
    assertEquals(area().getText().indexOf("teh"), area().getCaretPosition());
    choose("Add to dictionary");
    until("a word of the dictionary has a line", () -> lines("spelling-marks").isEmpty());
    robot.push(KeyCode.F7);
    until("F7 does not go on", () -> offered().contains("he has"));
    choose("Turn off this rule");
    robot.push(KeyCode.F7);
    until("F7 skips a kind", () -> offered().contains("No suggestion"));
    choose("Ignore for now");
    until("something is underlined yet", () -> lines("grammar-marks").isEmpty());
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    robot.interact(() -> {
      ((ButtonBase) node("#proof-words .link-button")).fire();
      assertTrue(
          node("#proof-rules").lookupAll(".link-button").stream()
              .map(Labeled.class::cast)
              .anyMatch(button -> button.getText().equals("Turn on")));
    });
    until("teh is not wrong again", () -> isUnder("spelling-marks", "teh"));
    robot.interact(() -> ((CheckBox) node("#proof-on")).fire());
    assertTrue(lines("spelling-marks").isEmpty());
    robot.push(KeyCode.ESCAPE);
  }

  private void inArabicTheLineIsUnderItsWordAndInCodeThereIsNone() {
    write("```\nThis is teh code that he have.\n```\n\n" + ARABIC);
    until("the Arabic word has no line", () -> isUnder("spelling-marks", "كتاپ"));
    assertFalse(mistakes.checked.stream().anyMatch(text -> text.contains("code")));
    double width = stage.getWidth();
    robot.interact(() -> stage.setWidth(760));
    until("the line has not wrapped with its word", () -> isUnder("spelling-marks", "كتاپ"));
    robot.interact(() -> area().replaceText(0, 4, ""));
    until("code and text have not changed places", () -> isUnder("spelling-marks", "teh"));
    robot.interact(() -> stage.setWidth(width));
  }
}
