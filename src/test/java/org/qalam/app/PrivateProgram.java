package org.qalam.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.StyleClassedTextArea;

/**
 * Qalam's window in a process of its own, used by a hand that knows its buttons: unlocks the notes,
 * writes some documents, has one proofread, searches, and then closes the window or waits to be
 * killed.
 */
final class PrivateProgram {
  private PrivateProgram() {}

  /**
   * Arguments: data folder, file with the passphrase, file with a note in each line, how it ends.
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    String passphrase = Files.readString(Path.of(arguments[1])).strip();
    List<String> phrases = Files.readAllLines(Path.of(arguments[2]));
    LogFiles logs = LogFiles.silent();
    logs.writeTo(home);
    QalamWindow window = new QalamWindow(new LiveServices(() -> home));
    Thread hand =
        Thread.ofPlatform()
            .name("hand")
            .start(() -> {
              try {
                use(passphrase, phrases, arguments[3]);
              } catch (Exception e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(3);
              }
            });
    int _ = window.run();
    hand.join();
    logs.close();
    System.exit(0);
  }

  private static void use(String passphrase, List<String> phrases, String end) throws Exception {
    until(() -> find("#passphrase").isPresent());
    on(() -> {
      ((TextInputControl) find("#passphrase").orElseThrow()).setText(passphrase);
      ((Button) find("#unlock").orElseThrow()).fire();
      return true;
    });
    until(() -> find(".editor-area").isPresent() && !area().getText().isEmpty());
    for (String phrase : phrases) {
      on(() -> {
        ((ButtonBase) find("#tool-new").orElseThrow()).fire();
        return true;
      });
      until(() -> area().getText().isEmpty() && area().isEditable());
      on(() -> {
        area().appendText(phrase + " she dont know. Note.");
        return true;
      });
    }
    on(() -> {
      ClipboardContent copied = new ClipboardContent();
      copied.putString(phrases.getLast());
      Clipboard.getSystemClipboard().setContent(copied);
      ((ButtonBase) find("#action-proofread").orElseThrow()).fire();
      return true;
    });
    Thread.sleep(4000);
    System.out.println("written");
    System.out.flush();
    if (end.equals("close")) {
      on(() -> {
        Stage stage = (Stage) area().getScene().getWindow();
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
        return true;
      });
    }
  }

  private static StyleClassedTextArea area() {
    return (StyleClassedTextArea) find(".editor-area").orElseThrow();
  }

  private static Optional<Node> find(String query) {
    return Window.getWindows().stream()
        .filter(window -> window.isShowing() && window.getScene() != null)
        .flatMap(window -> window.getScene().getRoot().lookupAll(query).stream())
        .filter(((Predicate<Node>) Node::isVisible))
        .findFirst();
  }

  private static <T> T on(Callable<T> work) throws Exception {
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

  private static void until(Callable<Boolean> holds) throws Exception {
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
