package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentSummary;
import org.qalam.store.Autosave;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.AssistantViewModel;
import org.qalam.ui.assistant.ScriptedAssistant;
import org.qalam.ui.editor.FullDisk;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.settings.IdleLimit;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class WindowViewTest {
  @TempDir static Path folder;

  private final SteppedTime time = new SteppedTime();
  private final SteadyRobot robot = new SteadyRobot();
  private DocumentStore store;
  private WindowViewModel window;
  private ScriptedAssistant assistant;
  private AssistantViewModel panel;
  private Stage stage;
  private FxFailures failures;
  private int closed;

  @Start
  void open(Stage unused) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    store = H2DocumentStore.open(Files.createTempDirectory(folder, "store"));
    store.putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 980.0 700.0 false");
    show(new Stage(), store);
  }

  private void show(Stage on, DocumentStore documents) {
    stage = on;
    WholeWindow shown =
        WholeWindow.show(stage, documents, folder.resolve("models"), time, () -> closed++);
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

  private void control(KeyCode... keys) {
    robot.push(concat(KeyCode.CONTROL, keys));
    settle();
  }

  private static KeyCode[] concat(KeyCode first, KeyCode... others) {
    KeyCode[] all = new KeyCode[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  private static void settle() {
    WaitForAsyncUtils.waitForFxEvents();
  }

  private StyleClassedTextArea area() {
    return (StyleClassedTextArea) SteadyRobot.find(stage, ".editor-area");
  }

  private boolean isShown(String query) {
    return SteadyRobot.findAll(stage, query).stream().anyMatch(WindowViewTest::isShown);
  }

  private static boolean isShown(Node node) {
    for (Node up = node; up != null; up = up.getParent()) {
      if (!up.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /** What is to be read in all sentences, labels and buttons that are shown, menus included. */
  private Set<String> words() {
    return robot
        .lookup(node -> node instanceof Labeled || node instanceof WrappedText)
        .queryAll()
        .stream()
        .filter(WindowViewTest::isShown)
        .map(node ->
            node instanceof Labeled label
                ? String.valueOf(label.getText())
                : ((WrappedText) node).getText())
        .collect(Collectors.toSet());
  }

  private Button button(String name) {
    return robot
        .lookup(node -> node instanceof Button && name.equals(node.getAccessibleText()))
        .match(WindowViewTest::isShown)
        .queryButton();
  }

  private List<String> titles() {
    return window.library().documents().stream().map(DocumentSummary::title).toList();
  }

  private void type(String text) {
    robot.interact(() -> area().requestFocus());
    robot.write(text);
  }

  private void save() {
    robot.interact(() -> time.pass(Autosave.LATEST));
    settle();
  }

  @Test
  void theKeyboardIsInTheTextFromTheStart() {
    settle();
    assertTrue(area().isFocused(), () -> "focused: " + stage.getScene().getFocusOwner());
    robot.write("Now: ");
    assertTrue(area().getText().startsWith("Now: "), area().getText());
  }

  @Test
  void theKeyboardStaysInTheListWhereTheWriterMovesAlongIt() {
    control(KeyCode.N);
    ListView<?> list = (ListView<?>) SteadyRobot.find(stage, ".library-view .list-view");
    robot.interact(list::requestFocus);
    robot.push(KeyCode.DOWN);
    settle();
    assertTrue(area().getText().startsWith("#"), area().getText());
    assertTrue(list.isFocused());
  }

  @Test
  void beginsADocumentWithControlNAndNamesItAfterItsText() {
    control(KeyCode.N);
    assertEquals("", area().getText());
    robot.write("Heating");
    save();
    assertEquals(List.of("Heating", "Welcome to Qalam"), titles());
    assertTrue(words().contains("Saved"));
    assertTrue(words().contains("1 word"));
  }

  @Test
  void saysThatTheTextIsNotSavedYet() {
    control(KeyCode.N);
    type("H");
    assertTrue(words().contains("Saving…"));
  }

  private boolean isFieldFocused() {
    return stage.getScene().getFocusOwner() instanceof TextInputControl;
  }

  @Test
  void renamesTheOpenDocumentEvenWhereTheListIsHidden() {
    control(KeyCode.SHIFT, KeyCode.L);
    assertFalse(isShown(".library-view"));
    robot.clickOn(".main-menu").clickOn("Document");
    settle();
    robot.clickOn("Rename this document");
    for (int i = 0; i < 100 && !SteadyRobot.onFx(this::isFieldFocused); i++) {
      settle();
    }
    robot.write("Hello").type(KeyCode.ENTER);
    settle();
    assertEquals(List.of("Hello"), titles());
  }

  @Test
  void beginsADocumentWithTheButton() {
    robot.clickOn(button("New document"));
    settle();
    assertEquals("", area().getText());
    assertEquals(2, titles().size());
  }

  @Test
  void looksAsItDidWhenItIsOpenedAgain() {
    control(KeyCode.SHIFT, KeyCode.L);
    control(KeyCode.COMMA);
    robot.clickOn("#theme-dark");
    control(KeyCode.EQUALS);
    robot.interact(() -> {
      stage.hide();
      show(new Stage(), store);
    });
    settle();
    assertFalse(isShown(".library-view"));
    assertTrue(isShown(".assistant-view"));
    assertEquals(Set.of(Color.web("#17191c")), backgrounds());
    assertEquals(Optional.of("1.1"), window.setting(WindowViewModel.ZOOM));
    assertTrue(area().getText().startsWith("# Welcome"));
  }

  @Test
  void takesADeletedDocumentBackWithTheButton() {
    robot.interact(() -> SteadyRobot.find(stage, ".library-view .list-view").requestFocus());
    robot.type(KeyCode.DELETE);
    settle();
    assertEquals(List.of(), titles());
    assertTrue(isShown(".empty-state"));
    assertTrue(words().contains("“Welcome to Qalam” is deleted."));
    robot.clickOn(".toast-undo");
    settle();
    assertEquals(List.of("Welcome to Qalam"), titles());
    assertTrue(area().getText().startsWith("# Welcome"));
    assertFalse(isShown(".toast"));
  }

  @Test
  void typingAfterAnOlderDocumentWasOpenedStaysThere() {
    control(KeyCode.N);
    type("Diary");
    save();
    robot.interact(() -> SteadyRobot.find(stage, ".library-view .list-view").requestFocus());
    robot.type(KeyCode.DOWN);
    settle();
    robot.interact(() -> area().moveTo(0));
    type("Now ");
    save();
    type("and then ");
    save();
    assertTrue(area().getText().startsWith("Now and then # Welcome"), area().getText());
    assertEquals("Diary", titles().getLast());
    ListView<?> list = (ListView<?>) SteadyRobot.find(stage, ".library-view .list-view");
    assertEquals(0, list.getSelectionModel().getSelectedIndex());
  }

  @Test
  void findsWithControlF() {
    control(KeyCode.F);
    robot.write("qalam");
    assertTrue(words().contains("1 of 3"), words().toString());
    robot.type(KeyCode.ESCAPE);
    assertFalse(isShown(".find-bar"));
  }

  private Set<Paint> backgrounds() {
    return Stream.of(".backdrop", ".page", ".dialog", ".library-view", ".assistant-view")
        .map(part ->
            ((Region) SteadyRobot.find(stage, part)).getBackground().getFills().getLast().getFill())
        .collect(Collectors.toSet());
  }

  @Test
  void turnsDarkAndLightAndRemembersIt() {
    control(KeyCode.COMMA);
    robot.clickOn("#theme-dark");
    settle();
    assertTrue(((ToggleButton) SteadyRobot.find(stage, "#theme-dark")).isSelected());
    assertEquals(Set.of(Color.web("#17191c")), backgrounds());
    assertEquals(Optional.of("dark"), window.setting(WindowViewModel.THEME));
    robot.clickOn("#theme-light");
    settle();
    assertEquals(Set.of(Color.web("#f6f5f2")), backgrounds());
    assertEquals(Optional.of("light"), window.setting(WindowViewModel.THEME));
    robot.type(KeyCode.ESCAPE);
    assertFalse(isShown(".dialog"));
  }

  @Test
  void aNarrowWindowHasRoomForOneColumn() {
    assertTrue(isShown(".library-view") && isShown(".assistant-view"));
    width(620);
    assertFalse(isShown(".library-view"));
    assertTrue(isShown(".assistant-view"));
    control(KeyCode.SHIFT, KeyCode.L);
    assertTrue(isShown(".library-view"));
    assertFalse(isShown(".assistant-view"));
    control(KeyCode.SHIFT, KeyCode.A);
    assertFalse(isShown(".library-view"));
    assertTrue(isShown(".assistant-view"));
  }

  private void width(double width) {
    robot.interact(() -> stage.setWidth(width));
    settle();
    failures.assertNone();
  }

  @Test
  void showsArabicAtEveryWidthOfTheWindow() {
    String sentence =
        "قالوا في الهاتف: «سيأتي أحدهم في ٢٤ من الشهر»، ولكن لم يأتِ أحد (Mr Kaya, +49 30 123456)."
            + " ";
    robot.interact(() -> window.library().create("رسالة طويلة جداً إلى مكتب الصيانة", sentence));
    settle();
    robot.interact(
        () -> area().appendText("\n# " + sentence.repeat(2) + "\n\n" + sentence.repeat(9)));
    for (int width = 1000; width >= 620; width -= 20) {
      width(width);
    }
    width(990);
    assertTrue(area().getText().startsWith(sentence.strip()), area().getText());
  }

  @Test
  void remembersHowTheModelSparesTheMachine() {
    assertEquals(Optional.of(Optional.of(Duration.ofMinutes(15))), assistant.idleLimit);
    assertFalse(assistant.sparesBattery);
    control(KeyCode.COMMA);
    focus("#idle-limit");
    robot.type(KeyCode.DOWN);
    focus("#spares-battery");
    robot.type(KeyCode.SPACE);
    assertEquals(Optional.of(Optional.of(Duration.ofHours(1))), assistant.idleLimit);
    assertTrue(assistant.sparesBattery);
    robot.interact(() -> {
      stage.hide();
      show(new Stage(), store);
    });
    settle();
    assertEquals(Optional.of(Optional.of(Duration.ofHours(1))), assistant.idleLimit);
    assertTrue(assistant.sparesBattery);
    control(KeyCode.COMMA);
    assertEquals(
        IdleLimit.ONE_HOUR, ((ComboBox<?>) SteadyRobot.find(stage, "#idle-limit")).getValue());
    assertTrue(((CheckBox) SteadyRobot.find(stage, "#spares-battery")).isSelected());
    focus("#idle-limit");
    robot.type(KeyCode.UP, 3);
    assertEquals(Optional.of(Optional.empty()), assistant.idleLimit);
  }

  /** Goes there with the Tab key. */
  private void focus(String query) {
    Node node = SteadyRobot.find(stage, query);
    for (int i = 0; i < 40 && !node.isFocused(); i++) {
      robot.type(KeyCode.TAB);
    }
    assertTrue(node.isFocused(), query + " is out of the keyboard's reach");
  }

  @Test
  void pausesWithItsKeysAndSaysSoBelow() {
    assertFalse(words().contains("Paused"));
    robot.interact(() -> assertTrue(panel.run(ScriptedAssistant.PROOFREAD)));
    settle();
    control(KeyCode.SHIFT, KeyCode.P);
    assertTrue(assistant.isPaused());
    assertTrue(words().contains("Paused"), words().toString());
    robot.clickOn(".main-menu");
    assertTrue(words().contains("Resume the assistant"), words().toString());
    robot.type(KeyCode.ESCAPE);
    control(KeyCode.SHIFT, KeyCode.P);
    assertFalse(assistant.isPaused());
    assertFalse(words().contains("Paused"));
  }

  @Test
  void tellsItsShortcutsInTheMenu() {
    robot.clickOn(".main-menu");
    Set<String> shown = words();
    for (String keys : List.of("Ctrl+N", "Ctrl+O", "Ctrl+F", "Ctrl+E")) {
      assertTrue(shown.contains(keys), keys + " in " + shown);
    }
    robot.clickOn("Format");
    shown = words();
    for (String keys : List.of("Ctrl+B", "Ctrl+I", "Ctrl+Shift+D")) {
      assertTrue(shown.contains(keys), keys + " in " + shown);
    }
    robot.clickOn("View");
    shown = words();
    for (String keys : List.of("Ctrl+Shift+L", "Ctrl+Shift+A", "Ctrl+0")) {
      assertTrue(shown.contains(keys), keys + " in " + shown);
    }
    robot.type(KeyCode.ESCAPE, KeyCode.ESCAPE);
    robot.clickOn(".main-menu").clickOn("View").clickOn("Show the documents");
    assertEquals(Optional.of("false"), window.setting(WindowViewModel.LIST));
  }

  @Test
  void remembersHowLargeTheTextIs() {
    control(KeyCode.EQUALS);
    control(KeyCode.EQUALS);
    assertEquals(1.2, Double.parseDouble(window.setting(WindowViewModel.ZOOM).orElseThrow()), 1e-9);
    control(KeyCode.DIGIT0);
    assertEquals(Optional.of("1.0"), window.setting(WindowViewModel.ZOOM));
  }

  @Test
  void saysThatNothingIsSavedAnyLongerAndKeepsTheText() {
    robot.interact(() -> {
      stage.hide();
      show(new Stage(), new FullDisk(store).store());
    });
    settle();
    type("Z");
    save();
    assertTrue(words().contains("Not saved"), words().toString());
    assertTrue(
        words().contains(FullDisk.SENTENCE + " Your text stays here, and saving is tried again."),
        words().toString());
    assertTrue(isShown(".banner"));
  }

  @Test
  void saysAProblemUntilItIsPutAway() {
    robot.interact(() -> window.importFiles(List.of(folder.resolve("gone.md"))));
    settle();
    String sentence = window.problemProperty().get().orElseThrow();
    assertTrue(sentence.contains("gone.md"));
    assertTrue(words().contains(sentence));
    robot.clickOn(button("Close"));
    assertFalse(words().contains(sentence));
  }

  @Test
  void remembersItsPlaceWhenItIsClosed() {
    robot.interact(() -> {
      stage.setX(12);
      stage.setY(34);
      stage.setWidth(911);
      stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
      stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
    });
    assertEquals(1, closed, "asked once, however often the button is pressed");
    assertTrue(stage.isShowing(), "until all is saved");
    Geometry place =
        window.setting(WindowViewModel.GEOMETRY).flatMap(Geometry::parse).orElseThrow();
    assertEquals(new Geometry(12, 34, 911, 700, false), place);
  }

  @Test
  void everyButtonHasANameForThoseWhoDoNotSeeIt() {
    for (Node node : robot.lookup(found -> found instanceof Button && isShown(found)).queryAll()) {
      Button button = (Button) node;
      String name =
          button.getAccessibleText() == null ? button.getText() : button.getAccessibleText();
      assertTrue(name != null && !name.isBlank(), button.toString());
    }
  }
}
