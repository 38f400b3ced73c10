package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.document.Revision;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.keys.WindowCommand;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Versions and the bin, in the whole window over a real store. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class VersionsInWindowTest {
  private static final String TEXT = "# Plan\n\nWe leave on Monday.\n\nThe train goes at nine.";

  @TempDir static Path folder;

  private final SteppedTime time = new SteppedTime();
  private final SteadyRobot robot = new SteadyRobot();
  private DocumentStore store;
  private Stage stage;
  private FxFailures failures;
  private DocumentId plan;

  @Start
  void open(Stage unused) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    store = H2DocumentStore.open(Files.createTempDirectory(folder, "store"));
    store.putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 980.0 700.0 false");
    plan = store.create("", TEXT).id();
    store.keepRevision(plan, "");
    stage = new Stage();
    var _ = WholeWindow.show(stage, store, folder.resolve("models"), time, () -> {});
  }

  @AfterEach
  void end() {
    failures.assertNone();
    robot.interact(() -> {
      stage.hide();
      store.close();
    });
  }

  private Node node(String query) {
    return SteadyRobot.find(stage, query);
  }

  private void press(String button) {
    robot.interact(((ButtonBase) node(button))::fire);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) node(".editor-area");
  }

  /** Whether the dialog with this button is over the window. */
  private boolean isCovered(String close) {
    Node up = node(close);
    while (!up.getStyleClass().contains("overlay")) {
      up = up.getParent();
    }
    return up.isVisible();
  }

  private ListView<?> list(String query) {
    return (ListView<?>) node(query);
  }

  private String shown() {
    return String.valueOf(node("#version-text").lookup(".list-view").getAccessibleText());
  }

  private void write(String text) {
    robot.interact(() -> area().replaceText(text));
    robot.interact(() -> time.pass(Duration.ofSeconds(2)));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void openVersions() {
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.H);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private List<Revision> revisions() {
    return WaitForAsyncUtils.waitForAsyncFx(5_000, () -> store.revisions(plan));
  }

  @Test
  void anEarlierVersionIsComparedRestoredAndTheRestoringUndone() {
    write(TEXT.replace("Monday", "Tuesday"));
    openVersions();
    assertEquals(2, list("#versions").getItems().size());
    assertTrue(shown().contains("We leave on MondayTuesday."), shown());
    press("#version-side-text");
    assertEquals(TEXT, shown());
    press("#version-restore");
    assertFalse(isCovered("#versions-close"));
    assertEquals(TEXT, area().getText());
    // What it took the place of can be had back in both ways.
    assertEquals(
        List.of(TEXT.replace("Monday", "Tuesday"), TEXT),
        WaitForAsyncUtils.waitForAsyncFx(
            5_000,
            () ->
                store.revisions(plan).stream()
                    .map(revision -> store.revisionText(revision.id()))
                    .toList()));
    robot.interact(area()::undo);
    assertEquals(TEXT.replace("Monday", "Tuesday"), area().getText());
  }

  @Test
  void theTextAsItIsInTheWindowIsKeptUnderANameAndCanBeComparedWithAnother() {
    write(TEXT + "\n\nBring bread.");
    openVersions();
    robot.interact(() -> list("#versions").getSelectionModel().selectFirst());
    robot.interact(() -> ((TextField) node("#version-name")).setText("For Samira"));
    press("#version-keep");
    assertEquals(List.of("For Samira", ""), revisions().stream().map(Revision::name).toList());
    robot.interact(() -> list("#versions").getSelectionModel().selectLast());
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(shown().contains("Bring bread."), shown());
    press("#version-remove");
    assertEquals(List.of("For Samira"), revisions().stream().map(Revision::name).toList());
  }

  @Test
  void aDeletedDocumentIsTakenBackFromTheBinOrDeletedForGoodInTwoSteps() {
    DocumentId other =
        WaitForAsyncUtils.waitForAsyncFx(
            5_000,
            () -> {
              DocumentId made = store.create("Other", "Something else.").id();
              store.delete(made);
              DocumentId third = store.create("Third", "More.").id();
              store.delete(third);
              return made;
            });
    press("#library-bin");
    assertEquals(2, list("#bin").getItems().size());
    robot.interact(() -> list("#bin").getSelectionModel().selectLast());
    robot.interact(() -> list("#bin").requestFocus());
    robot.push(KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("Something else.", area().getText());
    assertEquals(1, list("#bin").getItems().size());
    press("#bin-empty");
    assertEquals(1, list("#bin").getItems().size());
    press("#bin-sure");
    assertEquals(0, list("#bin").getItems().size());
    robot.push(KeyCode.ESCAPE);
    assertFalse(isCovered("#bin-close"));
    assertEquals(2, WaitForAsyncUtils.waitForAsyncFx(5_000, () -> store.list().size()).intValue());
    assertTrue(WaitForAsyncUtils.waitForAsyncFx(5_000, () -> store.find(other)).isPresent());
  }

  @Test
  void backingUpAsksInADialogThatEscapePutsAway() {
    robot.interact(() -> {
      MenuButton menu = (MenuButton) node(".main-menu");
      menu.getItems().stream()
          .filter(Menu.class::isInstance)
          .flatMap(inner -> ((Menu) inner).getItems().stream())
          .filter(item -> WindowCommand.BACKUP.id().equals(item.getId()))
          .findFirst()
          .orElseThrow()
          .fire();
    });
    assertTrue(isCovered("#backup-close"));
    assertTrue(SteadyRobot.onFx(() -> node("#backup-run").isFocused()));
    robot.push(KeyCode.ESCAPE);
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(isCovered("#backup-close"));
    assertFalse(SteadyRobot.onFx(() -> node("#backup-run").isFocused()));
  }
}
