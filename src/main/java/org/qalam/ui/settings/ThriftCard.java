package org.qalam.ui.settings;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.WrappedText;

/** The settings of memory and battery. It binds to {@link ThriftViewModel}. */
final class ThriftCard extends VBox {
  private final ThriftViewModel model;
  private final Messages messages;

  ThriftCard(ThriftViewModel model, Messages messages) {
    super(14);
    this.model = model;
    this.messages = messages;
    getStyleClass().add("card");
    getChildren().addAll(idle(), battery());
  }

  private Node idle() {
    ComboBox<IdleLimit> choice = new ComboBox<>();
    choice.setId("idle-limit");
    choice.getItems().addAll(IdleLimit.values());
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(IdleLimit limit) {
            return limit == null ? "" : messages.get("thrift.idle." + limit.name());
          }

          @Override
          public IdleLimit fromString(String text) {
            throw new UnsupportedOperationException("the list is not edited");
          }
        });
    choice.setValue(model.idleLimitProperty().get());
    model.idleLimitProperty().addListener((_, _, limit) -> choice.setValue(limit));
    choice.valueProperty().addListener((_, _, limit) -> model.setIdleLimit(limit));
    choice.setMinWidth(Region.USE_PREF_SIZE);
    Label name = new Label(messages.get("thrift.idle"));
    name.getStyleClass().add("strong");
    name.setLabelFor(choice);
    choice.setAccessibleText(messages.get("thrift.idle"));
    choice.setAccessibleHelp(messages.get("thrift.idle.told"));
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox row = new HBox(10, name, gap, choice);
    row.setAlignment(Pos.CENTER_LEFT);
    return new VBox(4, row, told("thrift.idle.told"));
  }

  private Node battery() {
    CheckBox on = new CheckBox(messages.get("thrift.battery"));
    on.setId("spares-battery");
    on.getStyleClass().add("strong");
    on.setAccessibleHelp(messages.get("thrift.battery.told"));
    on.setSelected(model.sparesBatteryProperty().get());
    model.sparesBatteryProperty().addListener((_, _, now) -> on.setSelected(now));
    on.setOnAction(_ -> model.setSparesBattery(on.isSelected()));
    return new VBox(6, on, told("thrift.battery.told"));
  }

  private Node told(String key) {
    WrappedText told = new WrappedText(messages.get(key));
    told.getStyleClass().add("muted");
    return told;
  }
}
