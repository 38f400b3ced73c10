package org.qalam.ui.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.shape.MoveTo;
import javafx.scene.text.Text;
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
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.text.TextDirection;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/**
 * Text that runs both ways: keys move the caret on the page as they say, marks cover their letters,
 * and a character is what a reader sees as one.
 */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class BidirectionalTextTest {
  private final SteadyRobot robot = new SteadyRobot();

  private static final String ARABIC = "كتبت رسالة قصيرة إلى صديقي";
  private static final String MIXED = "كتبت إلى Ms Keller رسالة في 2026";
  private static final String LATIN_WITH_ARABIC = "The word قلم means pen here";

  /** Wider than any letter, in pixels. */
  private static final double WIDEST = 40;

  @TempDir static Path folder;

  private static DocumentStore store;

  private EditorViewModel model;
  private EditorView view;
  private FxFailures failures;

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
  void open(Stage stage) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    model =
        new EditorViewModel(
            store, Desk.SAME_THREAD, Desk.SAME_THREAD, new SteppedTime(), Platform::runLater);
    view = new EditorView(model, "DejaVu Sans", () -> {});
    Scene scene = new Scene(view, 700, 600);
    WindowStyles.addTo(scene);
    stage.setScene(scene);
    stage.sizeToScene(); // an earlier test may have made it narrow
    stage.show();
  }

  @AfterEach
  void end() {
    failures.assertNone();
  }

  private void show(String text, int caret) {
    robot.interact(() -> {
      var _ = model.open(store.create("", text).id());
    });
    robot.interact(() -> {
      area().requestFocus();
      area().moveTo(caret);
    });
  }

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) view.lookup(".editor-area");
  }

  private Bounds caret() {
    return area().getCaretBounds().orElseThrow();
  }

  private void type(KeyCode key, KeyCode... held) {
    robot.press(held).type(key).release(held);
  }

  /** The places that a key brings the caret to, until it goes no further. */
  private List<Integer> walk(KeyCode key, KeyCode... held) {
    List<Integer> places = new ArrayList<>();
    robot.interact(() -> walk(key, List.of(held), () -> places.add(area().getCaretPosition())));
    return places;
  }

  private void walk(KeyCode key, List<KeyCode> held, Runnable look) {
    int last = -1;
    while (last != area().getCaretPosition()) {
      last = area().getCaretPosition();
      look.run();
      area()
          .fireEvent(
              new KeyEvent(
                  KeyEvent.KEY_PRESSED,
                  "",
                  "",
                  key,
                  held.contains(KeyCode.SHIFT),
                  held.contains(KeyCode.CONTROL),
                  false,
                  false));
      area().layout();
    }
  }

  /** Where the caret is drawn: at one place, or in two halves where the direction turns. */
  private List<Double> halves() {
    return area().getCaretSelectionBind().getUnderlyingCaret().getElements().stream()
        .filter(MoveTo.class::isInstance)
        .map(element -> ((MoveTo) element).getX())
        .toList();
  }

  @Test
  void leftGoesForwardInArabic() {
    show(ARABIC, 0);
    double before = caret().getMinX();
    type(KeyCode.LEFT);
    assertEquals(1, area().getCaretPosition());
    assertTrue(caret().getMinX() < before, caret() + " is not left of " + before);
    type(KeyCode.RIGHT);
    assertEquals(0, area().getCaretPosition());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ARABIC,
        MIXED,
        LATIN_WITH_ARABIC,
        "שלום, this is עברית (1,234)",
        "قال: «Good morning»!"
      })
  void everyPlaceOfALineIsReached(String line) {
    show(line, 0);
    walk(KeyCode.LEFT);
    List<Integer> toTheRight = walk(KeyCode.RIGHT);
    List<Integer> toTheLeft = walk(KeyCode.LEFT);
    Set<Integer> reached = new TreeSet<>(toTheRight);
    reached.addAll(toTheLeft);
    Set<Integer> all = new TreeSet<>();
    for (int place = 0; place <= line.length(); place++) {
      all.add(place);
    }
    assertEquals(all, reached);
    // Where the direction turns two places of the text are one on the page: the nearer is taken.
    assertTrue(toTheLeft.size() >= line.length() - 8, toTheLeft.toString());
    assertTrue(toTheRight.size() >= line.length() - 8, toTheRight.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {ARABIC, MIXED, LATIN_WITH_ARABIC, "שלום, this is עברית (1,234)"})
  void aKeyNeverMovesTheCaretTheOtherWay(String line) {
    show(line, 0);
    walk(KeyCode.LEFT);
    List<List<Double>> drawn = new ArrayList<>();
    robot.interact(() ->
        walk(
            KeyCode.RIGHT,
            List.of(),
            () -> {
              area().getCaretSelectionBind().getUnderlyingCaret().getParent().layout();
              drawn.add(halves());
            }));
    double at = drawn.getFirst().stream().mapToDouble(x -> x).min().orElseThrow() - 1;
    for (List<Double> halves : drawn) {
      double before = at;
      at =
          halves.stream()
              .filter(x -> x > before)
              .mapToDouble(x -> x)
              .min()
              .orElseThrow(() -> new AssertionError("not right of " + before + ": " + drawn));
    }
  }

  @Test
  void goesFromLineToLineInAWrappedParagraph() {
    String text = (ARABIC + " ").repeat(8).strip();
    show(text, 0);
    List<Integer> places = walk(KeyCode.LEFT);
    assertEquals(text.length(), places.getLast());
    assertEquals(text.length() + 1, places.size());
    assertEquals(0, walk(KeyCode.RIGHT).getLast());
  }

  @Test
  void goesIntoTheNextParagraph() {
    show(ARABIC + "\n" + "One two", ARABIC.length());
    type(KeyCode.LEFT);
    assertEquals(ARABIC.length() + 1, area().getCaretPosition());
    type(KeyCode.LEFT);
    assertEquals(ARABIC.length(), area().getCaretPosition());
  }

  @Test
  void skipsWordsTheWayOfTheKey() {
    show(ARABIC, 0);
    assertEquals(List.of(0, 5, 11, 17, 21, ARABIC.length()), walk(KeyCode.LEFT, KeyCode.CONTROL));
    assertEquals(List.of(ARABIC.length(), 21, 17, 11, 5, 0), walk(KeyCode.RIGHT, KeyCode.CONTROL));
  }

  @Test
  void selectsTheWayOfTheKeyAndLeavesAtThatSide() {
    show(ARABIC, 5);
    type(KeyCode.LEFT, KeyCode.SHIFT);
    type(KeyCode.LEFT, KeyCode.SHIFT);
    assertEquals("رس", area().getSelectedText());
    type(KeyCode.RIGHT);
    assertEquals(5, area().getCaretPosition());
    type(KeyCode.LEFT, KeyCode.SHIFT, KeyCode.CONTROL);
    assertEquals("رسالة ", area().getSelectedText());
    type(KeyCode.LEFT);
    assertEquals(11, area().getCaretPosition());
    assertEquals("", area().getSelectedText());
  }

  @Test
  void deletesAWordBeforeTheCaretInTheOrderOfTheText() {
    show(ARABIC, ARABIC.length());
    type(KeyCode.BACK_SPACE, KeyCode.CONTROL);
    assertEquals("كتبت رسالة قصيرة إلى", area().getText().strip());
  }

  @Test
  void staysAsItWasInLatinText() {
    show("One two", 0);
    type(KeyCode.RIGHT);
    assertEquals(1, area().getCaretPosition());
    type(KeyCode.RIGHT, KeyCode.SHIFT);
    assertEquals("n", area().getSelectedText());
    type(KeyCode.LEFT);
    assertEquals(1, area().getCaretPosition());
    type(KeyCode.RIGHT, KeyCode.CONTROL);
    assertEquals(3, area().getCaretPosition());
  }

  @ParameterizedTest
  @ValueSource(strings = {"👩‍👩‍👧‍👦", "مُّ", "é", "🇪🇬", "👍🏽", "𝔘", "x"})
  void whatLooksLikeOneCharacterIsOne(String character) {
    show("a" + character + "b", 1);
    boolean isArabic = character.startsWith("م");
    type(KeyCode.DELETE);
    assertEquals("ab", area().getText());
    robot.interact(() -> area().undo());
    robot.interact(() -> area().moveTo(1 + character.length()));
    type(KeyCode.BACK_SPACE);
    assertEquals("ab", area().getText());
    robot.interact(() -> area().undo());
    if (!isArabic) {
      robot.interact(() -> area().moveTo(1));
      type(KeyCode.RIGHT);
      assertEquals(1 + character.length(), area().getCaretPosition());
      type(KeyCode.LEFT);
      assertEquals(1, area().getCaretPosition());
    }
  }

  @Test
  void joinsParagraphsWithBackspaceAndDelete() {
    show("one\ntwo", 4);
    type(KeyCode.BACK_SPACE);
    assertEquals("onetwo", area().getText());
    robot.interact(() -> area().undo());
    robot.interact(() -> area().moveTo(3));
    type(KeyCode.DELETE);
    assertEquals("onetwo", area().getText());
    robot.interact(() -> area().moveTo(0));
    type(KeyCode.BACK_SPACE);
    robot.interact(() -> area().moveTo(6));
    type(KeyCode.DELETE);
    assertEquals("onetwo", area().getText());
  }

  @ParameterizedTest
  @ValueSource(strings = {ARABIC, MIXED, LATIN_WITH_ARABIC, "שלום, this is עברית (1,234)"})
  void aSelectionCoversItsLettersAndNoOthers(String line) {
    String text = (line + " ").repeat(6).strip();
    show(text, 0);
    Random random = new Random(line.hashCode());
    for (int round = 0; round < 8; round++) {
      int start = random.nextInt(text.length() - 1);
      int end = start + 1 + random.nextInt(text.length() - start);
      robot.interact(() -> area().selectRange(start, end));
      robot.interact(() -> {
        area().layout();
        List<Integer> covered = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
          Bounds letter = area().getCharacterBoundsOnScreen(i, i + 1).orElseThrow();
          // RichTextFX widens the bounds of a line's last letter to the edge of the page.
          if (Character.isLetterOrDigit(text.charAt(i)) && letter.getWidth() < WIDEST) {
            if (isMarked(letter.getCenterX(), letter.getCenterY())) {
              covered.add(i);
            }
            if (i >= start && i < end) {
              wanted.add(i);
            }
          }
        }
        List<Integer> missed = new ArrayList<>(wanted);
        missed.removeAll(covered);
        covered.removeAll(wanted);
        assertEquals(List.of(), missed, "not covered of " + start + " to " + end);
        assertEquals(List.of(), covered, "covered beside " + start + " to " + end);
      });
    }
  }

  @Test
  void aSelectedParagraphEndIsMarkedWhereTheParagraphEnds() {
    show(ARABIC + "\nLatin", 0);
    robot.interact(() -> area().selectRange(ARABIC.length() - 1, ARABIC.length() + 1));
    robot.interact(() -> {
      Bounds last =
          area().getCharacterBoundsOnScreen(ARABIC.length() - 1, ARABIC.length()).orElseThrow();
      assertTrue(isMarked(last.getMinX() - 3, last.getCenterY()));
      assertFalse(isMarked(last.getMaxX() + 3, last.getCenterY()));
    });
  }

  private boolean isMarked(double screenX, double screenY) {
    return area().lookupAll(".shown-selection").stream()
        .anyMatch(mark -> mark.contains(mark.screenToLocal(screenX, screenY)));
  }

  @Test
  void arabicIsNeverSlanted() {
    show("> قال: «Good morning» ثم *ذهب*.\n\nHe *said قلم* to *her*.", 0);
    List<String> slanted = new ArrayList<>();
    robot.interact(() -> {
      for (Node node : area().lookupAll(".text")) {
        if (node instanceof Text text && !text.getFont().getStyle().matches("Book|Regular")) {
          slanted.add(text.getText());
        }
      }
    });
    assertTrue(slanted.contains("her"), slanted.toString());
    assertTrue(slanted.stream().noneMatch(TextDirection::hasRightToLeft), slanted.toString());
  }

  @Test
  void aParagraphIsTurnedAndTurnedBackInOneStepEach() {
    String text = "# Title\n\n1. (قلم)\n" + ARABIC;
    show(text, 3);
    robot.interact(() -> view.turn());
    assertEquals("# \u200FTitle\n\n1. (قلم)\n" + ARABIC, area().getText());
    assertEquals(4, area().getCaretPosition());
    assertEquals(List.of("rtl"), List.copyOf(area().getParagraph(0).getParagraphStyle()));
    robot.interact(() -> area().undo());
    assertEquals(text, area().getText());
    robot.interact(() -> {
      area().selectAll();
      view.turn();
    });
    // The third and the last run that way by themselves, an empty one as the one above it.
    assertEquals("# \u200FTitle\n\n1. (قلم)\n" + ARABIC, area().getText());
    assertEquals(List.of("rtl"), List.copyOf(area().getParagraph(1).getParagraphStyle()));
    robot.interact(() -> view.turn());
    assertEquals("# Title\n\n1. \u200E(قلم)\n\u200E" + ARABIC, area().getText());
    robot.interact(() -> area().undo());
    robot.interact(() -> area().undo());
    assertEquals(text, area().getText());
  }

  private boolean isCaretOnTheRight() {
    return SteadyRobot.onFx(() -> {
      Bounds whole = area().localToScreen(area().getLayoutBounds());
      return caret().getCenterX() > whole.getCenterX();
    });
  }

  @Test
  void aParagraphWithoutLettersRunsAsTheTextAboveIt() {
    show(ARABIC, ARABIC.length());
    type(KeyCode.ENTER);
    assertTrue(isCaretOnTheRight());
    type(KeyCode.ENTER);
    robot.write("1. ");
    assertTrue(isCaretOnTheRight());
    robot.write("pen");
    assertFalse(isCaretOnTheRight());
    robot.interact(() -> area().moveTo(ARABIC.length() + 1));
    assertTrue(isCaretOnTheRight());
    robot.interact(() -> area().replaceText(0, ARABIC.length(), "A pen"));
    assertFalse(isCaretOnTheRight());
    robot.interact(() -> area().undo());
    assertTrue(isCaretOnTheRight());
  }

  @Test
  void anEmptyDocumentBeginsWhereTheLanguageOfTheInterfaceDoes() {
    Locale.setDefault(Locale.Category.DISPLAY, Locale.of("ar"));
    show("", 0);
    assertTrue(isCaretOnTheRight());
    robot.interact(() -> view.turn());
    assertEquals("\u200E", area().getText());
    assertFalse(isCaretOnTheRight());
    robot.interact(() -> view.turn());
    assertEquals("", area().getText());
    show("A pen\n", 6);
    assertFalse(isCaretOnTheRight());
  }

  @Test
  void theSelectedEndOfAnEmptyParagraphIsMarkedWhereItsCaretStands() {
    show(ARABIC + "\n\n" + ARABIC, 0);
    robot.interact(() -> area().selectRange(ARABIC.length() + 1, ARABIC.length() + 2));
    robot.interact(() -> {
      Bounds whole = area().localToScreen(area().getLayoutBounds());
      Bounds below =
          area().getCharacterBoundsOnScreen(ARABIC.length() + 2, ARABIC.length() + 3).orElseThrow();
      double line = below.getMinY() - below.getHeight() / 2;
      assertTrue(isMarked(below.getMaxX() - 3, line), whole + " " + below);
      assertFalse(isMarked(whole.getCenterX(), line));
    });
  }

  @Test
  void whatIsTypedIntoATurnedEmptyParagraphRunsThatWay() {
    show("", 0);
    robot.interact(() -> view.turn());
    robot.write("1 pen");
    assertEquals("\u200F1 pen", area().getText());
    robot.interact(() -> {
      double first = area().getCharacterBoundsOnScreen(1, 2).orElseThrow().getCenterX();
      double last = area().getCharacterBoundsOnScreen(5, 6).orElseThrow().getCenterX();
      assertTrue(last < first, "the number stands left of the word");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {ARABIC, MIXED, LATIN_WITH_ARABIC})
  void homeAndEndStayInTheLine(String line) {
    String text = (line + " ").repeat(6).strip();
    show(text, text.length() / 2);
    double row = caret().getMinY();
    type(KeyCode.HOME);
    int home = area().getCaretPosition();
    assertEquals(row, caret().getMinY(), 3);
    type(KeyCode.END);
    int end = area().getCaretPosition();
    assertEquals(row, caret().getMinY(), 3);
    assertTrue(home < text.length() / 2 && text.length() / 2 < end, home + " " + end);
    assertTrue(end - home > 20, home + " " + end);
  }

  @ParameterizedTest
  @ValueSource(strings = {ARABIC, MIXED, LATIN_WITH_ARABIC})
  void upAndDownKeepTheColumnOnThePage(String line) {
    String text = (line + " ").repeat(9).strip();
    show(text, 20);
    double column = halves().getFirst();
    double row = caret().getMinY();
    for (int i = 0; i < 2; i++) {
      type(KeyCode.DOWN);
      assertTrue(caret().getMinY() > row, "not below");
      row = caret().getMinY();
      assertTrue(
          halves().stream().anyMatch(x -> Math.abs(x - column) < 10), column + ": " + halves());
    }
    for (int i = 0; i < 2; i++) {
      type(KeyCode.UP);
    }
    assertTrue(
        halves().stream().anyMatch(x -> Math.abs(x - column) < 10), column + ": " + halves());
  }

  @ParameterizedTest
  @ValueSource(strings = {ARABIC, MIXED, LATIN_WITH_ARABIC, "שלום, this is עברית (1,234)"})
  void aClickGoesToTheNearestEdgeOfALetter(String line) {
    show(line, 0);
    List<String> far = new ArrayList<>();
    robot.interact(() -> {
      for (int at = 0; at < line.length(); at++) {
        for (double part : new double[] {0.2, 0.8}) {
          Bounds letter = area().getCharacterBoundsOnScreen(at, at + 1).orElseThrow();
          double x = letter.getMinX() + part * letter.getWidth();
          Point2D click = area().screenToLocal(x, letter.getCenterY());
          area().moveTo(area().hit(click.getX(), click.getY()).getInsertionIndex());
          area().layout();
          area().getCaretSelectionBind().getUnderlyingCaret().getParent().layout();
          Node caret = area().getCaretSelectionBind().getUnderlyingCaret();
          double nearest =
              halves().stream()
                  .mapToDouble(place -> Math.abs(caret.localToScreen(place, 0).getX() - x))
                  .min()
                  .orElseThrow();
          if (nearest > 0.3 * letter.getWidth() + 1) {
            far.add(at + " at " + part + ": " + Math.round(nearest));
          }
        }
      }
    });
    assertEquals(List.of(), far);
  }

  @Test
  void aClickStaysInItsParagraph() {
    show(ARABIC + "\n" + ARABIC, 0);
    robot.interact(() -> {
      int start = ARABIC.length() + 1;
      Bounds letter = area().getCharacterBoundsOnScreen(start, start + 1).orElseThrow();
      Point2D click = area().screenToLocal(letter.getMaxX() - 1, letter.getCenterY());
      assertEquals(start, area().hit(click.getX(), click.getY()).getInsertionIndex());
    });
  }

  @Test
  void aCaretGoesOnFromWhereItIsWhenThePageIsNarrower() {
    show(MIXED, 8);
    type(KeyCode.LEFT);
    assertEquals(9, area().getCaretPosition());
    robot.interact(() -> view.getScene().getWindow().setWidth(600));
    type(KeyCode.RIGHT);
    assertTrue(
        Set.of(8, 10).contains(area().getCaretPosition()), "at " + area().getCaretPosition());
  }

  @Test
  void theMarkOfATurnedParagraphTakesNoRoom() {
    show("# Title\n\nA word", 2);
    double before = widthOf(0);
    robot.interact(() -> view.turn());
    assertEquals(before, widthOf(0), 1.5);
  }

  private double widthOf(int paragraph) {
    double[] width = new double[1];
    robot.interact(() -> {
      int start = area().getAbsolutePosition(paragraph, 0);
      int end = start + area().getParagraphLength(paragraph);
      double left = Double.MAX_VALUE;
      double right = 0;
      for (int i = start; i < end; i++) {
        Bounds letter = area().getCharacterBoundsOnScreen(i, i + 1).orElseThrow();
        left = Math.min(left, letter.getMinX());
        right = Math.max(right, letter.getMaxX());
      }
      width[0] = right - left;
    });
    return width[0];
  }
}
