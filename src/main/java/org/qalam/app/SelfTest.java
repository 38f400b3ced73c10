package org.qalam.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.qalam.document.DocumentId;
import org.qalam.store.DocumentStore;
import org.qalam.ui.text.WrappedText;

/**
 * What a writer does in the first minute, done by the program itself: it opens its window on
 * JavaFX's platform without a screen, with a data folder of its own that is deleted at the end,
 * types, proofreads, replaces, takes back and closes. People who install Qalam for others see
 * whether it works; the build lets it run once to note which classes a start needs (see
 * docs/decisions/0034). At most one in a process, and no other window.
 */
final class SelfTest {
  private static final String SENTENCE = "She dont like apples and he have two cat.";
  private static final String MORE =
      " We was walking to the libary and it were closed, so we goes home.";
  private static final String REST = "\n\n## A list\n\n- *one*\n- `two`\n\nهذا نص عربي قصير.\n";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PULSES = Duration.ofMillis(200);

  /** Between two typed characters: someone who types fast. */
  private static final Duration KEY = Duration.ofMillis(25);

  /** A step that did not work, in a sentence. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String sentence) {
      super(sentence);
    }
  }

  private boolean answered;

  /**
   * Does it all on the calling thread and two others.
   *
   * @return what worked, in a sentence
   * @throws Failure with the first step that did not
   */
  String run() throws IOException {
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    Path home = Files.createTempDirectory("qalam-self-test-");
    try {
      QalamWindow window = new QalamWindow(new LiveServices(() -> home));
      Thread walker = Thread.ofPlatform().daemon().name("self-test").unstarted(() -> walk(window));
      if (window.run(walker::start) != 0) {
        throw new Failure("The window did not close as it should.");
      }
      try (LiveServices after = new LiveServices(() -> home);
          DocumentStore store = after.openStore()) {
        if (store.list().stream().noneMatch(document -> isTyped(store, document.id()))) {
          throw new Failure("The typed text was not saved.");
        }
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    } finally {
      delete(home);
    }
    return answered
        ? "Qalam works here: the window opens, the model answers, and the text is saved."
        : "The window opens and the text is saved; there is no model to try.";
  }

  private static boolean isTyped(DocumentStore store, DocumentId id) {
    return store.find(id).filter(found -> found.text().endsWith(REST)).isPresent();
  }

  private void walk(QalamWindow window) {
    try {
      await("The window did not open", () -> shown(".editor-scroll").isPresent());
      StyleClassedTextArea area = find(".editor-area", StyleClassedTextArea.class);
      act(() -> area.replaceText(REST));
      click(area);
      act(() -> area.moveTo(0));
      type(area, SENTENCE);
      click(find(".paragraph-text", Node.class));
      act(() -> area.selectRange(0, SENTENCE.length()));
      await(
          "The panel did not get ready",
          () -> enabled("#action-proofread") || shown("#no-model").isPresent());
      if (enabled("#action-proofread")) {
        proofread(area);
      }
      act(() -> area.moveTo(area.getText().indexOf(REST)));
      type(area, MORE);
      act(() -> find(".main-menu", MenuButton.class).show());
      act(() -> find(".main-menu", MenuButton.class).hide());
      act(() -> area.appendText(" "));
      act(() -> area.deletePreviousChar());
      Stage stage = stages().getFirst();
      Platform.runLater(
          () -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
    } catch (RuntimeException e) {
      window.giveUp(e);
    }
  }

  private static void type(StyleClassedTextArea area, String words) {
    for (int i = 0; i < words.length(); i++) {
      KeyEvent key = typed(words.substring(i, i + 1));
      CompletableFuture.runAsync(() -> area.fireEvent(key), Platform::runLater).join();
      sleep(KEY);
    }
    pause();
  }

  /** Presses and releases the mouse in the middle of the node. */
  private static void click(Node node) {
    Bounds bounds = onUi(() -> node.localToScreen(node.getLayoutBounds()));
    act(() -> {
      Robot robot = new Robot();
      robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
      robot.mouseClick(MouseButton.PRIMARY);
    });
  }

  private static KeyEvent typed(String key) {
    return new KeyEvent(KeyEvent.KEY_TYPED, key, "", KeyCode.UNDEFINED, false, false, false, false);
  }

  /** Opens the list of actions and runs its first one, which is Proofread. */
  private static void chooseProofread() {
    shortcut(KeyCode.E);
    await("The list of actions did not open", () -> shown("#actions-filter").isPresent());
    press(KeyCode.ENTER);
  }

  private void proofread(StyleClassedTextArea area) {
    chooseProofread();
    await("The model did not answer", () -> enabled("#accept") || shown("#failure").isPresent());
    if (shown("#failure").isPresent()) {
      throw new Failure(
          "The model did not answer: " + find("#failure", WrappedText.class).getText());
    }
    shortcut(KeyCode.ENTER);
    await("The answer did not reach the text", () -> !area.getText().startsWith(SENTENCE));
    shortcut(KeyCode.Z);
    await("The replacement was not taken back", () -> area.getText().startsWith(SENTENCE));
    answered = true;
  }

  /** Presses a key, with the platform's own modifier. */
  private static void shortcut(KeyCode key) {
    boolean isMac = System.getProperty("os.name", "").startsWith("Mac");
    press(isMac ? KeyCode.COMMAND : KeyCode.CONTROL, key);
  }

  private static void press(KeyCode... keys) {
    act(() -> {
      Robot robot = new Robot();
      for (KeyCode key : keys) {
        robot.keyPress(key);
      }
      for (KeyCode key : keys) {
        robot.keyRelease(key);
      }
    });
  }

  private static boolean enabled(String selector) {
    return shown(selector).filter(node -> !node.isDisabled()).isPresent();
  }

  /** On the JavaFX thread. */
  private static Optional<Node> shown(String selector) {
    return stages().stream()
        .flatMap(stage -> stage.getScene().getRoot().lookupAll(selector).stream())
        .filter(SelfTest::isVisible)
        .findFirst();
  }

  private static <T extends Node> T find(String selector, Class<T> type) {
    return shown(selector)
        .map(type::cast)
        .orElseThrow(() -> new Failure(selector + " is not in the window."));
  }

  private static boolean isVisible(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static List<Stage> stages() {
    return Window.getWindows().stream()
        .filter(Stage.class::isInstance)
        .map(Stage.class::cast)
        .filter(Stage::isShowing)
        .toList();
  }

  /** Does something on the JavaFX thread and lets it be drawn. */
  private static void act(Runnable work) {
    CompletableFuture.runAsync(work, Platform::runLater).join();
    pause();
  }

  private static void await(String failure, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!onUi(condition::getAsBoolean)) {
      if (System.nanoTime() > end) {
        throw new Failure(failure + " within " + PATIENCE.toMinutes() + " minutes.");
      }
      pause();
    }
    pause();
  }

  private static <T> T onUi(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, Platform::runLater).join();
  }

  private static void pause() {
    sleep(PULSES);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("The self-test was interrupted.");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
