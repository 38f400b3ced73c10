package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.ui.Pointer.click;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
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

// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class SettingsPagesTest {
  @TempDir Path folder;

  private final SteadyRobot robot = new SteadyRobot();
  private DocumentStore store;
  private WholeWindow shown;
  private Stage stage;
  private FxFailures failures;

  @Start
  void open(Stage unused) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    store = H2DocumentStore.open(Files.createDirectories(folder.resolve("store")));
    store.putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 980.0 720.0 false");
    show(new Stage());
  }

  private void show(Stage on) {
    stage = on;
    shown = WholeWindow.show(on, store, folder.resolve("models"), new SteppedTime(), () -> {});
  }

  @AfterEach
  void end() {
    failures.assertNone();
    robot.interact(() -> {
      stage.hide();
      store.close();
    });
  }

  private void push(KeyCode... keys) {
    robot.push(keys);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private <T extends Node> T find(String query, Class<T> type) {
    return type.cast(Objects.requireNonNull(SteadyRobot.find(stage, query), query));
  }

  private String words(String query) {
    return find(query, WrappedText.class).getText();
  }

  private void page(String tab) {
    push(KeyCode.CONTROL, KeyCode.COMMA);
    click(robot, tab);
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void makesAnActionGivesItFreeKeysAndRunsItByThem() throws Exception {
    page("#settings-actions");
    click(robot, "#start-empty");
    robot.write("Make it rhyme", 0);
    assertEquals("", words("#problem-name"));
    assertTrue(find("#actions-save", Node.class).isDisabled());
    assertTrue(words("#problem-prompt").startsWith("Say what is to be done"));
    robot.interact(() -> find("#form-prompt", Node.class).requestFocus());
    robot.write("Rhyme: ", 0);
    click(robot, "#mark-selection");
    click(robot, "#form-shortcut");
    push(KeyCode.CONTROL, KeyCode.C);
    assertTrue(words("#problem-shortcut").startsWith("Ctrl+C is needed to write"));
    push(KeyCode.ENTER);
    push(KeyCode.CONTROL, KeyCode.N);
    assertEquals("“New document” has the same keys and gets them.", words("#problem-shortcut"));
    push(KeyCode.ENTER);
    push(KeyCode.ESCAPE);
    assertTrue(find("#form-shortcut", Node.class).isVisible(), "Escape ended the listening alone");
    push(KeyCode.SPACE);
    push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.R);
    assertEquals("", words("#problem-shortcut"));
    push(KeyCode.CONTROL, KeyCode.B); // the editor below stays as it is
    click(robot, "#actions-save");
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(
        """
        ---
        name: Make it rhyme
        kind: rewrite
        shortcut: Shortcut+Alt+R
        ---
        Rhyme: {{selection}}
        """,
        Files.readString(folder.resolve("home/actions/make-it-rhyme.md")));
    push(KeyCode.ESCAPE);
    push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.R);
    assertEquals("make-it-rhyme", shown.assistant().lastRequest().action().id());
    assertFalse(shown.window().editor().text().contains("**"));
    robot.interact(() -> shown.panel().escape());

    page("#settings-actions");
    click(robot, "#form-name").write("!", 0);
    push(KeyCode.ESCAPE);
    page("#settings-actions");
    assertTrue(words("#actions-state").startsWith("Not saved yet"), "kept while it was closed");
    click(robot, "#actions-delete");
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(Files.exists(folder.resolve("home/actions/make-it-rhyme.md")));
    click(robot, "#actions-undo");
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(Files.exists(folder.resolve("home/actions/make-it-rhyme.md")));
  }

  @Test
  void givesACommandOtherKeysThatCountAtOnceAndAfterTheNextStart() {
    page("#settings-keys");
    click(robot, "#keys-filter").write("new doc", 0);
    ListView<?> list = find("#keys-list", ListView.class);
    assertEquals(2, list.getItems().size());
    robot.interact(() -> {
      list.getSelectionModel().select(1);
      list.requestFocus();
    });
    push(KeyCode.ENTER);
    push(KeyCode.CONTROL, KeyCode.F);
    assertEquals("“Find…” has the same keys and does not get them.", words("#keys-told"));
    push(KeyCode.ENTER);
    push(KeyCode.CONTROL, KeyCode.M);
    assertEquals("Ctrl+M", find("#keys-field", Labeled.class).getText());
    push(KeyCode.ESCAPE);
    int before = documents();
    push(KeyCode.CONTROL, KeyCode.N);
    assertEquals(before, documents());
    push(KeyCode.CONTROL, KeyCode.M);
    assertEquals(before + 1, documents());
    assertEquals("New document (Ctrl+M)", find("#tool-new", Button.class).getTooltip().getText());

    robot.interact(() -> {
      stage.hide();
      show(new Stage());
    });
    WaitForAsyncUtils.waitForFxEvents();
    push(KeyCode.CONTROL, KeyCode.M);
    assertEquals(before + 2, documents());
    robot.clickOn(".main-menu");
    List<String> menu =
        robot.lookup(node -> node instanceof Labeled).queryAll().stream()
            .map(node -> String.valueOf(((Labeled) node).getText()))
            .toList();
    assertTrue(menu.contains("Ctrl+M"), menu.toString());
    assertFalse(menu.contains("Ctrl+N"), menu.toString());
    push(KeyCode.ESCAPE);
  }

  private int documents() {
    return shown.window().library().documents().size();
  }
}
