package org.qalam.ui.editor;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.ui.text.Messages;

/** Finds a text in the document: as one types, next and previous, how many there are. */
final class FindBar extends HBox {
  private final StyleClassedTextArea area;
  private final Messages messages;
  private final TextField field = new TextField();
  private final Label count = new Label();
  private final Runnable close;

  FindBar(StyleClassedTextArea area, Messages messages, Runnable close) {
    this.area = area;
    this.messages = messages;
    this.close = close;
    getStyleClass().add("find-bar");
    field.setPromptText(messages.get("find.prompt"));
    field.setAccessibleText(messages.get("find.prompt"));
    field.textProperty().addListener((_, _, _) -> step(true, true));
    field.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ENTER) {
        step(!event.isShiftDown(), false);
        event.consume();
      } else if (event.getCode() == KeyCode.ESCAPE) {
        end();
        event.consume();
      }
    });
    count.getStyleClass().add("find-count");
    getChildren()
        .addAll(
            field,
            count,
            button("mdi2c-chevron-up", "find.previous", () -> step(false, false)),
            button("mdi2c-chevron-down", "find.next", () -> step(true, false)),
            button("mdi2c-close", "find.close", this::end));
  }

  private Button button(String icon, String key, Runnable action) {
    Button button = new Button(null, new FontIcon(icon));
    button.getStyleClass().add("tool");
    button.setTooltip(new Tooltip(messages.get(key)));
    button.setAccessibleText(messages.get(key));
    button.setOnAction(_ -> action.run());
    return button;
  }

  /** Puts the keyboard into the field. */
  void begin(String selected) {
    if (!selected.isEmpty() && selected.indexOf('\n') < 0) {
      field.setText(selected);
    }
    field.requestFocus();
    field.selectAll();
    step(true, true);
  }

  private void end() {
    close.run();
    area.requestFocus();
  }

  /** Selects the next or previous place; while typing also the one at the caret itself. */
  private void step(boolean forward, boolean typing) {
    List<Integer> places = TextSearch.places(area.getText(), field.getText());
    if (places.isEmpty()) {
      count.setText(field.getText().isEmpty() ? "" : messages.get("find.none"));
      return;
    }
    int from = area.getSelection().getStart();
    int chosen = -1;
    if (forward) {
      for (int i = 0; i < places.size() && chosen < 0; i++) {
        if (places.get(i) > from || (typing && places.get(i) == from)) {
          chosen = i;
        }
      }
      chosen = Math.max(chosen, 0);
    } else {
      for (int i = places.size() - 1; i >= 0 && chosen < 0; i--) {
        if (places.get(i) < from) {
          chosen = i;
        }
      }
      chosen = chosen < 0 ? places.size() - 1 : chosen;
    }
    int start = places.get(chosen);
    area.selectRange(start, start + field.getText().length());
    area.requestFollowCaret();
    count.setText(messages.get("find.count", chosen + 1, places.size()));
  }
}
