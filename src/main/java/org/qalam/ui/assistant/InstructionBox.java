package org.qalam.ui.assistant;

import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.TextAreaWrapping;
import org.qalam.ui.text.TextDirection;

/**
 * The box for the writer's own words, on what is to be done with the text or to ask about it: Enter
 * sends, Shift+Enter starts a new line. Words that came to nothing, stopped or failed, are there
 * again.
 */
final class InstructionBox extends VBox {
  private static final int MOST_ROWS = 5;

  private final AssistantViewModel model;
  private final TextArea area = new TextArea();
  private final ToggleGroup modes = new ToggleGroup();

  /** What was sent last, while its answer is awaited. */
  private String sent = "";

  /** What the words are for. */
  enum Mode {
    /** They say what is to be done with the passage, or with the answer on screen. */
    CHANGE,
    /** They ask about the whole document. */
    ASK,
    /** They ask about all documents. */
    ASK_NOTES;

    /** Its name among the window's words. */
    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  InstructionBox(AssistantViewModel model, Messages messages) {
    this.model = model;
    getStyleClass().add("instruction");
    area.setId("instruction");
    area.promptTextProperty()
        .bind(
            Bindings.createStringBinding(
                () -> messages.get(prompt()),
                modes.selectedToggleProperty(),
                model.stateProperty(),
                model.watch().subjectProperty()));
    area.accessibleTextProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    messages.get(
                        switch (mode()) {
                          case CHANGE -> "instruction.accessible";
                          case ASK -> "question.accessible";
                          case ASK_NOTES -> "question.notes.accessible";
                        }),
                modes.selectedToggleProperty()));
    TextAreaWrapping.follow(area);
    StackPane writing = new StackPane();
    writing
        .nodeOrientationProperty()
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
    getChildren().addAll(modes(messages), writing);
    writing.getChildren().addAll(area, send);
    model.stateProperty().addListener((_, _, now) -> takeBack(now));
  }

  private void takeBack(PanelState state) {
    String words = sent;
    if (words.isEmpty() || state instanceof PanelState.Working) {
      return;
    }
    sent = "";
    boolean isAnswered =
        state instanceof PanelState.Proposed now
            && now.answer().instruction().equals(words.strip());
    if (!isAnswered && area.getText().isBlank()) {
      area.setText(words);
      area.end();
    }
  }

  private HBox modes(Messages messages) {
    HBox segments = new HBox();
    segments.getStyleClass().add("segments");
    segments.setAccessibleText(messages.get("mode"));
    for (Mode each : Mode.values()) {
      ToggleButton button = new ToggleButton(messages.get("mode." + each.name()));
      button.setId("mode-" + each.key());
      button.setUserData(each);
      button.setToggleGroup(modes);
      button.setMaxWidth(Double.MAX_VALUE);
      button.getStyleClass().add("segment");
      button.setOnAction(_ -> area.requestFocus());
      HBox.setHgrow(button, Priority.ALWAYS);
      segments.getChildren().add(button);
    }
    modes
        .selectedToggleProperty()
        .addListener((_, before, now) -> {
          if (now == null) {
            modes.selectToggle(before);
          }
        });
    modes.selectToggle(modes.getToggles().getFirst());
    return segments;
  }

  /** Hears when the words are for something else. */
  void onMode(Runnable heard) {
    modes.selectedToggleProperty().addListener((_, _, _) -> heard.run());
  }

  /** What the words are for now. */
  Mode mode() {
    Toggle selected = modes.getSelectedToggle();
    return selected == null ? Mode.CHANGE : (Mode) selected.getUserData();
  }

  private String prompt() {
    return switch (mode()) {
      case CHANGE -> model.isRefinable() ? "instruction.refine" : "instruction.prompt";
      case ASK -> "question.prompt";
      case ASK_NOTES -> "question.notes.prompt";
    };
  }

  void focusText(Mode mode) {
    modes.getToggles().stream()
        .filter(toggle -> mode.equals(toggle.getUserData()))
        .forEach(modes::selectToggle);
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
      String words = area.getText();
      boolean isSent =
          switch (mode()) {
            case CHANGE -> model.refine(words);
            case ASK -> model.ask(words);
            case ASK_NOTES -> model.askNotes(words);
          };
      if (isSent) {
        sent = words;
        area.clear();
      }
    }
  }
}
