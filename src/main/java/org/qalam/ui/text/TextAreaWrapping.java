package org.qalam.ui.text;

import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextFormatter;
import javafx.scene.text.Text;

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
    area.setWrapText(mayWrap(area));
    area.promptTextProperty()
        .addListener((_, _, _) -> {
          if (mayWrap(area)) {
            area.setWrapText(true);
          } else {
            unwrap(area);
          }
        });
    area.setTextFormatter(
        new TextFormatter<>(change -> {
          if (area.isWrapText()
              && change.isContentChange()
              && TextDirection.hasRightToLeft(change.getControlNewText())) {
            unwrap(area); // before the text is there
          }
          return change;
        }));
    area.textProperty()
        .addListener((_, _, _) -> {
          if (mayWrap(area)) {
            area.setWrapText(true);
          }
        });
  }

  /** What shows the text keeps its width until it is laid out, which a hidden area is not. */
  private static void unwrap(TextArea area) {
    area.setWrapText(false);
    area.applyCss();
    area.layout();
    for (Node node : area.lookupAll(".text")) {
      if (node instanceof Text text && !text.wrappingWidthProperty().isBound()) {
        text.setWrappingWidth(0);
      }
    }
  }

  /** What the area asks for is laid out also while there is a text. */
  private static boolean mayWrap(TextArea area) {
    return !TextDirection.hasRightToLeft(area.getText())
        && !TextDirection.hasRightToLeft(String.valueOf(area.getPromptText()));
  }
}
