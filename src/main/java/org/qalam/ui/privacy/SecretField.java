package org.qalam.ui.privacy;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.ui.text.Messages;

/** A field for a passphrase under its name, whose letters can be shown. */
final class SecretField extends VBox {
  private final PasswordField hidden = new PasswordField();
  private final TextField shown = new TextField();

  /**
   * @param id of the field
   */
  SecretField(String id, String name, Messages messages) {
    super(4);
    hidden.setId(id);
    Label label = new Label(name);
    label.setLabelFor(hidden);
    label.getStyleClass().add("strong");
    shown.textProperty().bindBidirectional(hidden.textProperty());
    shown.setVisible(false);
    hidden.setAccessibleText(name);
    shown.setAccessibleText(name);
    ToggleButton look = new ToggleButton(null, new FontIcon("mdi2e-eye-outline"));
    look.getStyleClass().add("tool");
    look.setTooltip(new Tooltip(messages.get("show")));
    look.setAccessibleText(messages.get("show"));
    look.selectedProperty().addListener((_, _, on) -> show(on));
    StackPane fields = new StackPane(hidden, shown);
    HBox.setHgrow(fields, Priority.ALWAYS);
    HBox row = new HBox(6, fields, look);
    row.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(label, row);
  }

  private void show(boolean on) {
    TextField before = on ? hidden : shown;
    TextField now = on ? shown : hidden;
    now.setVisible(true);
    before.setVisible(false);
    now.requestFocus();
    now.end();
  }

  ReadOnlyStringProperty text() {
    return hidden.textProperty();
  }

  String typed() {
    return hidden.getText();
  }

  void onEnter(Runnable then) {
    hidden.setOnAction(_ -> then.run());
    shown.setOnAction(_ -> then.run());
  }

  void clear() {
    hidden.clear();
  }

  /** Puts the keyboard into the field, with all of it chosen. */
  void focus() {
    TextField field = hidden.isVisible() ? hidden : shown;
    field.requestFocus();
    field.selectAll();
  }
}
