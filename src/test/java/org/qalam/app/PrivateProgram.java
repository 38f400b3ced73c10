package org.qalam.app;

import static org.qalam.app.WindowHand.area;
import static org.qalam.app.WindowHand.find;
import static org.qalam.app.WindowHand.on;
import static org.qalam.app.WindowHand.press;
import static org.qalam.app.WindowHand.unlock;
import static org.qalam.app.WindowHand.until;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;

/**
 * Qalam's window in a process of its own, used by a hand that knows its buttons: unlocks the notes,
 * writes some documents, locks and unlocks them, has one proofread, searches, and then waits to be
 * killed.
 */
final class PrivateProgram {
  private PrivateProgram() {}

  /** Arguments: data folder, file with the passphrase, file with a note in each line. */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    String passphrase = Files.readString(Path.of(arguments[1])).strip();
    List<String> phrases = Files.readAllLines(Path.of(arguments[2]));
    LogFiles logs = LogFiles.silent();
    logs.writeTo(home);
    // Without the checker of texts: it writes nothing, but holds the window while it is loaded.
    QalamWindow window = new QalamWindow(new LiveServices(() -> home), 0);
    Thread hand =
        Thread.ofPlatform()
            .name("hand")
            .start(() -> {
              try {
                use(passphrase, phrases);
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

  private static void use(String passphrase, List<String> phrases) throws Exception {
    unlock(passphrase);
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
    lock(passphrase);
    on(() -> {
      ClipboardContent copied = new ClipboardContent();
      copied.putString(phrases.getLast());
      Clipboard.getSystemClipboard().setContent(copied);
      ((ButtonBase) find("#action-proofread").orElseThrow()).fire();
      return true;
    });
    Thread.sleep(2500);
    System.out.println("written");
    System.out.flush();
  }

  /** Nothing in memory leads to the text while the notes are locked. */
  private static void lock(String passphrase) throws Exception {
    WeakReference<Object> shown = new WeakReference<>(on(() -> area().getContent()));
    press(KeyCode.L, true, false);
    until(() -> find("#passphrase").isPresent());
    until(() -> isGone(shown));
    unlock(passphrase);
    until(() -> find(".editor-area").isPresent() && !area().getText().isEmpty());
  }

  private static boolean isGone(WeakReference<Object> shown) throws InterruptedException {
    Thread.sleep(200); // each look costs a collection of all
    System.gc();
    return shown.get() == null;
  }
}
