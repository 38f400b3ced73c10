package org.qalam.ui.window;

import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.task.UiThread;
import org.qalam.ui.settings.ModelsView;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.text.Messages;

/**
 * The settings over the dimmed window: the look and the models. It is built with the window and
 * kept, since building and styling it takes four frames. Confined to the JavaFX thread.
 */
@UiThread
final class SettingsDialog extends StackPane {
  private static final double WIDTH = 640;
  private static final double HEIGHT = 620;

  private final ModelsViewModel models;
  private final Messages messages;
  private final ComboBox<Theme.Choice> theme = new ComboBox<>();
  private final Button close;
  private @Nullable Node focusedBefore;

  SettingsDialog(ModelsViewModel models, Messages messages) {
    this.models = models;
    this.messages = messages;
    getStyleClass().add("overlay");
    setVisible(false);
    Label title = new Label(messages.get("settings.title"));
    title.getStyleClass().add("dialog-title");
    close = new Button(null, new FontIcon("mdi2c-close"));
    close.getStyleClass().add("tool");
    close.setId("settings-close");
    close.setTooltip(new Tooltip(messages.get("dismiss")));
    close.setAccessibleText(messages.get("dismiss"));
    close.setOnAction(_ -> close());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(title, space, close);
    head.setAlignment(Pos.CENTER_LEFT);
    ModelsView page = new ModelsView(models);
    VBox.setVgrow(page, Priority.ALWAYS);
    VBox dialog = new VBox(head, appearance(), page);
    dialog.getStyleClass().add("dialog");
    dialog.setMaxSize(WIDTH, HEIGHT);
    getChildren().add(dialog);
    setOnMousePressed(event -> {
      if (equals(event.getTarget())) {
        close();
      }
    });
  }

  private HBox appearance() {
    theme.getItems().addAll(Theme.Choice.values());
    theme.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Theme.Choice value) {
            return messages.get("theme." + value.setting());
          }

          @Override
          public Theme.Choice fromString(String text) {
            throw new UnsupportedOperationException("the list is not edited");
          }
        });
    Label look = new Label(messages.get("settings.theme"));
    look.setLabelFor(theme);
    HBox appearance = new HBox(look, theme);
    appearance.getStyleClass().add("setting");
    appearance.setAlignment(Pos.CENTER_LEFT);
    return appearance;
  }

  /** Lets the writer choose the look. */
  void choose(ObjectProperty<Theme.Choice> choice) {
    theme.valueProperty().bindBidirectional(choice);
  }

  /** Styles and measures it while the window opens; to be called in the scene. */
  void prepare() {
    setVisible(true);
    applyCss();
    layout();
    setVisible(false);
  }

  /** Opens and closes its list before anything is drawn (see {@link WindowView#rehearse()}). */
  void rehearse() {
    setVisible(true);
    theme.show();
    theme.hide();
    setVisible(false);
  }

  /** Shows it with the models as they are now. */
  void open() {
    if (!isVisible()) {
      focusedBefore = getScene().getFocusOwner();
      models.refresh();
      setVisible(true);
    }
    close.requestFocus();
  }

  /** Hides it; the keyboard goes back to where it was. */
  void close() {
    setVisible(false);
    if (focusedBefore != null) {
      focusedBefore.requestFocus();
    }
    focusedBefore = null;
  }
}
