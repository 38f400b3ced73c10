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
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.search.NotePassage;
import org.qalam.search.NoteSearch;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A question about the open document, in the whole window. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class AskingInWindowTest {
  private static final String RENT = "The rent is 840 euros a month, heating included.";
  private static final String DOG = "The man on the ground floor has a dog called Biscuit.";
  private static final String TEXT = DOG + "\n\n" + "A line.\n\n".repeat(80) + RENT;

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

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) node(".editor-area");
  }

  @Test
  void itIsAskedByKeysAndItsPassageLeadsToTheTextWithoutTouchingIt() {
    robot.interact(() -> {
      area().moveTo(0);
      area().requestFocus();
    });
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.K);
    assertTrue(((TextArea) node("#instruction")).isFocused());
    robot.write("How much is the rent?", 0);
    robot.push(KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("How much is the rent?", shown.assistant().questions.getLast().words());
    robot.interact(() ->
        shown.assistant().answerFrom(List.of(DOG, RENT), "The rent is 840 euros a month [2]."));
    WaitForAsyncUtils.waitForFxEvents();
    VBox sources = (VBox) node("#sources");
    assertEquals(2, sources.getChildren().size(), "a title and the one that is cited");
    assertFalse(area().getVisibleParagraphs().stream().anyMatch(p -> p.getText().equals(RENT)));
    robot.clickOn(sources.getChildren().get(1));
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(area().getVisibleParagraphs().stream().anyMatch(p -> p.getText().equals(RENT)));
    assertEquals(TEXT, area().getText());
    robot.push(KeyCode.ESCAPE);
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(node("#sources").isVisible() && node("#answer-card").isVisible());
  }

  @Test
  void aQuestionThatIsStoppedIsInTheBoxAgainAndNothingElseIsSaidBesideIt() {
    assertTrue(node("#proposals").isVisible());
    robot.interact(() -> area().requestFocus());
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.K);
    assertFalse(node("#proposals").isVisible(), "a question gets one answer");
    String subject = ((WrappedText) node("#subject")).getText();
    assertTrue(subject.contains("whole document"), subject);
    robot.write("Whose dog?", 0);
    robot.push(KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    TextArea box = (TextArea) node("#instruction");
    assertEquals("", box.getText());
    robot.push(KeyCode.ESCAPE);
    robot.interact(() -> shown.assistant().answerFrom(List.of(), ""));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("Whose dog?", box.getText());
    robot.interact(box::requestFocus);
    robot.push(KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(() -> shown.assistant().answerFrom(List.of(DOG), "The man's [1]."));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("", box.getText(), "it is answered");
  }

  @Test
  void allDocumentsAreAskedAndAPassageOpensItsDocumentThere() throws Exception {
    String gym = "The gym costs 31 euros a month, swimming included.";
    String line = "A line that is long enough to be a passage all by itself, as it were.";
    String text = (line + "\n\n").repeat(70) + gym;
    NoteSearch search =
        new NoteSearch(ids ->
            CompletableFuture.supplyAsync(
                () -> ids.stream().flatMap(id -> store.find(id).stream()).toList(),
                Platform::runLater));
    robot.interact(() -> {
      shown.window().library().searchBy(search);
      shown.panel().askNotesBy(search, shown.window()::openAt);
      shown.window().library().create("Gym", text);
      shown.window().library().create("Diary", "Nothing but rain.");
    });
    WaitForAsyncUtils.waitFor(
        20, TimeUnit.SECONDS, () -> search.search("rain", 1).join().size() == 1);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N);
    assertTrue(((TextArea) node("#instruction")).isFocused());
    assertFalse(node("#proposals").isVisible(), "a question gets one answer");
    robot.write("How much is the gym?", 0);
    robot.push(KeyCode.ENTER);
    WaitForAsyncUtils.waitFor(
        20, TimeUnit.SECONDS, () -> !shown.assistant().notesQuestions.isEmpty());
    List<NotePassage> found = shown.assistant().notesQuestions.getLast().passages();
    assertEquals(1, found.size());
    assertTrue(found.getFirst().passage().text().equals(gym), "" + found);
    robot.interact(() -> shown.assistant().answerFromNotes("The gym costs 31 euros a month [1]."));
    WaitForAsyncUtils.waitForFxEvents();
    VBox sources = (VBox) node("#sources");
    assertEquals(2, sources.getChildren().size(), "a title and one passage");
    assertEquals("Nothing but rain.", area().getText());
    robot.clickOn(sources.getChildren().get(1));
    WaitForAsyncUtils.waitFor(
        20,
        TimeUnit.SECONDS,
        () -> area().getVisibleParagraphs().stream().anyMatch(p -> p.getText().equals(gym)));
    assertEquals(text, area().getText());
    assertTrue(node("#answer-card").isVisible(), "the answer stays");
    robot.interact(() -> {
      area().moveTo(0);
      shown.panel().insertBelow();
    });
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(area().getText().contains("The gym costs 31 euros a month."), area().getText());
    search.close();
  }
}
