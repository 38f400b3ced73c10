package org.qalam.ui.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.scene.Scene;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qalam.ui.editor.FxFailures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class TextAreaWrappingTest {
  private static final String ENGLISH =
      "Write a letter in {{language}} that is as friendly as it can be, with a date. ".repeat(4);
  private static final String ARABIC =
      ("أعد كتابة هذا النص رسالة رسمية إلى مكتب الصيانة: {{selection}}"
              + " وأضف التاريخ (Mr Kaya, +49 30 123456) ثم. ")
          .repeat(4);

  private TextArea area;
  private VBox box;
  private FxFailures failures;

  @Start
  void open(Stage stage) {
    failures = FxFailures.ofThisThread();
    area = new TextArea();
    TextAreaWrapping.follow(area);
    box = new VBox(area);
    stage.setScene(new Scene(box, 400, 300));
    stage.sizeToScene(); // an earlier test may have made it narrow
    stage.show();
  }

  /** With the property bound to the text, JavaFX throws within a few of such steps. */
  @Test
  void anyScriptCanFollowAnyOther(FxRobot robot) throws Exception {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Platform.runLater(() -> step(new Random(1), 80, done));
    assertTrue(done.get(1, TimeUnit.MINUTES));
    robot.interact(() -> area.setText(ENGLISH));
    assertTrue(area.isWrapText());
    robot.interact(() -> area.setText(ARABIC));
    assertFalse(area.isWrapText());
    failures.assertNone();
  }

  /** One on a page that is not shown is laid out when that comes to the front. */
  @Test
  void aHiddenOneCanTakeItToo(FxRobot robot) throws Exception {
    robot.interact(() -> area.setText(ENGLISH));
    robot.interact(() -> {
      box.setVisible(false);
      box.setManaged(false);
      area.setText(ARABIC);
    });
    robot.interact(() -> {
      box.setManaged(true);
      box.setVisible(true);
      assertFalse(area.getBoundsInParent().isEmpty());
    });
    failures.assertNone();
  }

  @Test
  void whatItAsksForMayRunFromTheRight(FxRobot robot) throws Exception {
    robot.interact(() -> area.setPromptText(ENGLISH));
    assertTrue(area.isWrapText());
    robot.interact(() -> area.setPromptText(ARABIC));
    robot.interact(() -> area.setText(ENGLISH));
    robot.interact(() -> area.setText(""));
    assertFalse(area.isWrapText());
    failures.assertNone();
  }

  /** One step, and later the others: what is drawn in between measures the text as well. */
  private void step(Random random, int left, CompletableFuture<Boolean> done) {
    try {
      switch (random.nextInt(6)) {
        case 0 -> area.setText(ARABIC);
        case 1 -> area.setText(ENGLISH);
        case 2 -> area.insertText(random.nextInt(area.getLength() + 1), "نص رسالة");
        case 3 -> area.setText(ENGLISH + ARABIC + ENGLISH);
        case 4 -> box.setPadding(new Insets(0, random.nextInt(200), 0, 0));
        default -> {
          area.setText("");
          area.replaceSelection(ENGLISH);
          area.insertText(5, ARABIC.substring(0, 30));
        }
      }
      if (random.nextBoolean()) {
        assertFalse(area.getBoundsInParent().isEmpty());
      }
      if (random.nextBoolean()) {
        area.selectRange(0, area.getLength() / 2);
      }
      if (random.nextBoolean()) {
        box.layout();
      }
      if (left > 0) {
        Platform.runLater(() -> step(random, left - 1, done));
      } else {
        done.complete(true);
      }
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }
}
