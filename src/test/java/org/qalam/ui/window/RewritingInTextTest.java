package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.assist.Finding;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.editor.FxFailures;
import org.qalam.ui.editor.SteppedTime;
import org.qalam.ui.text.LineView;
import org.qalam.ui.text.StyledLine;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Passages that are worded anew, read as two texts beside each other, in the whole window. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class RewritingInTextTest {
  private static final String FIRST = "The heating has been broke since Monday and nobody came.";
  private static final String FIRST_ANEW = "We have had no warmth for days, and no help arrived.";
  private static final String SECOND = "Come betwen 8 and 11, I am at home then.";
  private static final String SECOND_ANEW = "Somebody will open the door for you in the morning.";

  @TempDir static Path folder;

  private final SteadyRobot robot = new SteadyRobot();
  private DocumentStore store;
  private WholeWindow shown;
  private Stage stage;
  private FxFailures failures;

  @Start
  void open(Stage unused) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    failures = FxFailures.ofThisThread();
    stage = new Stage();
    store = H2DocumentStore.open(Files.createTempDirectory(folder, "store"));
    store.putSetting(WindowViewModel.GEOMETRY, "0.0 0.0 1200.0 760.0 false");
    shown = WholeWindow.show(stage, store, folder.resolve("models"), new SteppedTime(), () -> {});
  }

  @AfterEach
  void end() {
    failures.assertNone();
    robot.interact(() -> {
      stage.hide();
      store.close();
    });
  }

  private Node node(String selector) {
    return SteadyRobot.find(stage, selector);
  }

  private Bounds place(String selector) {
    Node node = node(selector);
    return node.localToScene(node.getLayoutBounds());
  }

  private String text() {
    return ((StyleClassedTextArea) node(".editor-area")).getText();
  }

  private String read(String selector) {
    return ((LineView) node(selector))
        .lines().stream().map(StyledLine::text).collect(Collectors.joining()).strip();
  }

  private void rewrite(String text, String answer) {
    robot.interact(() -> shown.window().library().create("", text));
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(() -> shown.panel().run(shown.panel().actions().get(1)));
    robot.interact(() -> shown.assistant().answer(answer));
    WaitForAsyncUtils.sleep(300, java.util.concurrent.TimeUnit.MILLISECONDS);
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void oldAndNewStandBesideEachOtherAndEachParagraphIsDecidedOn() {
    rewrite(FIRST + "\n\n" + SECOND, FIRST_ANEW + "\n\n" + SECOND_ANEW);
    assertEquals(FIRST + "\n\n" + SECOND, text());
    assertEquals(FIRST, read("#review-old"));
    assertEquals(FIRST_ANEW, read("#review-new"));
    assertTrue(place("#review-old").getMaxX() < place("#review-new").getMinX());
    assertEquals(place("#review-old").getMinY(), place("#review-new").getMinY(), 0.5);
    assertTrue(place("#review-new").getMaxX() <= place("#review-bar").getMaxX());
    assertTrue(place("#review-new").getMaxY() <= place("#review-accept").getMinY());

    robot.push(KeyCode.ALT, KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(FIRST_ANEW + "\n\n" + SECOND, text());
    assertEquals(SECOND, read("#review-old"));
    assertTrue(((WrappedText) node("#review-warning")).getText().contains("number"));

    robot.push(KeyCode.ALT, KeyCode.DELETE);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(FIRST_ANEW + "\n\n" + SECOND, text());
    assertFalse(node("#review-bar").isVisible());

    robot.interact(() -> node(".editor-area").requestFocus());
    robot.push(KeyCode.CONTROL, KeyCode.Z);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(FIRST + "\n\n" + SECOND, text());
  }

  @Test
  void finishedParagraphsAreDecidedOnWhileTheNextOnesAreWritten() {
    String third = "The landlord knows of it since last week.";
    String thirdAnew = "I told the landlord about all of this some days ago.";
    String original = FIRST + "\n\n" + SECOND + "\n\n" + third;
    robot.interact(() -> shown.window().library().create("", original));
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(() -> shown.panel().run(shown.panel().actions().get(1)));
    robot.interact(() -> shown.assistant().finish(FIRST.length(), FIRST_ANEW));
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(node("#work-card").isVisible(), "the rest is being written");
    assertEquals(FIRST, read("#review-old"));
    assertEquals(FIRST_ANEW, read("#review-new"));
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(original.replace(FIRST, FIRST_ANEW), text());

    // A paragraph that failed a check waits for the end and for what is said of it.
    String two = FIRST_ANEW + "\n\n" + SECOND_ANEW;
    robot.interact(() -> shown.assistant().finishBadly(FIRST.length() + 2 + SECOND.length(), two));
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(node("#review-bar").isVisible());
    String all = two + "\n\n" + thirdAnew;
    robot.interact(() -> shown.assistant().finish(original.length(), all));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(third, read("#review-old"));
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(FIRST_ANEW + "\n\n" + SECOND + "\n\n" + thirdAnew, text());

    robot.interact(() -> shown.assistant().answer(all, new Finding(Finding.Check.CHATTER, "")));
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(SECOND, read("#review-old"));
    assertTrue(((WrappedText) node("#review-warning")).getText().contains("number"));
    robot.push(KeyCode.ALT, KeyCode.ENTER); // asks once more
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(FIRST_ANEW + "\n\n" + SECOND + "\n\n" + thirdAnew, text());
    robot.push(KeyCode.ALT, KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(all, text());
    assertFalse(node("#review-bar").isVisible());
  }

  @Test
  void inANarrowWindowTheNewTextStandsBelowTheOldOne() {
    robot.interact(() -> stage.setWidth(720));
    rewrite(SECOND, SECOND_ANEW);
    assertEquals(SECOND, read("#review-old"));
    assertEquals(SECOND_ANEW, read("#review-new"));
    assertTrue(place("#review-old").getMaxY() <= place("#review-new").getMinY());
    assertEquals(place("#review-old").getMinX(), place("#review-new").getMinX(), 0.5);
    assertTrue(place("#review-new").getMaxY() <= place("#review-accept").getMinY());
    robot.clickOn("#review-accept"); // a number would be missing
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(SECOND, text());
    robot.clickOn("#review-accept");
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(SECOND_ANEW, text());
  }
}
