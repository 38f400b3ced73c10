package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.ui.SteadyRobot.onFx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.Folders;
import org.qalam.language.InterfaceLanguage;
import org.qalam.store.h2.Protection;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.text.WrappedText;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A writer who encrypts the notes, locks them, forgets the passphrase, and decrypts them again; and
 * one who wants the window in another language.
 */
class LockedNotesTest {
  private static final String TEXT = "The meeting with Layla is on Tuesday.";

  @TempDir Path home;

  private final SteadyRobot robot = new SteadyRobot();
  private QalamWindow window = new QalamWindow(new LiveServices(() -> home), 0);

  @BeforeEach
  void open() throws Exception {
    open(".editor-area");
  }

  /**
   * Opens the window.
   *
   * @param first what is seen then
   */
  private void open(String first) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    FxToolkit.registerPrimaryStage();
    window = new QalamWindow(new LiveServices(() -> home), 0);
    onFx(() -> {
      window.open();
      return true;
    });
    until("the window is open", () -> find(first).isPresent());
  }

  @AfterEach
  void close() throws Exception {
    InterfaceLanguage.SYSTEM.speak();
    if (!window.ended().isDone()) {
      Stage stage = stage();
      onFx(() -> {
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
        return true;
      });
      assertEquals(0, window.ended().get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void notesAreLockedAndUnlocked() throws Exception {
    robot.clickOn("#tool-new");
    until("the new document is open", () -> onFx(() -> area().getText().isEmpty()));
    robot.clickOn(area()).write(TEXT);
    robot.push(KeyCode.CONTROL, KeyCode.L);
    until("the settings tell how", () -> find("#privacy-protect").isPresent());
    robot.clickOn("#privacy-protect");
    type("#new-passphrase", "two words");
    type("#again-passphrase", "two wards");
    robot.clickOn("#privacy-protect-now");
    assertEquals("The two are not the same.", text("#privacy-problem"));
    type("#again-passphrase", "two words");
    robot.clickOn("#privacy-protect-now");
    until("the recovery key is shown", () -> find("#recovery-key").isPresent());
    String recovery =
        onFx(() -> ((TextInputControl) find("#recovery-key").orElseThrow()).getText());
    assertTrue(Protection.of(home).isPresent());
    assertTrue(onFx(() -> find("#privacy-recovery-done").orElseThrow().isDisabled()));
    robot.clickOn("#recovery-written").clickOn("#privacy-recovery-done");
    assertFalse(find("#recovery-key").isPresent());
    robot.push(KeyCode.ESCAPE);
    onFx(() -> {
      area().moveTo(4);
      ClipboardContent copied = new ClipboardContent();
      copied.putString("meeting with Layla");
      return Clipboard.getSystemClipboard().setContent(copied);
    });

    lock();
    until("it is locked", () -> find("#passphrase").isPresent());
    assertEquals(
        List.of("Qalam"),
        onFx(() ->
            Window.getWindows().stream()
                .filter(Window::isShowing)
                .map(w -> ((Stage) w).getTitle())
                .toList()));
    assertFalse(find(".editor-area").isPresent());
    until("what was copied is gone", () -> onFx(() -> !Clipboard.getSystemClipboard().hasString()));
    type("#passphrase", "two wards");
    robot.push(KeyCode.ENTER);
    until("it is refused", () -> text("#unlock-problem").equals("This is not the passphrase."));
    type("#passphrase", "two words");
    robot.push(KeyCode.ENTER);
    until(
        "the text is back",
        () -> find(".editor-area").isPresent() && onFx(() -> area().getText().equals(TEXT)));
    assertEquals(4, onFx(() -> area().getCaretPosition()));

    close();
    assertEquals(List.of(), readable("Layla"));
    open("#passphrase");
    robot.clickOn("#other-way");
    type("#recovery", recovery.toLowerCase(Locale.ROOT));
    robot.clickOn("#unlock");
    until("a new passphrase is asked for", () -> find("#privacy-change-now").isPresent());
    assertFalse(find("#old-passphrase").isPresent());
    type("#new-passphrase", "three words now");
    type("#again-passphrase", "three words now");
    robot.clickOn("#privacy-change-now");
    until("it is changed", () -> find("#privacy-remove").isPresent());
    robot.clickOn("#privacy-remove");
    type("#old-passphrase", "two words");
    robot.clickOn("#privacy-remove-now");
    until("it is refused", () -> text("#privacy-problem").equals("This is not the passphrase."));
    type("#old-passphrase", "three words now");
    robot.clickOn("#privacy-remove-now");
    until("the notes are in the open", () -> find("#privacy-protect").isPresent());
    assertTrue(Protection.of(home).isEmpty());
    assertEquals(TEXT, onFx(() -> area().getText()));
  }

  @Test
  void theWindowSpeaksAnotherLanguageAtOnceAndTheNextTime() throws Exception {
    robot.clickOn("#tool-new");
    until("the new document is open", () -> onFx(() -> area().getText().isEmpty()));
    robot.clickOn(area()).write(TEXT);
    Path inTheWay = Files.createDirectories(home.resolve("language"));
    speak(InterfaceLanguage.ARABIC);
    until(
        "the settings say why the language stays",
        () -> text("#settings-said").startsWith("The language could not be kept in "));
    assertEquals(InterfaceLanguage.SYSTEM, onFx(LockedNotesTest::languages).getValue());
    Files.delete(inTheWay);
    robot.push(KeyCode.ESCAPE);
    speak(InterfaceLanguage.ARABIC);
    until("it speaks Arabic", () -> isOpenAs("قلم", NodeOrientation.RIGHT_TO_LEFT));
    assertEquals("جديد", text("#tool-new"));
    // Letters are where clicks look for them.
    assertEquals(NodeOrientation.LEFT_TO_RIGHT, onFx(() -> area().getEffectiveNodeOrientation()));
    close();
    open();
    until("it does so the next time", () -> isOpenAs("قلم", NodeOrientation.RIGHT_TO_LEFT));
    speak(InterfaceLanguage.ENGLISH);
    until("it speaks English", () -> isOpenAs("Qalam", NodeOrientation.LEFT_TO_RIGHT));
  }

  /** Where a word can be read below the data folder. */
  private List<String> readable(String word) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        found.addAll(Folders.readable(file, List.of(word)));
      }
    }
    return found;
  }

  private void speak(InterfaceLanguage language) throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    until("the settings are open", () -> find("#settings-models").isPresent());
    robot.clickOn("#settings-models");
    onFx(() -> {
      languages().setValue(language);
      return true;
    });
  }

  @SuppressWarnings("unchecked")
  private static ComboBox<InterfaceLanguage> languages() {
    return (ComboBox<InterfaceLanguage>) find("#interface-language").orElseThrow();
  }

  private static boolean isOpenAs(String title, NodeOrientation orientation) {
    return onFx(() ->
        find(".editor-area").isPresent()
            && area().getText().equals(TEXT)
            && area().getScene().getEffectiveNodeOrientation() == orientation
            && ((Stage) area().getScene().getWindow()).getTitle().endsWith(title));
  }

  /** By the button: of keys that are down when the window goes nobody hears that they come up. */
  private void lock() throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    until("the settings are open", () -> find("#settings-privacy").isPresent());
    robot.clickOn("#settings-privacy").clickOn("#privacy-lock-now");
  }

  private void type(String query, String text) throws Exception {
    robot.clickOn(query);
    until(
        "the keyboard writes into " + query,
        () -> stage().isFocused() && onFx(() -> find(query).orElseThrow().isFocused()));
    onFx(() -> {
      ((TextInputControl) find(query).orElseThrow()).setText(text);
      return true;
    });
  }

  private static String text(String query) {
    return onFx(() -> {
      Node node = find(query).orElse(null);
      return switch (node) {
        case WrappedText words -> words.getText();
        case Labeled words -> words.getText();
        case null, default -> "";
      };
    });
  }

  private static StyleClassedTextArea area() {
    return (StyleClassedTextArea) find(".editor-area").orElseThrow();
  }

  private static Stage stage() {
    return onFx(() ->
        Window.getWindows().stream()
            .filter(Window::isShowing)
            .filter(Stage.class::isInstance)
            .map(Stage.class::cast)
            .findFirst()
            .orElseThrow());
  }

  /** A node that can be seen. */
  private static Optional<Node> find(String query) {
    return onFx(() ->
        Window.getWindows().stream()
            .filter(shown -> shown.isShowing() && shown.getScene() != null)
            .flatMap(shown -> shown.getScene().getRoot().lookupAll(query).stream())
            .filter(LockedNotesTest::isSeen)
            .findFirst());
  }

  private static boolean isSeen(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /** What the windows show, for whoever has to find out what went wrong. */
  private static String seen() {
    return onFx(() ->
        Window.getWindows().stream()
            .filter(Window::isShowing)
            .map(shown -> {
              Node root = shown.getScene().getRoot();
              Node problem = root.lookup("#unlock-problem");
              return shown.getScene().getFocusOwner()
                  + (problem instanceof WrappedText words ? " “" + words.getText() + "” " : " ")
                  + root.lookup("#unlock");
            })
            .toList()
            .toString());
  }

  private static void until(String what, BooleanSupplier holds) throws Exception {
    try {
      WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, holds::getAsBoolean);
    } catch (TimeoutException e) {
      throw new AssertionError(what + ": " + seen(), e);
    }
    WaitForAsyncUtils.waitForFxEvents();
  }
}
