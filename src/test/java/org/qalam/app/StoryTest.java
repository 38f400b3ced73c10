package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.editor.SteppedTime;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A writer's first quarter of an hour, with everything real but the screen: the window, H2 on disk,
 * the starter model in ONNX Runtime.
 */
class StoryTest {
  private static final Path STARTER = Path.of("models/smollm2-135m-instruct");
  private static final String SENTENCE = "She dont like apples and he have two cat.";

  @TempDir Path home;

  private final SteadyRobot robot = new SteadyRobot();
  private final SteppedTime time = new SteppedTime();
  private QalamWindow window = new QalamWindow(new LiveServices(() -> home, time), 0);

  @BeforeEach
  void installStarter() throws Exception {
    Path models = Files.createDirectories(home.resolve("models/smollm2-135m-instruct"));
    try (var files = Files.list(STARTER)) {
      for (Path file : files.toList()) {
        Files.createLink(models.resolve(file.getFileName()), file);
      }
    }
    FxToolkit.registerPrimaryStage();
  }

  @AfterEach
  void closeWhatIsOpen() throws Exception {
    if (!stages().isEmpty()) {
      close();
    }
  }

  @Test
  void writerProofreadsReplacesTakesBackAndFindsAllAsItWas() throws Exception {
    open();
    robot.clickOn((Button) robot.lookup(".tool").match(named("New document")).query());
    until("the new document is open and empty", () -> area().getText().isEmpty() && isOpen());
    robot.clickOn(area()).write(SENTENCE);
    assertEquals(SENTENCE, area().getText());
    robot.push(new javafx.scene.input.KeyCodeCombination(KeyCode.A, KeyCombination.SHORTCUT_DOWN));
    robot.clickOn("Proofread");
    until("the proposal is there", this::isProposed);
    assertEquals(SENTENCE, area().getText(), "nothing touches the text before the writer says so");

    robot.clickOn("#accept");
    until("the text is replaced", () -> !area().getText().equals(SENTENCE));
    String corrected = area().getText();
    assertTrue(corrected.contains("She does"), corrected);
    assertFalse(corrected.toLowerCase(java.util.Locale.ROOT).contains("corrected"), corrected);

    WaitForAsyncUtils.asyncFx(() -> area().undo()).get();
    assertEquals(SENTENCE, area().getText(), "one step takes the replacement back");
    WaitForAsyncUtils.asyncFx(() -> area().redo()).get();
    WaitForAsyncUtils.asyncFx(() -> area().moveTo(7)).get();
    Stage stage = stages().getFirst();
    WaitForAsyncUtils.asyncFx(
            () -> {
              stage.setWidth(911);
              stage.setHeight(707);
            })
        .get();
    close();

    try (DocumentStore store = H2DocumentStore.open(home)) {
      List<DocumentSummary> documents = store.list();
      assertEquals(2, documents.size(), "the welcome and the new one");
      assertEquals(corrected, store.find(documents.getFirst().id()).orElseThrow().text());
      Output output = store.outputs(documents.getFirst().id()).getFirst();
      assertEquals("proofread", output.action());
      assertEquals(SENTENCE, output.original());
      assertEquals(Output.Fate.REPLACED, output.fate());
      assertTrue(output.newTokens() > 5 && output.prompt().contains(SENTENCE));
    }

    window = new QalamWindow(new LiveServices(() -> home), 0);
    open();
    until("the text is back", () -> area().getText().equals(corrected));
    assertEquals(7, area().getCaretPosition());
    assertEquals(911, stages().getFirst().getWidth(), 1);
    assertEquals(707, stages().getFirst().getHeight(), 1);
  }

  @Test
  void closingInTheMiddleOfAnAnswerLosesNothing() throws Exception {
    open();
    robot.clickOn((Button) robot.lookup(".tool").match(named("New document")).query());
    until("the new document is open and empty", () -> area().getText().isEmpty() && isOpen());
    String text = (SENTENCE + " ").repeat(60).strip();
    WaitForAsyncUtils.asyncFx(() -> area().replaceText(text)).get();
    robot.clickOn("Proofread");
    until(
        "words stream in",
        () ->
            robot.lookup("#streamed").queryAll().stream().anyMatch(node -> node.isVisible())
                && isShown("Stop"));
    String typed = text + " Z";
    WaitForAsyncUtils.asyncFx(() -> area().appendText(" Z")).get();
    close();
    try (DocumentStore store = H2DocumentStore.open(home)) {
      DocumentSummary document = store.list().getFirst();
      assertEquals(typed, store.find(document.id()).orElseThrow().text());
      Output stopped = store.outputs(document.id()).getFirst();
      assertEquals("proofread", stopped.action());
      assertEquals(text, stopped.original());
      assertEquals(Output.Fate.STOPPED, stopped.fate());
    }
  }

