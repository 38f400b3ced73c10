package org.qalam.ui.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<InstalledModel, RadioMenuItem> choices = new LinkedHashMap<>();
  private final MenuItem free =
      new MenuItem(messages.get("pill.free"), new FontIcon("mdi2m-memory"));
  private final CheckMenuItem features = new CheckMenuItem(messages.get("features"));

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
    free.setOnAction(_ -> models.free());
    features.setOnAction(_ -> models.setEnabled(features.isSelected()));
    models.chosenProperty().addListener((_, _, _) -> update());
    models.loadedProperty().addListener((_, _, _) -> update());
    models.enabledProperty().addListener((_, _, _) -> update());
    models.models().addListener((ListChangeListener<InstalledModel>) _ -> list());
    list();
  }

  /** Builds the menu; what changes more often than the models is told by {@link #update()}. */
  private void list() {
    choices.clear();
    for (InstalledModel model : models.models()) {
      RadioMenuItem item = new RadioMenuItem(model.manifest().name());
      item.setOnAction(_ -> {
        models.choose(model);
        update();
      });
      choices.put(model, item);
    }
    MenuItem page = new MenuItem(messages.get("pill.models"), new FontIcon("mdi2c-cog-outline"));
    page.setOnAction(_ -> openModels.run());
    List<MenuItem> items = new ArrayList<>(choices.values());
    if (!items.isEmpty()) {
      items.add(new SeparatorMenuItem());
    }
    items.addAll(List.of(free, features, new SeparatorMenuItem(), page));
    getItems().setAll(items);
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
    choices.forEach((model, item) -> {
      item.setSelected(chosen.equals(Optional.of(model)));
      item.setDisable(!on);
    });
    free.setDisable(!loaded);
    features.setSelected(on);
  }
}
