package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.TextTarget;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class EditorViewTest {
  private final SteadyRobot robot = new SteadyRobot();

  private static final String TEXT = "A cat and a dog.\n\nThe cat sleeps.";

  @TempDir static Path folder;

  private static DocumentStore store;

  private EditorViewModel model;
  private EditorView view;
  private Stage stage;
  private FxFailures failures;
  private int newDocuments;

  @BeforeAll
  static void openStore() throws Exception {
    FxToolkit.registerPrimaryStage();
    store = SteadyRobot.onFx(() -> H2DocumentStore.open(folder));
  }

  @AfterAll
  static void closeStore() {
    SteadyRobot.onFx(() -> {
      store.close();
      return true;
    });
  }

  @Start
  void open(Stage primary) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    stage = primary;
    model =
        new EditorViewModel(
            store, Desk.SAME_THREAD, Desk.SAME_THREAD, new SteppedTime(), Platform::runLater);
    view = new EditorView(model, "DejaVu Serif", () -> newDocuments++);
    stage.setScene(new Scene(view, 700, 600));
    stage.sizeToScene(); // an earlier test may have made it narrow
    stage.show();
  }

  @AfterEach
  void end() {
    failures.assertNone();
  }

  private DocumentId show(String text) {
    DocumentId[] id = new DocumentId[1];
    robot.interact(() -> {
      id[0] = store.create("", text).id();
      var _ = model.open(id[0]);
    });
    WaitForAsyncUtils.waitForFxEvents();
    return id[0];
  }

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) view.lookup(".editor-area");
  }

  private void control(KeyCode key) {
    robot.press(KeyCode.CONTROL).type(key).release(KeyCode.CONTROL);
  }

  private String found() {
    return ((Label) view.lookup(".find-count")).getText();
  }

  private List<Integer> selected() {
    return List.of(area().getSelection().getStart(), area().getSelection().getEnd());
  }

  @Test
  void offersANewDocumentWhereNoneIsOpen() {
    assertFalse(view.lookup(".editor-scroll").isVisible());
    robot.clickOn((Button) view.lookup(".primary"));
    assertEquals(1, newDocuments);
    show(TEXT);
    assertFalse(view.lookup(".empty-state").isVisible());
  }

  @Test
  void saysWhatToDoUntilTheFirstLetter() {
    show("");
    assertTrue(view.lookup(".editor-hint").isVisible());
    robot.clickOn(area()).write("A");
    assertFalse(view.lookup(".editor-hint").isVisible());
    assertEquals("A", model.text());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 694, 1000})
  void saysItWhereTheFirstLetterWillStand(int width) {
    robot.interact(() -> {
      WindowStyles.addTo(stage.getScene());
      stage.setWidth(width);
    });
    show("");
    Node hint = view.lookup(".editor-hint");
    Bounds words = hint.localToScreen(hint.getBoundsInLocal());
    Bounds caret = area().getCaretBounds().orElseThrow();
    assertEquals(caret.getMinX(), words.getMinX(), 4);
    assertEquals(caret.getMinY(), words.getMinY(), 8);
  }

  @Test
  void whatIsTypedBeforeANewDocumentIsThereGoesIntoThatOne() {
    DocumentId before = show("Old");
    robot.interact(() -> {
      area().requestFocus();
      model.expect();
    });
    robot.write("New");
    assertEquals("Old", model.text());
    DocumentId after = show("");
    robot.interact(model::arrived);
    assertEquals("New", model.text());
    robot.write("er");
    robot.interact(() -> {
      var _ = model.open(before);
    });
    assertEquals("Old", model.text());
    robot.interact(() -> assertEquals("Newer", store.find(after).orElseThrow().text()));
  }

  @Test
  void whatIsTypedForANewDocumentThatDoesNotComeIsNotLost() {
    show("Old");
    robot.interact(() -> {
      area().requestFocus();
      area().moveTo(3);
      model.expect();
    });
    robot.write(" and more");
    robot.interact(model::arrived);
    assertEquals("Old and more", model.text());
  }

  @Test
  void whoeverHearsOfACaretThatMovesSeesTheTextThatItMovesIn() {
    show("A");
    List<String> stale = new ArrayList<>();
    robot.interact(() -> {
      area()
          .caretPositionProperty()
          .addListener((_, _, caret) -> {
            if (!model.text().equals(area().getText())) {
              stale.add(caret + " in " + model.text());
            }
          });
      area()
          .selectionProperty()
          .addListener((_, _, _) -> {
            if (!model.text().equals(area().getText())) {
              stale.add("selection in " + model.text());
            }
          });
      area().moveTo(1);
      area().appendText(" cat");
      area().moveTo(5);
      area().replaceText(0, 1, "The same");
      area().undo();
      area().redo();
      area().selectAll();
      area().replaceSelection("");
    });
    assertEquals(List.of(), stale);
  }

  @Test
  void undoneTypingNeverBringsBackAnotherDocument() {
    show("Letter");
    robot.clickOn(area()).write("X");
    show(TEXT);
    robot.clickOn(area());
    control(KeyCode.Z);
    assertEquals(TEXT, model.text());
  }

  @Test
  void undoesAReplacementInOneStepAfterTyping() {
    show("He have.");
    robot.interact(() -> area().moveTo(8));
    robot.interact(() -> area().requestFocus());
    robot.write(" Ab");
    robot.interact(() -> {
      TextTarget.Anchor passage = model.anchor(new TextRange(0, 8));
      model.replace(passage, "He has.");
    });
    assertEquals("He has. Ab", model.text());
    assertEquals(List.of(0, 7), selected());
    control(KeyCode.Z);
    assertEquals("He have. Ab", model.text());
  }

  @Test
  void makesTheSelectionBoldAndPlainAgainWithControlB() {
    show(TEXT);
    robot.interact(() -> {
      area().requestFocus();
      area().selectRange(2, 5);
    });
    robot.interact(() -> view.wrap("**"));
    assertEquals("A **cat** and", model.text().substring(0, 13));
    assertEquals("cat", area().getSelectedText());
    robot.interact(() -> view.wrap("**"));
    assertEquals(TEXT, model.text());
    robot.interact(() -> view.wrap("*"));
    robot.interact(() -> area().selectRange(2, 7));
    robot.interact(() -> view.wrap("*"));
    assertEquals(TEXT, model.text());
  }

  @Test
  void findsAsOneTypesAndGoesRound() {
    show(TEXT);
    robot.interact(() -> view.find());
    robot.write("CAT");
    assertEquals(List.of(2, 5), selected());
    assertEquals("1 of 2", found());
    robot.type(KeyCode.ENTER);
    assertEquals(List.of(22, 25), selected());
    assertEquals("2 of 2", found());
    robot.type(KeyCode.ENTER);
    assertEquals(List.of(2, 5), selected());
    robot.press(KeyCode.SHIFT).type(KeyCode.ENTER).release(KeyCode.SHIFT);
    assertEquals(List.of(22, 25), selected());
  }

  @Test
  void saysWhatIsNotFoundAndLeavesTheSelection() {
    show(TEXT);
    robot.interact(() -> area().selectRange(2, 5));
    robot.interact(() -> view.find());
    robot.write("zebra");
    assertEquals("Not found", found());
    assertEquals(TEXT, model.text());
    robot.eraseText(5);
    assertEquals("", found());
  }

  @Test
  void replacesOnePlaceAndGoesOnToTheNextEachInAStepToUndo() {
    show("A cat, a Cat and a cathedral.");
    robot.interact(() -> view.findAndReplace());
    robot.write("cat");
    assertEquals("1 of 3", found());
    robot.type(KeyCode.TAB).write("dog").type(KeyCode.ENTER);
    assertEquals("A dog, a Cat and a cathedral.", model.text());
    assertEquals("1 of 2", found());
    assertEquals(List.of(9, 12), selected());
    robot.type(KeyCode.TAB).type(KeyCode.SPACE);
    assertEquals("A dog, a dog and a cathedral.", model.text());
    robot.interact(() -> area().undo());
    assertEquals("A dog, a Cat and a cathedral.", model.text());
    robot.type(KeyCode.ESCAPE);
    assertEquals(null, view.getTop());
  }

  @Test
  void replacesAllPlacesInOneStepToUndoHoweverMany() throws Exception {
    String text = "A cat and a CAT.\n".repeat(200);
    show(text);
    robot.interact(() -> view.findAndReplace());
    robot.write("cat");
    robot.clickOn("#find-replacement").write("cats");
    robot.clickOn("#find-replace-all");
    WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> found().equals("400 replaced"));
    assertEquals("A cats and a cats.\n".repeat(200), model.text());
    robot.interact(() -> area().undo());
    assertEquals(text, WaitForAsyncUtils.waitForAsyncFx(20_000, () -> model.text()));
    robot.interact(() -> assertFalse(area().isUndoAvailable()));
  }

  @Test
  void nothingToReplaceIsSaidAndChangesNothing() {
    show(TEXT);
    robot.interact(() -> view.findAndReplace());
    robot.write("zebra");
    robot.clickOn("#find-replace-all");
    assertEquals("Not found", found());
    robot.clickOn("#find-replace");
    assertEquals(TEXT, model.text());
    robot.interact(() -> assertFalse(area().isUndoAvailable()));
  }

  @Test
  void looksForTheSelectionAndGoesBackToTheTextAfterEscape() {
    show(TEXT);
    robot.interact(() -> area().selectRange(20, 25));
    robot.interact(() -> view.find());
    assertEquals("e cat", ((TextField) view.lookup(".find-bar .text-field")).getText());
    assertEquals("1 of 1", found());
    robot.type(KeyCode.ESCAPE);
    assertEquals(null, view.getTop());
    assertTrue(area().isFocused());
    assertEquals(List.of(20, 25), selected());
  }

  @Test
  void keepsTheTextReadableWhateverTheZoom() {
    robot.interact(() -> view.zoom(now -> now + 0.1));
    assertEquals(1.1, view.zoom(), 1e-9);
    robot.interact(() -> view.zoom(_ -> 99.0));
    assertEquals(2.5, view.zoom());
    robot.interact(() -> view.zoom(_ -> 0.01));
    assertEquals(0.8, view.zoom());
  }

  /** A style sheet takes no digits but its own. */
  @Test
  void theTextHasItsSizeInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("ar", "EG"));
      robot.interact(() -> view.zoom(_ -> 1.5));
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(area().getStyle().matches(".* [0-9]+[.][0-9]px;"), area().getStyle());
  }

  @Test
  void showsAHeadingLargerThanTheTextBelowIt() {
    show("# Heating\n\nBroken.");
    robot.interact(() -> view.applyCss());
    assertTrue(area().getStyleOfChar(3).contains("h1"));
    robot.interact(() -> area().replaceText(0, 2, ""));
    assertFalse(area().getStyleOfChar(3).contains("h1"));
  }

  @Test
  void marksThePassageBeingWorkedOnUntilItIsDone() throws Exception {
    show(TEXT);
    AutoCloseable[] mark = new AutoCloseable[1];
    robot.interact(() -> mark[0] = model.highlight(model.anchor(new TextRange(2, 5))));
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(view.lookup(".working-mark") != null);
    WaitForAsyncUtils.asyncFx(
            () -> {
              mark[0].close();
              return 0;
            })
        .get();
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(null, view.lookup(".working-mark"));
  }

  @Test
  void selectingAllStaysWhereOneReads() {
    show("A line to read.\n".repeat(300));
    robot.interact(() -> {
      area().requestFocus();
      area().moveTo(0);
      area().requestFollowCaret();
    });
    robot.push(KeyCode.CONTROL, KeyCode.A);
    robot.interact(() -> {
      assertEquals(area().getLength(), area().getSelection().getLength());
      assertEquals(0, area().firstVisibleParToAllParIndex());
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "التدفئة معطلة منذ يوم الاثنين، والشقة باردة جداً في المساء. اتصلت بالمكتب مرتين.",
        "قالوا في الهاتف: «سيأتي أحدهم في ٢٤ من الشهر»، ولكن لم يأتِ أحد (Mr Kaya, +49 30 123456).",
        "Please call مكتب الصيانة في المساء before Friday، فالشقة باردة 😀 جداً.",
        "الكلمةالطويلةجداًالتيلاتنتهيفيهذاالسطرولافيالسطرالذييليهلأنهابلامسافاتأبداًأبداً",
        "# عنوان **عريض** و`code` و*مائل* 12/05/2026 - 10:30 – ؟!؟! ... «» () [١٢٣٤٥٦٧٨٩٠]",
        "שלום עולם, this is mixed مع العربية ועברית 1,234.56 ₪",
        "الاسم: .............................................................. (التوقيع)",
        "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠ رقم",
        "عنوان https://example.org/a/very/long/address/that/has/no/space/in/it/at/all?x=1 «طويل»",
        "قطة - قطة / قطة – « قطة » ، قطة -- قطة... قطة!!! قطة؟! ( قطة ) [ قطة ] قطة ؛ قطة = قطة",
        "لا إله — إلا — ـــــــــــــــــــــــــــــــــــــــــــــــــــــــــ تطويل،"
            + " وَتَشْكِيلٌ"
      })
  void breaksArabicLinesAtAnyWidth(String sentence) {
    show(sentence + "\n\n" + (sentence + " ").repeat(12));
    for (int width = 270; width <= 1000; width += width < 720 ? 53 : 93) {
      double wanted = width;
      robot.interact(() -> stage.setWidth(wanted));
      failures.assertNoneYet();
    }
    for (double zoom : List.of(2.5, 1.5, 0.8)) {
      robot.interact(() -> {
        stage.setWidth(300);
        view.zoom(_ -> zoom);
      });
      failures.assertNoneYet();
    }
  }

  @Test
  void wrapsAnArabicWordThatIsTypedOnAndOn() {
    show("");
    String word = "كلمة".repeat(8);
    for (int i = 0; i < 12; i++) {
      robot.interact(() -> area().appendText(word));
      failures.assertNoneYet();
    }
    assertEquals(word.repeat(12), model.text());
  }
}
