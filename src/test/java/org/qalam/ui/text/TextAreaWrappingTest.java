package org.qalam.ui.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
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
      "أعد كتابة هذا النص رسالة رسمية: {{selection}} (Mr Kaya, +49 30 123456) ثم. ".repeat(4);

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
    stage.show();
  }

  /** With the property bound to the text, a seventh of such steps threw inside JavaFX. */
  @Test
  void anyScriptCanFollowAnyOther(FxRobot robot) {
    Random random = new Random(1);
    robot.interact(() -> {
      area.setText(ENGLISH);
      assertTrue(area.isWrapText());
      area.setText(ARABIC);
      assertFalse(area.isWrapText());
    });
    robot.interact(() -> {
      for (int step = 0; step < 60; step++) {
        int place = random.nextInt(200);
        switch (random.nextInt(5)) {
          case 0 -> area.setText(ENGLISH);
          case 1 -> area.setText(ENGLISH + ARABIC + ENGLISH);
          case 2 -> area.insertText(Math.min(place, area.getLength()), "نص رسالة");
          case 3 -> box.setPadding(new Insets(0, place, 0, 0));
          default -> {
            area.setText("");
            area.replaceSelection(ENGLISH);
            area.insertText(5, ARABIC.substring(0, 30));
          }
        }
        assertFalse(area.getBoundsInParent().isEmpty());
        if (random.nextBoolean()) {
          box.layout();
        }
      }
    });
    failures.assertNone();
  }
}
