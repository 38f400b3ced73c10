package org.qalam.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.fxmisc.richtext.StyleClassedTextArea;

/**
 * A writer's hand on the window of this process: it finds what is shown, clicks, types, and waits
 * until it is drawn. Its methods run on any thread but JavaFX's, unless they say otherwise.
 */
final class Hand {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Between two typed characters: someone who types fast. */
  private static final Duration KEY = Duration.ofMillis(25);

  private final Duration pause;

  /** A step that did not work, in a sentence. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String sentence) {
      super(sentence);
    }
  }

  /**
   * @param pause after each step, so that it is drawn
   */
  Hand(Duration pause) {
    this.pause = pause;
  }

  void type(StyleClassedTextArea area, String words) {
    for (int i = 0; i < words.length(); i++) {
      KeyEvent key = typed(words.substring(i, i + 1));
      CompletableFuture.runAsync(() -> area.fireEvent(key), Platform::runLater).join();
      sleep(KEY);
    }
    pause();
  }

  private static KeyEvent typed(String key) {
    return new KeyEvent(KeyEvent.KEY_TYPED, key, "", KeyCode.UNDEFINED, false, false, false, false);
  }

  /** Presses and releases the mouse in the middle of the node. */
  void click(Node node) {
    Bounds bounds = onUi(() -> node.localToScreen(node.getLayoutBounds()));
    act(() -> {
      Robot robot = new Robot();
      robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
      robot.mouseClick(MouseButton.PRIMARY);
    });
  }

  /** Presses a key, with the platform's own modifier. */
  void shortcut(KeyCode key) {
    boolean isMac = System.getProperty("os.name", "").startsWith("Mac");
    press(isMac ? KeyCode.COMMAND : KeyCode.CONTROL, key);
  }

  void press(KeyCode... keys) {
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

  /**
   * Runs the first action of the list, which is Proofread, and waits for an answer or a failure.
   */
  void proofread() {
    shortcut(KeyCode.E);
    await("The list of actions did not open", () -> shown("#actions-filter").isPresent());
    press(KeyCode.ENTER);
    await("The model did not answer", () -> enabled("#accept") || shown("#failure").isPresent());
  }

  /** On the JavaFX thread. */
  static boolean enabled(String selector) {
    return shown(selector).filter(node -> !node.isDisabled()).isPresent();
  }

  /** On the JavaFX thread. */
  static Optional<Node> shown(String selector) {
    return stages().stream()
        .flatMap(stage -> stage.getScene().getRoot().lookupAll(selector).stream())
        .filter(Hand::isVisible)
        .findFirst();
  }

  /** On the JavaFX thread. */
  static <T extends Node> T find(String selector, Class<T> type) {
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

  /** On the JavaFX thread. */
  static List<Stage> stages() {
    return Window.getWindows().stream()
        .filter(Stage.class::isInstance)
        .map(Stage.class::cast)
        .filter(Stage::isShowing)
        .toList();
  }

  /** Does something on the JavaFX thread and lets it be drawn. */
  void act(Runnable work) {
    CompletableFuture.runAsync(work, Platform::runLater).join();
    pause();
  }

  void await(String failure, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!onUi(condition::getAsBoolean)) {
      if (System.nanoTime() > end) {
        throw new Failure(failure + " within " + PATIENCE.toMinutes() + " minutes.");
      }
      pause();
    }
    pause();
  }

  static <T> T onUi(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, Platform::runLater).join();
  }

  void pause() {
    sleep(pause);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("The self-test was interrupted.");
    }
  }
}
