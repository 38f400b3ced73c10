package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.secret.DataKey;
import org.qalam.secret.FastLocks;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.BackupStore.Restored;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.task.Worker;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.editor.EditorViewModel;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The dialog of backups by keyboard, over a real store, with the work on a thread of its own. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class BackupDialogTest {
  private static final String TEXT = "Nobody reads this: طيطوى-77";

  @TempDir static Path folder;

  private final SteadyRobot robot = new SteadyRobot();
  private final Worker background = new Worker("background");
  private DocumentStore store;
  private WindowViewModel model;
  private BackupDialog dialog;
  private Stage stage;
  private FxFailures failures;
  private Path file;

  /** What the dialog of the system gives. */
  private Optional<Path> chosen = Optional.empty();

  @Start
  void open(Stage primary) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    Path home = Files.createTempDirectory(folder, "store");
    file = home.resolve("all.backup");
    chosen = Optional.of(file);
    store = H2DocumentStore.open(home);
    store.create("", TEXT);
    EditorViewModel editor =
        new EditorViewModel(
            store, Desk.SAME_THREAD, Desk.SAME_THREAD, new SteppedTime(), Platform::runLater);
    model = new WindowViewModel(store, Desk.SAME_THREAD, background, Platform::runLater, editor);
    dialog = new BackupDialog(model, () -> chosen, Messages.of(BackupDialog.class));
    Scene scene = new Scene(new StackPane(new TextField(), dialog), 800, 600);
    Theme _ = new Theme(scene, List.of(List.of(dialog)));
    stage = primary;
    stage.setScene(scene);
    stage.show();
    dialog.open();
  }

  @AfterEach
  void end() {
    FastLocks.begin();
    failures.assertNone();
    robot.interact(() -> {
      stage.hide();
      store.close();
      model.letGo();
    });
    background.close();
  }

  private Node node(String query) {
    return SteadyRobot.find(stage, query);
  }

  private String words(String query) {
    return ((WrappedText) node(query)).getText();
  }

  private void push(KeyCode key) {
    robot.push(key);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void type(String query, String words) {
    robot.interact(() -> {
      TextField field = (TextField) node(query);
      field.requestFocus();
      field.setText(words);
    });
  }

  /** Whether a node and all around it can be seen. */
  private boolean isShown(Node node) {
    return SteadyRobot.onFx(() -> {
      Node at = node;
      while (at != null && at.isVisible()) {
        at = at.getParent();
      }
      return at == null;
    });
  }

  /** What the writer is told when it is done. */
  private String told() throws Exception {
    WaitForAsyncUtils.waitFor(
        30, TimeUnit.SECONDS, () -> SteadyRobot.onFx(() -> !dialog.isVisible()));
    return SteadyRobot.onFx(() -> model.problemProperty().get().orElse(""));
  }

  private Optional<KeyRing> lock() {
    return SteadyRobot.onFx(() -> store.lockOf(file));
  }

  @Test
  void withoutAWishItIsOneKeyAndAFileInTheOpen() throws Exception {
    assertEquals("Whoever has the file can read all of it.", words("#backup-told"));
    assertFalse(isShown(node("#backup-passphrase")));
    push(KeyCode.ENTER);
    assertTrue(told().startsWith("One document is in " + file), told());
    assertEquals(Optional.empty(), lock());
    assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).contains("Nobody reads"));
  }

  @Test
  void aPassphraseIsTypedTwiceAndTheWorkIsSeenAndOffTheWindowsThread() throws Exception {
    FastLocks.end();
    robot.interact(() -> node("#backup-own").requestFocus());
    push(KeyCode.SPACE);
    assertTrue(words("#backup-told").contains("there is no recovery key"), words("#backup-told"));
    assertTrue(SteadyRobot.onFx(() -> node("#backup-run").isDisabled()));
    assertTrue(SteadyRobot.onFx(() -> node("#backup-passphrase").isFocused()));
    robot.write("two herons", 0);
    push(KeyCode.ENTER);
    robot.write("two", 0);
    push(KeyCode.ENTER);
    assertEquals("The two are not the same.", words("#backup-problem"));
    assertFalse(Files.exists(file));
    type("#backup-again", "two herons");
    assertEquals("", words("#backup-problem"));
    chosen = Optional.empty(); // the writer thinks better of the place
    push(KeyCode.ENTER);
    assertTrue(isShown(dialog));
    chosen = Optional.of(file);
    ProgressBar working = (ProgressBar) node(".backup .progress-bar");
    assertFalse(isShown(working));
    robot.interact(() -> node("#backup-again").requestFocus());
    push(KeyCode.ENTER);
    // Finding the key takes seconds; this thread of JavaFX answers meanwhile.
    assertTrue(isShown(working));
    assertTrue(words("#backup-told").startsWith("The backup is being written"));
    assertTrue(told().endsWith("with the passphrase that you gave it, and with nothing else."));
    assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("Nobody reads"));
    KeyRing ring = lock().orElseThrow();
    assertEquals(Optional.empty(), ring.unlock(Passphrase.of("two")));
    Optional<DataKey> key = ring.unlock(Passphrase.of("two herons"));
    assertEquals(new Restored(1, 0, 0, true), SteadyRobot.onFx(() -> store.restore(file, key)));
    // What was typed is not there any more when it comes the next time.
    robot.interact(dialog::open);
    assertFalse(SteadyRobot.onFx(() -> ((CheckBox) node("#backup-own")).isSelected()));
    assertEquals("", SteadyRobot.onFx(() -> ((TextField) node("#backup-passphrase")).getText()));
  }

  @Test
  void aProblemIsToldInTheDialogOrWhereItIsClosedAboveTheText() throws Exception {
    FastLocks.end();
    chosen = Optional.of(folder.resolve("nowhere").resolve("all.backup"));
    push(KeyCode.ENTER);
    WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> isShown(node("#backup-problem")));
    assertTrue(words("#backup-problem").contains("there is no such folder"));
    robot.interact(() -> node("#backup-own").requestFocus());
    push(KeyCode.SPACE);
    type("#backup-passphrase", "x".repeat(1025));
    type("#backup-again", "x".repeat(1025));
    push(KeyCode.ENTER);
    assertEquals(
        "The passphrase has 1,025 characters; it may have 1,024.", words("#backup-problem"));
    type("#backup-passphrase", "two herons");
    type("#backup-again", "two herons");
    robot.interact(() -> node("#backup-again").requestFocus());
    push(KeyCode.ENTER);
    robot.interact(dialog::close);
    WaitForAsyncUtils.waitFor(
        30,
        TimeUnit.SECONDS,
        () -> SteadyRobot.onFx(() -> model.problemProperty().get().isPresent()));
    assertTrue(told().contains("there is no such folder"), told());
  }

  @Test
  void notesUnderAPassphraseAreBackedUpUnderItUnlessAnotherIsWanted() throws Exception {
    robot.interact(() -> {
      DataKey key = DataKey.random();
      store.protect(key, FastLocks.lock(key, Passphrase.of("of the notes"), RecoveryKey.random()));
      model.privacy().opened(key, false);
    });
    assertTrue(words("#backup-told").contains("the passphrase that they have today"));
    assertEquals(
        "Give the file another passphrase",
        SteadyRobot.onFx(() -> ((CheckBox) node("#backup-own")).getText()));
    push(KeyCode.ENTER);
    assertTrue(told().startsWith("One document is in " + file), told());
    assertEquals(Optional.empty(), lock(), "of these very notes");
    assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("Nobody reads"));
  }
}