  @Test
  void writerPausesResumesStopsAndComesBackAfterALongBreak() throws Exception {
    open();
    robot.clickOn((Button) robot.lookup(".tool").match(named("New document")).query());
    until("the new document is open and empty", () -> area().getText().isEmpty() && isOpen());
    String text = (SENTENCE + " ").repeat(60).strip();
    WaitForAsyncUtils.asyncFx(() -> area().replaceText(text)).get();
    robot.clickOn("Proofread");
    until("words stream in", () -> words() > 3);
    press("#pause");
    until("it says so", () -> isShown("Paused") && step().startsWith("Paused after"));
    Thread engine = engine();
    until("the engine waits", () -> engine.getState() == Thread.State.WAITING);
    WaitForAsyncUtils.waitForFxEvents();
    int words = words();
    time.pass(Duration.ofHours(2));
    assertTrue(isShown("Paused"));
    assertEquals(words, words(), "nothing is written meanwhile");
    assertEquals(text, area().getText());
    press("#pause");
    // Three sentences more: what is finished then has corrections.
    until("it goes on", () -> words() > words + 27 && step().startsWith("Writing"));
    press("#pause");
    until("it says so again", () -> isShown("Paused"));
    press("#stop");
    until("what is written is proposed", () -> isProposed());
    assertTrue(isNamed(IN_MEMORY));

    time.pass(Duration.ofMinutes(15));
    until("the model is unloaded", () -> isNamed(NOT_IN_MEMORY));
    assertTrue(isProposed(), "the answer stays");
    WaitForAsyncUtils.asyncFx(() -> area().moveTo(3)).get();
    robot.type(KeyCode.ESCAPE);
    WaitForAsyncUtils.asyncFx(() -> area().replaceText(SENTENCE)).get();
    assertTrue(isNamed(NOT_IN_MEMORY), "typing does not wake it");
    List<String> steps = new CopyOnWriteArrayList<>();
    Labeled step = robot.lookup("#step").queryAs(Labeled.class);
    WaitForAsyncUtils.asyncFx(() -> step.textProperty().addListener((_, _, now) -> steps.add(now)))
        .get();
    robot.clickOn("Proofread");
    until("the proposal is there", () -> isProposed());
    assertTrue(steps.contains("Loading the model"), steps.toString());
    until("the model is there again", () -> isNamed(IN_MEMORY));
  }

  @Test
  void closingDuringAPauseLosesNothing() throws Exception {
    open();
    robot.clickOn((Button) robot.lookup(".tool").match(named("New document")).query());
    until("the new document is open and empty", () -> area().getText().isEmpty() && isOpen());
    String text = (SENTENCE + " ").repeat(60).strip();
    WaitForAsyncUtils.asyncFx(() -> area().replaceText(text)).get();
    robot.clickOn("Proofread");
    until("words stream in", () -> words() > 3);
    press("#pause");
    until("it says so", () -> isShown("Paused"));
    close();
    try (DocumentStore store = H2DocumentStore.open(home)) {
      DocumentSummary document = store.list().getFirst();
      assertEquals(text, store.find(document.id()).orElseThrow().text());
      assertEquals(Output.Fate.STOPPED, store.outputs(document.id()).getFirst().fate());
    }
  }

  private static final String IN_MEMORY = "Model: SmolLM2 135M Instruct. In memory, ready to write";
  private static final String NOT_IN_MEMORY =
      "Model: SmolLM2 135M Instruct. Not in memory. The first request loads it.";

  private boolean isNamed(String name) {
    return robot.lookup(node -> name.equals(node.getAccessibleText())).tryQuery().isPresent();
  }

  /** Presses a button with the keyboard; while words stream in it moves away from the mouse. */
  private void press(String query) throws Exception {
    WaitForAsyncUtils.asyncFx(() -> robot.lookup(query).query().requestFocus()).get();
    robot.type(KeyCode.SPACE);
  }

  private String step() {
    return robot.lookup("#step").queryAs(Labeled.class).getText();
  }

  /** Words that are written so far, as the panel tells. */
  private int words() {
    String digits = robot.lookup("#step").tryQuery().isEmpty() ? "" : step();
    boolean counts = digits.startsWith("Writing") || digits.startsWith("Paused after");
    String number = digits.replaceAll("\\D", "");
    return counts && !number.isEmpty() ? Integer.parseInt(number) : 0;
  }

  private static Thread engine() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals("engine"))
        .filter(entry ->
            Arrays.stream(entry.getValue())
                .anyMatch(frame -> frame.getMethodName().startsWith("generate")))
        .map(java.util.Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private void open() throws Exception {
    WaitForAsyncUtils.asyncFx(() -> window.open()).get();
    until("the window shows a document", () -> !stages().isEmpty() && isOpen());
  }

  private void close() throws Exception {
    Stage stage = stages().getFirst();
    WaitForAsyncUtils.asyncFx(
            () -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)))
        .get();
    assertEquals(0, window.ended().get(30, TimeUnit.SECONDS));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static List<Stage> stages() {
    return Window.getWindows().stream()
        .filter(Stage.class::isInstance)
        .map(Stage.class::cast)
        .filter(stage -> stage.isShowing() && stage.getScene() != null)
        .filter(stage -> stage.getScene().lookup(".window") != null)
        .toList();
  }

  private boolean isOpen() {
    return robot.lookup(".editor-area").tryQuery().isPresent()
        && robot.lookup(".editor-scroll").query().isVisible();
  }

  private StyleClassedTextArea area() {
    return robot.lookup(".editor-area").queryAs(StyleClassedTextArea.class);
  }

  /** Single changes in the text, or where most words change one to replace it all. */
  private boolean isProposed() {
    for (javafx.scene.Node node = robot.lookup("#accept").query();
        node != null;
        node = node.getParent()) {
      if (!node.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private boolean isShown(String text) {
    return robot.lookup(text).queryAll().stream()
        .anyMatch(
            node -> node.isVisible() && org.testfx.util.NodeQueryUtils.isVisible().test(node));
  }

  private static java.util.function.Predicate<javafx.scene.Node> named(String name) {
    return node -> name.equals(node.getAccessibleText());
  }

  private static void until(String what, BooleanSupplier holds) throws Exception {
    try {
      WaitForAsyncUtils.waitFor(120, TimeUnit.SECONDS, () -> fx(holds));
    } catch (TimeoutException e) {
      throw new AssertionError("waited in vain until " + what, e);
    }
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static boolean fx(BooleanSupplier holds) throws Exception {
    return WaitForAsyncUtils.asyncFx(holds::getAsBoolean).get();
  }
}
