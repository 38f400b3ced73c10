package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Action;
import org.qalam.ui.text.Messages;

/**
 * The menu of actions at the selection: type to filter, arrows to choose, Enter to run. What
 * matches no action is taken as the writer's own words.
 */
final class ActionsPopup extends Popup {
  private static final double ROW = 32;
  private static final int MOST_ROWS = 9;

  private final AssistantViewModel model;
  private final Messages messages;
  private final TextField filter = new TextField();
  private final ObservableList<Entry> entries = FXCollections.observableArrayList();
  private final ListView<Entry> list = new ListView<>(entries);
  private final VBox box = new VBox(filter, list);

  ActionsPopup(AssistantViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    box.setId("actions-popup");
    box.getStyleClass().add("actions-popup");
    box.getStylesheets().add(AssistantView.STYLESHEET);
    filter.setId("actions-filter");
    filter.setPromptText(messages.get("popup.prompt"));
    filter.setAccessibleText(messages.get("popup.prompt"));
    list.setId("actions-list");
    list.setFixedCellSize(ROW);
    list.setFocusTraversable(false);
    list.setAccessibleText(messages.get("popup.list"));
    list.setCellFactory(_ -> new EntryCell());
    getContent().add(box);
    setAutoHide(true);
    setHideOnEscape(true);
    filter.textProperty().addListener((_, _, text) -> filter(text));
    filter.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    setOnShown(_ -> filter.requestFocus());
    setOnHidden(_ -> filter.clear());
  }

  void showAt(Node owner, double screenX, double screenY) {
    filter.clear();
    filter("");
    dressLike(owner);
    show(owner, screenX, screenY);
  }

  /** Builds and measures it before it is first asked for, so that opening it does not hesitate. */
  void prepare(Node owner) {
    filter("");
    dressLike(owner);
    // Showing does this too, but only then; its colours have their names there.
    getScene().getStylesheets().setAll(owner.getScene().getStylesheets());
    Parent root = getScene().getRoot();
    root.applyCss();
    root.layout();
  }

  private void dressLike(Node owner) {
    Parent ownerRoot = owner.getScene().getRoot();
    Parent root = getScene().getRoot();
    // What is set again is styled again from the root down.
    if (!root.getStyleClass().equals(ownerRoot.getStyleClass())) {
      root.getStyleClass().setAll(ownerRoot.getStyleClass());
    }
    // The owner's colours, but not its ground.
    String style = ownerRoot.getStyle() + ";-fx-background-color: transparent;";
    if (!root.getStyle().equals(style)) {
      root.setStyle(style);
    }
    box.setNodeOrientation(owner.getEffectiveNodeOrientation());
  }

  private void filter(String typed) {
    String wanted = typed.strip().toLowerCase(Locale.getDefault());
    List<Entry> found = new ArrayList<>();
    for (Action action : model.actions()) {
      String name = messages.getOr("action." + action.id(), action.id());
      if (!action.needsInstruction() && name.toLowerCase(Locale.getDefault()).contains(wanted)) {
        found.add(new Entry(action, name, ""));
      }
    }
    model
        .instructionAction()
        .filter(_ -> !wanted.isEmpty())
        .ifPresent(action ->
            found.add(new Entry(action, messages.get("quoted", typed.strip()), typed.strip())));
    // Rows that are set again are styled again, which is most of what opening costs.
    if (!entries.equals(found)) {
      entries.setAll(found);
    }
    list.getSelectionModel().selectFirst();
    list.setPrefHeight(Math.clamp(found.size(), 1, MOST_ROWS) * ROW + 2);
    list.scrollTo(0);
  }

  private void keyPressed(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> move(1);
      case UP -> move(-1);
      case ENTER -> run(list.getSelectionModel().getSelectedItem());
      case ESCAPE -> hide();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void move(int step) {
    if (!entries.isEmpty()) {
      int next = Math.floorMod(list.getSelectionModel().getSelectedIndex() + step, entries.size());
      list.getSelectionModel().select(next);
      list.scrollTo(next);
    }
  }

  private void run(@Nullable Entry entry) {
    if (entry == null) {
      return;
    }
    hide();
    if (entry.words().isEmpty()) {
      model.run(entry.action());
    } else {
      model.instruct(entry.words());
    }
  }

  /** A row: an action, or the writer's own words. */
  private record Entry(Action action, String name, String words) {}

  private final class EntryCell extends ListCell<Entry> {
    private final FontIcon icon = new FontIcon();

    EntryCell() {
      setOnMouseClicked(_ -> run(getItem()));
      setOnMouseEntered(_ -> {
        if (getItem() != null) {
          list.getSelectionModel().select(getItem());
        }
      });
      setPrefWidth(1);
    }

    @Override
    protected void updateItem(@Nullable Entry entry, boolean isEmpty) {
      super.updateItem(entry, isEmpty);
      if (isEmpty || entry == null) {
        setText(null);
        setGraphic(null);
      } else {
        icon.setIconLiteral(entry.action().icon());
        setGraphic(icon);
        setText(entry.name());
      }
    }
  }
}
