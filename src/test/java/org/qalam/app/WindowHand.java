package org.qalam.app;

import com.sun.javafx.tk.TKClipboard;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.StyleClassedTextArea;

/** What a hand does in Qalam's window, in a process that has no test framework; on any thread. */
final class WindowHand {
  private WindowHand() {}

  /** Waits until the passphrase is asked for, and gives it. */
  static void unlock(String passphrase) throws Exception {
    until(() -> find("#passphrase").isPresent());
    on(() -> {
      ((TextInputControl) find("#passphrase").orElseThrow()).setText(passphrase);
      ((Button) find("#unlock").orElseThrow()).fire();
      return true;
    });
  }

  /** Closes the window as its button does. */
  static void close() throws Exception {
    on(() -> {
      Stage stage = (Stage) area().getScene().getWindow();
      stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
      return true;
    });
  }

  /** Lets go of a file or a folder over the window, as after dragging it there. */
  static void drop(Path file) throws ReflectiveOperationException {
    TKClipboard carried =
        (TKClipboard)
            Proxy.newProxyInstance(
                TKClipboard.class.getClassLoader(),
                new Class<?>[] {TKClipboard.class},
                (_, method, arguments) ->
                    switch (method.getName()) {
                      case "hasContent" -> DataFormat.FILES.equals(arguments[0]);
                      case "getContent" -> List.of(file.toFile());
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    // Only a system's own drag makes one otherwise, and there is none without a screen.
    Constructor<Dragboard> dragboard = Dragboard.class.getDeclaredConstructor(TKClipboard.class);
    dragboard.setAccessible(true);
    Event.fireEvent(
        area(),
        new DragEvent(
            null,
            null,
            DragEvent.DRAG_DROPPED,
            dragboard.newInstance(carried),
            0,
            0,
            0,
            0,
            TransferMode.COPY,
            null,
            null,
            null));
  }

  /** Types a letter, a digit, a space or a full stop where the keyboard writes. */
  static void type(char letter) throws Exception {
    KeyCode code =
        switch (letter) {
          case ' ' -> KeyCode.SPACE;
          case '.' -> KeyCode.PERIOD;
          default -> KeyCode.getKeyCode(String.valueOf(Character.toUpperCase(letter)));
        };
    press(String.valueOf(letter), code, false, false);
  }

  /** Presses a key that writes nothing. */
  static void press(KeyCode code, boolean control, boolean alt) throws Exception {
    press("", code, control, alt);
  }

  private static void press(String text, KeyCode code, boolean control, boolean alt)
      throws Exception {
    on(() -> {
      Scene scene = area().getScene();
      Node focused = scene.getFocusOwner();
      Node target = focused == null ? scene.getRoot() : focused;
      fire(target, KeyEvent.KEY_PRESSED, "", text, code, control, alt);
      if (!text.isEmpty()) {
        fire(target, KeyEvent.KEY_TYPED, text, "", KeyCode.UNDEFINED, control, alt);
      }
      fire(target, KeyEvent.KEY_RELEASED, "", text, code, control, alt);
      return true;
    });
  }

  private static void fire(
      Node target,
      EventType<KeyEvent> type,
      String character,
      String text,
      KeyCode code,
      boolean control,
      boolean alt) {
    Event.fireEvent(target, new KeyEvent(type, character, text, code, false, control, alt, false));
  }

  /** The text that is open. */
  static StyleClassedTextArea area() {
    return (StyleClassedTextArea) find(".editor-area").orElseThrow();
  }

  /** The first node that can be seen. */
  static Optional<Node> find(String query) {
    return Window.getWindows().stream()
        .filter(window -> window.isShowing() && window.getScene() != null)
        .flatMap(window -> window.getScene().getRoot().lookupAll(query).stream())
        .filter(WindowHand::isSeen)
        .findFirst();
  }

  private static boolean isSeen(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /** Does it on the JavaFX thread. */
  static <T> T on(Callable<T> work) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        done.complete(work.call());
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    });
    return done.get();
  }

  /** Waits until it holds, for a minute. */
  static void until(Callable<Boolean> holds) throws Exception {
    for (int i = 0; i < 6000; i++) {
      try {
        if (on(holds)) {
          return;
        }
      } catch (IllegalStateException e) {
        // there is no toolkit yet
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("what was waited for does not come");
  }
}
