package org.qalam.ui.text;

import javafx.scene.control.TextArea;
import javafx.scene.control.TextFormatter;

/**
 * Wraps the lines of a text area as long as all of its text runs from left to right. JavaFX on
 * Linux fails when right-to-left text wraps itself: such a text scrolls instead.
 */
public final class TextAreaWrapping {
  private TextAreaWrapping() {}

  /**
   * Sees to an area's wrapping from now on. On the JavaFX thread.
   *
   * @param area without a formatter of its own
   */
  public static void follow(TextArea area) {
    area.setWrapText(!TextDirection.hasRightToLeft(area.getText()));
    area.setTextFormatter(
        new TextFormatter<>(change -> {
          if (area.isWrapText()
              && change.isContentChange()
              && TextDirection.hasRightToLeft(change.getControlNewText())) {
            area.setWrapText(false);
            // Before the text is there: what shows it keeps its width until it is laid out.
            area.applyCss();
            area.layout();
          }
          return change;
        }));
    area.textProperty()
        .addListener((_, _, now) -> {
          if (!TextDirection.hasRightToLeft(now)) {
            area.setWrapText(true);
          }
        });
  }
}
