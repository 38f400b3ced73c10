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
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.text.WrappedText;
import org.testfx.api.FxRobot;
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

  private final FxRobot robot = new FxRobot();
  private DocumentStore store;
  private WholeWindow shown;
  private Stage stage;
  private FxFailures failures;

  @Start
  void open(Stage primary) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    stage = primary;
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
    return Objects.requireNonNull(stage.getScene().getRoot().lookup(selector), selector);
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
    robot.clickOn("#proposals-3");
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
}
