package org.qalam.app;

import static org.qalam.app.WindowHand.area;
import static org.qalam.app.WindowHand.close;
import static org.qalam.app.WindowHand.find;
import static org.qalam.app.WindowHand.on;
import static org.qalam.app.WindowHand.press;
import static org.qalam.app.WindowHand.type;
import static org.qalam.app.WindowHand.until;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;

/**
 * Qalam's window in a process of its own, written into with keys: begins a document, types, takes
 * back, has the starter model correct a sentence and accepts what it proposes, brings a folder of
 * notes, or closes, until it is killed. Each text that the window ever showed is printed, with the
 * milliseconds of that moment.
 */
final class WritingHand {
  /** The exit code where the window did not do what was expected. */
  static final int FAILED = 3;

  private static final PrintStream OUT = System.out;

  private final Random random;

  private WritingHand(Random random) {
    this.random = random;
  }

  /**
   * Arguments: data folder, seed, passphrase where there is one, what is done beside typing, the
   * machine's memory in bytes, the folder that is dropped on the window.
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    long memory = Long.parseLong(arguments[4]);
    WritingHand hand = new WritingHand(new Random(Long.parseLong(arguments[1])));
    say("opening", "");
    QalamWindow window = new QalamWindow(new LiveServices(() -> home), memory);
    Thread thread =
        Thread.ofPlatform()
            .name("hand")
            .start(() -> {
              try {
                hand.use(arguments[2], arguments[3], Path.of(arguments[5]));
              } catch (Exception e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(FAILED);
              }
            });
    int code = window.run();
    thread.join();
    System.exit(code);
  }

  /** A line with the time; one that a kill cuts has no full stop. */
  private static synchronized void say(String what, String more) {
    OUT.print(what + " " + System.currentTimeMillis() + " " + more + " .\n");
    OUT.flush();
  }

  private static void sayText() {
    say(
        "text",
        Base64.getEncoder().encodeToString(area().getText().getBytes(StandardCharsets.UTF_8)));
  }

  private void use(String passphrase, String what, Path notes) throws Exception {
    if (!passphrase.isEmpty()) {
      WindowHand.unlock(passphrase);
    }
    until(() -> find(".editor-area").isPresent() && area().isEditable());
    press(KeyCode.N, true, false);
    until(() -> area().getText().isEmpty() && area().isEditable());
    on(() -> {
      area().requestFocus();
      area().textProperty().addListener((_, _, _) -> sayText());
      return true;
    });
    say("open", "");
    if (what.equals("accept")) {
      write("She dont like tea. They was late. ");
      correct();
    }
    boolean isClosing = what.equals("close");
    int words = 1 + random.nextInt(4);
    for (int word = 0; word < words || what.equals("type") || what.equals("accept"); word++) {
      write(Long.toString(random.nextLong(), 36).replace("-", "") + " ");
      if (random.nextInt(9) == 0) {
        press(KeyCode.Z, true, false);
      }
    }
    if (isClosing) {
      say("closing", "");
      close();
    } else {
      bring(notes);
    }
  }

  /** The notes of a folder are dropped on the window, until the first of them is open. */
  private static void bring(Path notes) throws Exception {
    say("importing", "");
    String before = on(() -> area().getText());
    on(() -> {
      WindowHand.drop(notes);
      return true;
    });
    until(() -> !area().getText().equals(before));
    say("imported", "");
  }

  private void write(String words) throws Exception {
    for (int i = 0; i < words.length(); i++) {
      type(words.charAt(i));
      Thread.sleep(random.nextInt(40));
    }
  }

  /** All that is proposed is accepted, by its key. */
  private static void correct() throws Exception {
    say("asked", "");
    on(() -> {
      ((ButtonBase) find("#action-proofread").orElseThrow()).fire();
      return true;
    });
    until(() -> find("#review-all").filter(all -> !all.isDisabled()).isPresent());
    String before = on(() -> area().getText());
    on(() -> {
      area().requestFocus();
      return true;
    });
    press(KeyCode.ENTER, true, false);
    if (!on(() -> area().getText()).equals(before)) {
      say("accepted", "");
    }
  }
}
