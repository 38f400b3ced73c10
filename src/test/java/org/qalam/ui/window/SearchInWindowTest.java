package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentSummary;
import org.qalam.search.NoteSearch;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Documents found by their words and titles, in the whole window with the real search. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class SearchInWindowTest {
  private static final String LETTER =
      "# The flat\n\n" + "A line.\n\n".repeat(60) + "Since Monday the heating is broken again.\n";

  @TempDir static Path folder;

  private final SteadyRobot robot = new SteadyRobot();
  private DocumentStore store;
  private WholeWindow shown;
  private NoteSearch search;
  private Stage stage;
  private FxFailures failures;

  @Start
  void open(Stage unused) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    stage = new Stage();
    store = H2DocumentStore.open(Files.createTempDirectory(folder, "store"));
    store.putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 1200.0 760.0 false");
    store.putSetting("window.welcomed", "true");
    shown = WholeWindow.show(stage, store, folder.resolve("models"), new SteppedTime(), () -> {});
    search =
        new NoteSearch(ids ->
            CompletableFuture.supplyAsync(
                () -> ids.stream().flatMap(id -> store.find(id).stream()).toList(),
                Platform::runLater));
    shown.window().library().searchBy(search);
    shown.window().library().create("", LETTER);
    shown.window().library().create("Broken promises", "A story");
    shown.window().library().create("Recipe", "Flour and eggs");
  }

  @AfterEach
  void end() {
    failures.assertNone();
    robot.interact(() -> {
      stage.hide();
      store.close();
    });
    search.close();
  }

  private Node node(String selector) {
    return Objects.requireNonNull(SteadyRobot.find(stage, selector), selector);
  }

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) node(".editor-area");
  }

  private TextField filter() {
    return (TextField) node(".library-view .filter");
  }

  private List<String> titles() {
    return ((ListView<?>) node(".library-view .list-view"))
        .getItems().stream().map(item -> ((DocumentSummary) item).title()).toList();
  }

  /** What is marked in the list, as it is drawn; rows lie in the scene in no order. */
  private List<String> marked() {
    return CompletableFuture.supplyAsync(
            () ->
                node(".library-view .list-view").lookupAll(".run.found").stream()
                    .map(run -> ((Text) run).getText())
                    .sorted()
                    .toList(),
            Platform::runLater)
        .join();
  }

  private void awaitTitles(String... wanted) throws Exception {
    WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> titles().equals(List.of(wanted)));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void awaitSelected(String wanted) throws Exception {
    WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> area().getSelectedText().equals(wanted));
  }

  @Test
  void whatIsFoundInATextIsMarkedAndSelectedWhenItOpens() throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
    assertTrue(filter().isFocused());
    robot.write("broke", 0);
    awaitTitles("Broken promises", "The flat");
    WaitForAsyncUtils.waitFor(
        20, TimeUnit.SECONDS, () -> marked().equals(List.of("Broken", "broken")));
    robot.clickOn("The flat");
    awaitSelected("broken");
    assertEquals(LETTER, area().getText());
    robot.interact(() -> area().moveTo(0));
    robot.clickOn("The flat");
    awaitSelected("broken");
    robot.clickOn(".library-view .filter").push(KeyCode.ESCAPE);
    assertEquals("", filter().getText());
    awaitTitles("Recipe", "Broken promises", "The flat");
    WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> marked().isEmpty());
  }

  @Test
  void enterInTheFilterOpensTheFirst() throws Exception {
    robot.clickOn(".library-view .filter").write("monday heat", 0);
    awaitTitles("The flat");
    robot.push(KeyCode.ENTER);
    awaitSelected("Monday");
  }

  @Test
  void whatIsTypedAndSavedIsFound() throws Exception {
    robot.interact(() -> {
      area().replaceText("Flour, eggs and cinnamon");
      var _ = shown.window().flush();
    });
    robot.clickOn(".library-view .filter").write("cinnam", 0);
    awaitTitles("Recipe");
  }

  @Test
  void aDocumentIsGoneToByLettersOfItsTitle() throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.P);
    WaitForAsyncUtils.waitForFxEvents();
    ListView<?> rows = (ListView<?>) node("#switcher-list");
    assertEquals(3, rows.getItems().size(), "a heading, and the two that are not open");
    robot.write("promse", 0);
    assertEquals(1, rows.getItems().size());
    robot.push(KeyCode.ENTER);
    WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> area().getText().equals("A story"));
    assertFalse(node("#switcher-filter").isFocused());
    robot.push(KeyCode.CONTROL, KeyCode.P);
    robot.push(KeyCode.ESCAPE);
    assertFalse(node("#switcher").isVisible());
  }
}
