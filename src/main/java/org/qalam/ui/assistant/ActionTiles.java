package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Action;
import org.qalam.ui.text.Messages;

/** The most used actions as tiles, three in a row; the last tile opens the menu of all. */
final class ActionTiles extends GridPane {
  private static final int COLUMNS = 3;
  private static final int TILES = 6;
  private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

  /** In this order, where the assistant has them; other actions fill up from behind. */
  private static final List<String> FIRST =
      List.of("proofread", "rewrite", "concise", "summarize", "key-points");

  private final Messages messages;
  private final AssistantViewModel model;
  private final OpenMenu openMenu;

  /** Opens the menu of all actions at a place on the screen. */
  @FunctionalInterface
  interface OpenMenu {
    void at(double screenX, double screenY);
  }

  ActionTiles(AssistantViewModel model, Messages messages, OpenMenu openMenu) {
    this.model = model;
    this.openMenu = openMenu;
    this.messages = messages;
    getStyleClass().add("tiles");
    for (int i = 0; i < COLUMNS; i++) {
      ColumnConstraints column = new ColumnConstraints();
      column.setPercentWidth(100.0 / COLUMNS);
      column.setHgrow(Priority.ALWAYS);
      getColumnConstraints().add(column);
    }
    List<Action> ordered = ordered(model.actions());
    boolean hasMore = ordered.size() > TILES;
    List<Action> shown = hasMore ? ordered.subList(0, TILES - 1) : ordered;
    for (Action action : shown) {
      addTile(tile(action));
    }
    if (hasMore) {
      addTile(more());
    }
  }

  private static List<Action> ordered(List<Action> actions) {
    List<Action> ordered = new ArrayList<>();
    for (String id : FIRST) {
      actions.stream().filter(action -> action.id().equals(id)).forEach(ordered::add);
    }
    actions.stream()
        .filter(
            action -> !action.isOwn() && !action.needsInstruction() && !ordered.contains(action))
        .forEach(ordered::add);
    return ordered;
  }

  private void addTile(Button tile) {
    int place = getChildren().size();
    add(tile, place % COLUMNS, place / COLUMNS);
  }

  private Button tile(Action action) {
    Button tile = tile(messages.getOr("action." + action.id(), action.id()), action.icon());
    tile.setId("action-" + action.id());
    String told = messages.getOr("action." + action.id() + ".told", "");
    if (!told.isEmpty()) {
      tile.setTooltip(new Tooltip(told));
      tile.setAccessibleHelp(told);
    }
    tile.setOnAction(_ -> model.run(action));
    tile.hoverProperty().addListener((_, _, hover) -> consider(action, hover));
    tile.focusedProperty().addListener((_, _, focused) -> consider(action, focused));
    model.stateProperty().addListener((_, _, _) -> mark(tile, action));
    return tile;
  }

  private void consider(Action action, boolean considered) {
    if (considered) {
      model.watch().consider(action);
    }
  }

  private void mark(Button tile, Action action) {
    tile.pseudoClassStateChanged(CURRENT, model.stateProperty().get().isAbout(action));
  }

  private Button more() {
    Button tile = tile(messages.get("action.more"), "mdi2d-dots-horizontal");
    tile.setId("action-more");
    tile.setOnAction(_ -> {
      Bounds bounds = tile.localToScreen(tile.getLayoutBounds());
      openMenu.at(bounds.getMinX(), bounds.getMaxY() + 4);
    });
    return tile;
  }

  private static Button tile(String name, String icon) {
    Button tile = new Button(name, new FontIcon(icon));
    tile.setContentDisplay(ContentDisplay.TOP);
    tile.setMaxWidth(Double.MAX_VALUE);
    tile.getStyleClass().add("tile");
    return tile;
  }
}
