package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
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
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** How a writer comes by actions and their proposals in the whole window. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class ActionsAtHandTest {
  private static final String TEXT = "The heating has been broke since Monday and nobody came.";

  @TempDir static Path folder;

  private final SteadyRobot robot = new SteadyRobot();
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
    shown = WholeWindow.show(stage, store, folder.resolve("models"), new SteppedTime(), () -> {});
    shown.window().library().create("", TEXT);
  }

  @AfterEach
  void end() {
    failures.assertNone();
    robot.interact(() -> {
      stage.hide();
      store.close();
    });
  }

  private Node node(String selector) {
    return Objects.requireNonNull(SteadyRobot.find(stage, selector), selector);
  }

  private String words(String selector) {
    return ((Labeled) node(selector)).getText();
  }

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) node(".editor-area");
  }

  private void answer(String text) {
    robot.interact(() -> shown.assistant().answer(text));
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void threeProposalsAreAskedForAtOnceAndTheFirstCanBeUsedBeforeTheThirdIsThere() {
    robot.moveTo("#action-proofread");
    robot.interact(() -> ((ToggleButton) node("#proposals-3")).fire());
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(((WrappedText) node("#subject")).getText().contains("Proofread makes one proposal"));
    robot.clickOn("#action-rewrite");
    answer("Since Monday we have had no heating, and no help arrived.");
    assertTrue(node("#coming").isVisible());
    answer("There has been no warmth here for days now.");
    assertEquals("1 of 2", words("#variant-place"));
    robot.interact(() -> area().requestFocus());
    robot.push(KeyCode.F9);
    assertEquals("2 of 2", words("#variant-place"));
    robot.push(KeyCode.ESCAPE);
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(node("#coming").isVisible());
    assertEquals("2 of 2", words("#variant-place"));
    robot.push(KeyCode.SHIFT, KeyCode.F9);
    assertEquals("1 of 2", words("#variant-place"));
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("Since Monday we have had no heating, and no help arrived.", area().getText());
  }

  private List<String> rows() {
    return ((ListView<?>) node("#palette-list"))
        .lookupAll(".list-cell").stream()
            .filter(cell -> cell.isVisible() && cell instanceof Labeled)
            .map(cell -> ((Labeled) cell).getText())
            .filter(Objects::nonNull)
            .toList();
  }

  private void press(KeyCode... keys) {
    robot.push(keys);
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void thePaletteFindsActionsCommandsAndDocumentsByAFewLetters() {
    robot.interact(() -> area().requestFocus());
    press(KeyCode.CONTROL, KeyCode.K);
    assertTrue(node("#palette").isVisible());
    assertTrue(rows().contains("Correct and rewrite"), rows().toString());
    robot.write("rewr");
    press(KeyCode.ENTER);
    assertFalse(node("#palette").isVisible());
    assertEquals("rewrite", shown.assistant().lastRequest().action().id());
    answer("Since Monday we have had no heating, and no help arrived.");
    press(KeyCode.ESCAPE);

    robot.interact(() -> area().requestFocus());
    press(KeyCode.CONTROL, KeyCode.K);
    assertEquals("Used last", rows().getFirst());
    assertTrue(rows().get(1).startsWith("Rewrite"), rows().toString());
    robot.write("dark");
    assertEquals("Appearance: Dark", rows().getFirst().strip());
    press(KeyCode.ENTER);
    assertEquals(Optional.of("dark"), shown.window().setting(WindowViewModel.THEME));
    assertEquals(area(), stage.getScene().getFocusOwner());

    press(KeyCode.CONTROL, KeyCode.K);
    robot.write("pause");
    press(KeyCode.ENTER);
    assertTrue(rows().getFirst().endsWith("nothing is being written"), rows().toString());
    assertTrue(node("#palette").isVisible(), "it says why, and does nothing");
    press(KeyCode.CONTROL, KeyCode.A);
    robot.write("welc");
    press(KeyCode.ENTER);
    assertTrue(area().getText().startsWith("# Welcome"), area().getText());

    press(KeyCode.CONTROL, KeyCode.K);
    robot.write("transl");
    press(KeyCode.ENTER);
    robot.write("fren");
    press(KeyCode.ENTER);
    assertEquals("fr", shown.assistant().lastRequest().instruction());
  }

  /** Where a character is on the screen. */
  private Bounds at(int offset) {
    return WaitForAsyncUtils.waitForAsyncFx(
        5_000, () -> area().getCharacterBoundsOnScreen(offset, offset + 1).orElseThrow());
  }

  private void drag(int from, int to) {
    robot.interact(() -> area().deselect()); // else it would be moved
    Bounds first = at(from);
    Bounds last = at(to);
    robot.moveTo(first.getMinX() + 1, first.getCenterY()).press(MouseButton.PRIMARY);
    robot.moveTo((first.getMinX() + last.getMinX()) / 2, last.getCenterY());
    robot.moveTo(last.getMinX() + 1, last.getCenterY());
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(node("#selection-bar").isVisible(), "not while the mouse is dragged");
    robot.release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private boolean isBarShown() {
    return node("#selection-bar").isVisible();
  }

  @Test
  void aBarStandsBesideWhatIsSelectedWithTheMouseAndGoesWhenTheWriterGoesOn() {
    robot.interact(() -> area().requestFocus());
    robot.push(KeyCode.CONTROL, KeyCode.A);
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(isBarShown(), "keys alone do not bring it");
    drag(4, 20);
    assertEquals(TEXT.substring(4, 20), area().getSelectedText());
    assertTrue(isBarShown());
    assertEquals(area(), stage.getScene().getFocusOwner());
    Bounds bar = node("#selection-bar").localToScreen(node("#selection-bar").getLayoutBounds());
    assertTrue(bar.getMinY() > at(4).getMaxY() || bar.getMaxY() < at(4).getMinY());
    robot.push(KeyCode.ESCAPE);
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(isBarShown());
    assertEquals(TEXT.substring(4, 20), area().getSelectedText());

    drag(4, 11);
    robot.write("flat");
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(isBarShown());
    assertTrue(area().getText().startsWith("The flat has"), area().getText());

    drag(4, 12);
    robot.clickOn("#bar-rewrite");
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(isBarShown());
    assertEquals("flat has", shown.assistant().lastRequest().text());
    assertEquals(area(), stage.getScene().getFocusOwner());
    answer("house has");
    WaitForAsyncUtils.sleep(300, TimeUnit.MILLISECONDS);
    drag(16, 24);
    assertFalse(isBarShown(), "a change waits for a decision");
    robot.push(KeyCode.ESCAPE);
    drag(16, 24);
    assertTrue(isBarShown());
    robot.clickOn("#bar-more");
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(node("#actions-menu").isVisible());
    robot.push(KeyCode.ESCAPE);

    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(isBarShown());
    robot.push(KeyCode.RIGHT);
    assertEquals(node("#bar-rewrite"), stage.getScene().getFocusOwner());
    robot.push(KeyCode.ESCAPE);
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(isBarShown());
    assertEquals(area(), stage.getScene().getFocusOwner());

    robot.interact(() -> area().appendText("\n\nA line.".repeat(100)));
    robot.interact(() -> area().scrollYToPixel(0));
    WaitForAsyncUtils.waitForFxEvents();
    drag(4, 12);
    assertTrue(isBarShown());
    robot.interact(() -> area().scrollYToPixel(3000));
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(isBarShown(), "what is selected is not seen any more");
    robot.interact(() -> area().scrollYToPixel(0));
    WaitForAsyncUtils.waitForFxEvents();

    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    robot.interact(() -> ((CheckBox) node("#selection-bar-wanted")).setSelected(false));
    robot.push(KeyCode.ESCAPE);
    drag(4, 12);
    assertFalse(isBarShown());
    assertEquals(Optional.of("false"), shown.window().setting(WindowViewModel.SELECTION_BAR));
  }
}
