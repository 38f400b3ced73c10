package org.qalam.ui.settings;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.catalog.InstalledModel;
import org.qalam.ui.text.Messages;

/** The tool bar's model: its name, whether it is in memory, and a menu to choose another one. */
public final class ModelPill extends MenuButton {
  private final Messages messages = Messages.of(ModelPill.class);
  private final ModelsViewModel models;
  private final Runnable openModels;
  private final FontIcon icon = new FontIcon("mdi2c-circle-outline");
  private final Tooltip tooltip = new Tooltip();

  /**
   * @param openModels shows the page of models
   */
  public ModelPill(ModelsViewModel models, Runnable openModels) {
    this.models = models;
    this.openModels = openModels;
    getStyleClass().add("model-pill");
    getStylesheets().add(ModelsView.STYLESHEET);
    setAccessibleRole(AccessibleRole.MENU_BUTTON);
    setGraphic(icon);
    setTooltip(tooltip);
    models.chosenProperty().addListener((_, _, _) -> update());
    models.loadedProperty().addListener((_, _, _) -> update());
    models.enabledProperty().addListener((_, _, _) -> update());
    models.models().addListener((ListChangeListener<InstalledModel>) _ -> update());
    update();
  }

  private void update() {
    boolean on = models.enabledProperty().get();
    boolean loaded = models.loadedProperty().get();
    Optional<InstalledModel> chosen = models.chosenProperty().get();
    setText(
        !on
            ? messages.get("pill.off")
            : chosen.map(model -> model.manifest().name()).orElse(messages.get("pill.none")));
    icon.setIconLiteral(on && loaded ? "mdi2c-circle" : "mdi2c-circle-outline");
    String told =
        !on
            ? messages.get("pill.off.told")
            : chosen.isEmpty()
                ? messages.get("pill.none.told")
                : messages.get(loaded ? "pill.loaded" : "pill.unloaded");
    tooltip.setText(told);
    setAccessibleText(messages.get("pill.accessible", getText(), told));
    getItems().setAll();
    for (InstalledModel model : models.models()) {
      RadioMenuItem item = new RadioMenuItem(model.manifest().name());
      item.setSelected(chosen.equals(Optional.of(model)));
      item.setDisable(!on);
      item.setOnAction(_ -> {
        models.choose(model);
        update();
      });
      getItems().add(item);
    }
    if (!models.models().isEmpty()) {
      getItems().add(new SeparatorMenuItem());
    }
    MenuItem free = new MenuItem(messages.get("pill.free"), new FontIcon("mdi2m-memory"));
    free.setDisable(!loaded);
    free.setOnAction(_ -> models.free());
    CheckMenuItem features = new CheckMenuItem(messages.get("features"));
    features.setSelected(on);
    features.setOnAction(_ -> models.setEnabled(features.isSelected()));
    MenuItem page = new MenuItem(messages.get("pill.models"), new FontIcon("mdi2c-cog-outline"));
    page.setOnAction(_ -> openModels.run());
    getItems().addAll(free, features, new SeparatorMenuItem(), page);
  }
}
