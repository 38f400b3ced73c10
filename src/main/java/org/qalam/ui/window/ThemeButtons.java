package org.qalam.ui.window;

import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.qalam.task.UiThread;
import org.qalam.ui.text.Messages;

/** A button for each look; the chosen one is pressed. Confined to the JavaFX thread. */
@UiThread
final class ThemeButtons extends HBox {
  private final ObjectProperty<Theme.Choice> choice;
  private final ToggleGroup group = new ToggleGroup();

  ThemeButtons(ObjectProperty<Theme.Choice> choice, Messages messages) {
    this.choice = choice;
    getStyleClass().add("segments");
    setAlignment(Pos.CENTER_LEFT);
    setAccessibleRole(AccessibleRole.TOOL_BAR);
    for (Theme.Choice look : Theme.Choice.values()) {
      ToggleButton button = new ToggleButton(messages.get("theme." + look.setting()));
      button.setId("theme-" + look.setting());
      button.getStyleClass().setAll("tab-button");
      button.setUserData(look);
      button.setToggleGroup(group);
      button.setMinWidth(USE_PREF_SIZE);
      button.setOnAction(_ -> choose(look));
      getChildren().add(button);
    }
    choice.addListener((_, _, _) -> follow());
    follow();
  }

  private void choose(Theme.Choice look) {
    choice.set(look);
    follow(); // pressed again, a toggle would be off
  }

  private void follow() {
    group.getToggles().forEach(one -> one.setSelected(choice.get() == one.getUserData()));
  }
}
