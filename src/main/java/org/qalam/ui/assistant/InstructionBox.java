package org.qalam.ui.assistant;

import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.TextDirection;

/** The box for the writer's own words: Enter sends, Shift+Enter starts a new line. */
final class InstructionBox extends StackPane {
  private static final int MOST_ROWS = 5;

  private final AssistantViewModel model;
  private final TextArea area = new TextArea();

  InstructionBox(AssistantViewModel model, Messages messages) {
    this.model = model;
    getStyleClass().add("instruction");
    area.setId("instruction");
    area.promptTextProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    messages.get(model.isRefinable() ? "instruction.refine" : "instruction.prompt"),
                model.stateProperty(),
                model.watch().subjectProperty()));
    area.setAccessibleText(messages.get("instruction.accessible"));
    // JavaFX on Linux fails when right-to-left text wraps itself: such a line scrolls instead.
    area.wrapTextProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> !TextDirection.hasRightToLeft(area.getText()), area.textProperty()));
    nodeOrientationProperty()
        .bind(
            Bindings.createObjectBinding(
                () ->
                    TextDirection.of(
                        area.getText().isBlank() ? area.getPromptText() : area.getText()),
                area.textProperty()));
    area.prefRowCountProperty()
        .bind(
            Bindings.createIntegerBinding(
                this::rows, area.textProperty(), area.widthProperty(), area.fontProperty()));
    area.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    Button send = new Button(null, new FontIcon("mdi2a-arrow-up"));
    send.setId("send");
    send.getStyleClass().add("send-button");
    send.setTooltip(new Tooltip(messages.get("instruction.send")));
    send.setAccessibleText(messages.get("instruction.send"));
    send.setOnAction(_ -> send());
    send.disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> area.getText().isBlank() || isAwaited(),
                area.textProperty(),
                model.stateProperty()));
    StackPane.setAlignment(send, Pos.BOTTOM_RIGHT);
    getChildren().addAll(area, send);
  }

  void focusText() {
    area.requestFocus();
  }

  private int rows() {
    if (area.getWidth() <= 0 || TextDirection.hasRightToLeft(area.getText())) {
      return Math.clamp(area.getText().lines().count(), 2, MOST_ROWS);
    }
    Text measured = new Text(area.getText() + " ");
    measured.setFont(area.getFont());
    double line = measured.getLayoutBounds().getHeight() / Math.max(1, newlines() + 1);
    measured.setWrappingWidth(Math.max(40, area.getWidth() - 56));
    return Math.clamp(Math.round(measured.getLayoutBounds().getHeight() / line), 2, MOST_ROWS);
  }

  private long newlines() {
    return area.getText().chars().filter(c -> c == '\n').count();
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER && event.isShiftDown()) {
      area.replaceSelection("\n");
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
      send();
      event.consume();
    } else if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
      // A text area would take the key as text; here it moves on, as everywhere in the panel.
      if (event.isShiftDown()) {
        area.requestFocusTraversal(TraversalDirection.PREVIOUS);
      } else {
        area.requestFocusTraversal(TraversalDirection.NEXT);
      }
      event.consume();
    }
  }

  /** Whether the first answer to a request is awaited. */
  private boolean isAwaited() {
    return model.stateProperty().get() instanceof PanelState.Working;
  }

  private void send() {
    if (!isAwaited() && !area.getText().isBlank()) {
      if (model.refine(area.getText())) {
        area.clear();
      }
    }
  }
}
