package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.assistant.ScriptedAssistant;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Changes shown in the text itself, in the whole window. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class ReviewInTextTest {
  private static final String LETTER =
      """
      # Letter

      The heating has been broke since Monday and realy cold it is.

      Come betwen 8 and 11.\
      """;
  private static final String CORRECTED =
      """
      # Letter

      The heating has been broken since Monday, and really cold it is.

      Come between 8 and 12.\
      """;
  private static final String WITHOUT_THE_NUMBER = CORRECTED.replace("12", "11");

  @TempDir static Path folder;

  private final SteadyRobot robot = new SteadyRobot();
  private DocumentStore store;
  private WindowViewModel window;
  private ScriptedAssistant assistant;
  private AssistantViewModel panel;
  private Stage stage;
  private FxFailures failures;

  @Start
  void open(Stage unused) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    stage = new Stage();
    store = H2DocumentStore.open(Files.createTempDirectory(folder, "store"));
    store.putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 1200.0 760.0 false");
    WholeWindow shown =
        WholeWindow.show(stage, store, folder.resolve("models"), new SteppedTime(), () -> {});
    window = shown.window();
    assistant = shown.assistant();
    panel = shown.panel();
  }

  @AfterEach
  void end() {
    failures.assertNone();
    robot.interact(() -> {
      stage.hide();
      store.close();
    });
  }

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) SteadyRobot.find(stage, ".editor-area");
  }

  private Node node(String selector) {
    return SteadyRobot.find(stage, selector);
  }

  private static void settle() {
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** What is typed is looked at a moment later. */
  private static void rest() {
    WaitForAsyncUtils.sleep(350, java.util.concurrent.TimeUnit.MILLISECONDS);
    settle();
  }

  private void review(String text, String answer) {
    robot.interact(() -> window.library().create("", text));
    settle();
    robot.interact(() -> panel.run(ScriptedAssistant.PROOFREAD));
    robot.interact(() -> assistant.answer(answer));
    WaitForAsyncUtils.sleep(300, java.util.concurrent.TimeUnit.MILLISECONDS);
    settle();
  }

  private List<String> styled(String style) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < area().getParagraphs().size(); i++) {
      int at = 0;
      String text = area().getParagraph(i).getText();
      for (var span : area().getStyleSpans(i)) {
        if (span.getStyle().contains(style)) {
          found.add(text.substring(at, at + span.getLength()));
        }
        at += span.getLength();
      }
    }
    return found;
  }

  private boolean isShown(String selector) {
    Node node = node(selector);
    return node != null && node.isVisible();
  }

  private String place() {
    return ((Labeled) node("#review-place")).getText();
  }

  @Test
  void marksTheWordsThatWouldChangeAndTouchesNothing() {
    review(LETTER, CORRECTED);
    assertEquals(LETTER, area().getText());
    assertEquals(List.of("broke", "realy", "betwen"), styled("deletion"));
    assertEquals(List.of("Monday"), styled("insertion"));
    assertEquals(List.of("11"), styled("guarded-deletion"));
    assertTrue(isShown("#review-bar"));
    assertEquals("1 of 5", place());
    assertEquals(
        "Change 1 of 5: “broke” becomes “broken”", node("#review-place").getAccessibleText());
  }

  @Test
  void keysAcceptRejectAndGoThroughTheChanges() {
    review(LETTER, CORRECTED);
    robot.interact(() -> area().requestFocus());
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    settle();
    assertEquals(LETTER.replace("broke ", "broken "), area().getText());
    assertEquals("2 of 5", place());
    robot.push(KeyCode.F8);
    settle();
    assertEquals("3 of 5", place());
    robot.push(KeyCode.ALT, KeyCode.DELETE);
    settle();
    assertEquals("4 of 5", place());
    assertEquals(List.of("betwen"), styled("deletion"));
    robot.push(KeyCode.SHIFT, KeyCode.F8);
    settle();
    assertEquals("2 of 5", place());
    robot.push(KeyCode.CONTROL, KeyCode.Z);
    rest();
    assertEquals(LETTER, area().getText());
    assertEquals(List.of("broke", "betwen"), styled("deletion"));
  }

  @Test
  void allButTheNumberAreAcceptedInOneStep() {
    review(LETTER, CORRECTED);
    robot.clickOn("#review-all");
    settle();
    assertEquals(WITHOUT_THE_NUMBER, area().getText());
    assertEquals("5 of 5", place());
    assertTrue(node("#review-all").isDisabled());
    robot.clickOn("#review-reject");
    settle();
    assertFalse(isShown("#review-bar"));
    assertEquals(WITHOUT_THE_NUMBER, area().getText());
    assertEquals(List.of(), styled("guarded-deletion"));
    robot.interact(() -> {
      Output kept = store.outputs(window.editor().document().getValue().orElseThrow()).getFirst();
      assertEquals(Output.Fate.REPLACED, kept.fate());
    });
    robot.interact(() -> area().undo());
    assertEquals(LETTER, area().getText());
    robot.interact(() -> area().redo());
    assertEquals(WITHOUT_THE_NUMBER, area().getText());
  }

  @Test
  void undoOfAllOpensAllAgainWhileOneIsLeft() {
    review(LETTER, CORRECTED);
    robot.clickOn("#review-all");
    robot.interact(() -> area().undo());
    rest();
    assertEquals(LETTER, area().getText());
    assertEquals(List.of("broke", "realy", "betwen"), styled("deletion"));
    assertEquals(List.of("11"), styled("guarded-deletion"));
    robot.interact(() -> area().redo());
    rest();
    assertEquals(WITHOUT_THE_NUMBER, area().getText());
    assertEquals(List.of(), styled("deletion"));
  }

  @Test
  void keysOfTheBarDoNothingBehindTheSettings() {
    review(LETTER, CORRECTED);
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    settle();
    robot.push(KeyCode.ALT, KeyCode.DELETE);
    robot.push(KeyCode.ESCAPE);
    settle();
    assertEquals("1 of 5", place());
    assertEquals(LETTER, area().getText());
  }

  @Test
  void typingBesideMovesTheMarksAndAClickChoosesAChange() {
    review(LETTER, CORRECTED);
    robot.interact(() -> {
      area().insertText(0, "Dear landlord\n");
      area().insertText(area().getText().indexOf("realy"), "so ");
    });
    rest();
    assertEquals(List.of("broke", "realy", "betwen"), styled("deletion"));
    robot.interact(() -> area().moveTo(area().getText().indexOf("betwen") + 2));
    rest();
    assertEquals("4 of 5", place());
    robot.clickOn("#accept");
    settle();
    assertEquals(
        "Dear landlord\n" + WITHOUT_THE_NUMBER.replace("really", "so really"), area().getText());
  }

  @Test
  void aWriterWhoGoesOnTypingMeanwhileKeepsTheCaret() {
    robot.interact(() -> window.library().create("", LETTER));
    settle();
    robot.interact(() -> panel.run(ScriptedAssistant.PROOFREAD));
    robot.interact(() -> {
      area().appendText("\n\nYours");
      area().moveTo(area().getLength());
      assistant.answer(CORRECTED);
    });
    rest();
    assertEquals(List.of("broke", "realy", "betwen"), styled("deletion"));
    assertEquals("1 of 5", place());
    assertEquals(area().getLength(), area().getCaretPosition());
    robot.interact(() -> area().requestFocus());
    robot.write(" truly");
    rest();
    assertEquals("1 of 5", place());
    robot.clickOn("#review-all");
    settle();
    assertEquals(WITHOUT_THE_NUMBER + "\n\nYours truly", area().getText());
  }

  @Test
  void nothingIsMarkedAfterDiscardAndInAnotherDocument() {
    review(LETTER, CORRECTED);
    robot.interact(() -> window.library().create("", "The heating has been broke since Monday."));
    settle();
    assertEquals(List.of(), styled("deletion"));
    assertFalse(isShown("#review-bar"));
    review(LETTER, CORRECTED);
    robot.push(KeyCode.ESCAPE);
    settle();
    assertEquals(List.of(), styled("deletion"));
    assertEquals(LETTER, area().getText());
    assertFalse(isShown("#review-bar"));
  }

  @Test
  void arabicWordsAreMarkedWholeAndTheListsStylesStay() {
    String text = "- التدفئة **معطله** منذ يوم الاثنين، والشقة باردة جدن في المساء.";
    review(text, text.replace("معطله", "معطلة").replace("جدن", "جداً"));
    assertEquals(List.of("معطله", "جدن"), styled("deletion"));
    assertTrue(
        area().getStyleOfChar(text.indexOf("معطله")).contains("strong"),
        area().getStyleOfChar(text.indexOf("معطله")).toString());
    robot.clickOn("#review-all");
    settle();
    assertTrue(area().getText().contains("جداً"), area().getText());
  }

  private static final String DIARY = "She dont like it. He go home at 5. We was late again.";
  private static final String DIARY_CORRECTED =
      "She doesn't like it. He goes home at 6. We were late again.";

  /** Asks for a correction of the diary that has come so far. */
  private void correct(int original, String soFar) {
    robot.interact(() -> window.library().create("", DIARY));
    settle();
    robot.interact(() -> panel.run(ScriptedAssistant.PROOFREAD));
    robot.interact(() -> assistant.finish(original, soFar));
    settle();
  }

  @Test
  void changesAppearAndAreTakenWhileTheAnswerIsWritten() {
    correct(17, "She doesn't like it.");
    assertEquals(List.of("dont"), styled("deletion"));
    assertEquals("1 of 1", place());
    assertTrue(isShown("#work-card"));
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    settle();
    assertEquals(DIARY.replace("dont", "doesn't"), area().getText());
    assertFalse(isShown("#review-bar"));
    // The rest of the passage has moved by three letters.
    robot.interact(() -> assistant.finish(34, "She doesn't like it. He goes home at 6."));
    settle();
    assertEquals(List.of("go"), styled("deletion"));
    assertEquals(List.of("5"), styled("guarded-deletion"));
    assertEquals("2 of 3", place());
    robot.interact(() -> assistant.finish(DIARY.length(), DIARY_CORRECTED));
    robot.interact(() -> assistant.answer(DIARY_CORRECTED));
    settle();
    assertTrue(isShown("#answer-card"));
    assertEquals(List.of("go", "was"), styled("deletion"));
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    settle();
    assertEquals(DIARY_CORRECTED.replace("6", "5"), area().getText());
    assertEquals("3 of 4", place());
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    settle();
    assertEquals(DIARY_CORRECTED, area().getText());
    assertFalse(isShown("#review-bar"));
    assertFalse(isShown("#answer-card"));
  }

  @Test
  void stopKeepsTheChangesThatWereFinished() {
    correct(34, "She doesn't like it. He goes home at 5.");
    robot.push(KeyCode.ESCAPE);
    robot.interact(
        () -> assistant.endStopped("She doesn't like it. He goes home at 5. We was late again."));
    settle();
    assertEquals(List.of("dont", "go"), styled("deletion"));
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    settle();
    assertEquals("She doesn't like it. He goes home at 5. We was late again.", area().getText());
    robot.interact(() -> {
      Output kept = store.outputs(window.editor().document().getValue().orElseThrow()).getFirst();
      assertEquals(Output.Fate.REPLACED, kept.fate());
    });
  }

  @Test
  void whatIsRewrittenMeanwhileIsLeftAlone() {
    correct(17, "She doesn't like it.");
    robot.interact(() -> area().replaceText(18, 20, "They"));
    robot.interact(() -> assistant.finish(34, "She doesn't like it. He goes home at 5."));
    robot.interact(() -> assistant.finish(DIARY.length(), DIARY_CORRECTED.replace("6", "5")));
    robot.interact(() -> assistant.answer(DIARY_CORRECTED.replace("6", "5")));
    rest();
    assertEquals(List.of("dont", "was"), styled("deletion"));
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    settle();
    assertEquals("She doesn't like it. They go home at 5. We were late again.", area().getText());
  }

  @Test
  void anotherDocumentTakesNoChangesOfThisOne() {
    correct(17, "She doesn't like it.");
    robot.interact(() -> window.library().create("", DIARY));
    settle();
    robot.interact(() -> assistant.finish(34, "She doesn't like it. He goes home at 5."));
    settle();
    assertEquals(List.of(), styled("deletion"));
    assertFalse(isShown("#review-bar"));
    robot.interact(() -> assistant.answer(DIARY_CORRECTED));
    settle();
    assertEquals(DIARY, area().getText());
    assertEquals(List.of(), styled("deletion"));
  }

  @Test
  void anAnswerThatLosesANumberIsNotTakenAtTheFirstWord() {
    robot.interact(() -> window.library().create("", "Call me at 5 about the heating of Anna."));
    settle();
    robot.interact(() -> panel.run(panel.actions().get(1)));
    String rewritten = "It would be kind if somebody could telephone because nothing is warm.";
    robot.interact(() -> assistant.answer(rewritten));
    settle();
    assertEquals(
        "English kept · numbers 0 of 1 (missing: 5) · names 0 of 1 (missing: Anna) · length +77 %",
        checks());
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    settle();
    assertEquals("Call me at 5 about the heating of Anna.", area().getText());
    assertEquals("Replace anyway", ((Labeled) node("#accept")).getText());
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    settle();
    assertEquals(rewritten, area().getText());
  }

  private String checks() {
    return ((HBox) node("#checks"))
        .getChildren().stream()
            .filter(WrappedText.class::isInstance)
            .map(words -> ((WrappedText) words).getText())
            .findFirst()
            .orElseThrow();
  }

  private List<String> decisions() {
    List<String> told = new ArrayList<>();
    robot.interact(() ->
        store
            .decisions(window.editor().document().getValue().orElseThrow())
            .forEach(made -> told.add(made.verdict() + " " + made.before() + ">" + made.after())));
    return told;
  }

  @Test
  void whatIsDecidedIsKeptChangeByChange() {
    correct(17, "She doesn't like it.");
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    robot.interact(() -> assistant.finish(DIARY.length(), DIARY_CORRECTED));
    robot.interact(() -> assistant.answer(DIARY_CORRECTED));
    settle();
    robot.push(KeyCode.ALT, KeyCode.DELETE);
    robot.push(KeyCode.CONTROL, KeyCode.Z);
    rest();
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    settle();
    assertEquals(
        List.of(
            "ACCEPTED dont>doesn't",
            "REJECTED go>goes",
            "TAKEN_BACK dont>doesn't",
            "ACCEPTED dont>doesn't",
            "ACCEPTED was>were"),
        decisions());
    robot.push(KeyCode.ESCAPE);
    settle();
    assertEquals(5, decisions().size());
  }

  private List<Output> outputs() {
    List<Output> kept = new ArrayList<>();
    robot.interact(
        () -> kept.addAll(store.outputs(window.editor().document().getValue().orElseThrow())));
    return kept;
  }

  /** The program may end before the answer does. */
  @Test
  void whatIsAcceptedWhileTheAnswerIsWrittenIsKeptAtOnce() {
    correct(17, "She doesn't like it.");
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    settle();
    assertEquals(List.of("ACCEPTED dont>doesn't"), decisions());
    Output unfinished = outputs().getFirst();
    assertEquals(Output.Fate.STOPPED, unfinished.fate());
    assertEquals(DIARY, unfinished.original());
    assertEquals(DIARY.replace("dont", "doesn't"), unfinished.text());
    robot.interact(() -> assistant.finish(DIARY.length(), DIARY_CORRECTED));
    robot.interact(() -> assistant.answer(DIARY_CORRECTED));
    settle();
    assertEquals(
        List.of(DIARY_CORRECTED + " " + Output.Fate.PENDING),
        outputs().stream().map(output -> output.text() + " " + output.fate()).toList());
    assertEquals(List.of("ACCEPTED dont>doesn't"), decisions());
    assertEquals(unfinished.id(), outputs().getFirst().id());
  }

  @Test
  void whatIsAcceptedBeforeAnotherDocumentIsOpenedIsKeptToo() {
    correct(17, "She doesn't like it.");
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    DocumentId diary = window.editor().document().getValue().orElseThrow();
    robot.interact(() -> window.library().create("", "Another one."));
    settle();
    robot.interact(() -> assistant.answer(DIARY_CORRECTED));
    settle();
    robot.interact(() -> window.library().open(diary));
    settle();
    assertEquals(List.of("ACCEPTED dont>doesn't"), decisions());
  }

  @Test
  void aCopyDuringAReviewIsKeptToo() {
    review(LETTER, CORRECTED);
    robot.clickOn("#copy");
    settle();
    assertEquals(List.of("COPIED >"), decisions());
  }

  @Test
  void aWholeAnswerIsKeptAsOneDecision() {
    robot.interact(() -> window.library().create("", "Call me about the heating."));
    settle();
    robot.interact(() -> panel.run(panel.actions().get(1)));
    robot.interact(
        () -> assistant.answer("It would be kind if somebody could telephone, nothing is warm."));
    settle();
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    settle();
    assertEquals(List.of("REPLACED >"), decisions());
  }

  @Test
  void wordsInTheBoxChangeTheAnswerOnScreen() {
    String text = "Call me about the heating.";
    robot.interact(() -> window.library().create("", text));
    settle();
    TextInputControl box = (TextInputControl) node("#instruction");
    assertTrue(box.getPromptText().startsWith("Tell Qalam"), box.getPromptText());
    robot.interact(() -> panel.run(panel.actions().get(1)));
    robot.interact(() -> assistant.answer("Please telephone when somebody can come, it is cold."));
    settle();
    assertTrue(box.getPromptText().startsWith("Change this answer"), box.getPromptText());
    robot.clickOn("#instruction").write("shorter").push(KeyCode.ENTER);
    settle();
    assertEquals("shorter", assistant.lastRequest().instruction());
    robot.interact(() -> assistant.answer("Please telephone, it is cold here."));
    settle();
    assertEquals("2 of 2", ((Labeled) node("#variant-place")).getText());
    robot.clickOn("#variant-previous");
    settle();
    assertEquals("1 of 2", ((Labeled) node("#variant-place")).getText());
    robot.clickOn("#variant-next");
    robot.clickOn("#accept");
    settle();
    assertEquals("Please telephone, it is cold here.", area().getText());
  }
}
