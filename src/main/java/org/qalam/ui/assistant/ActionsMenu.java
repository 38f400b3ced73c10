package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ChangeListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.event.EventHandler;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.qalam.assist.Action;
import org.qalam.ui.text.Messages;

/**
 * The menu of actions at the selection: type to filter, arrows to choose, Enter to run. What
 * matches no action is taken as the writer's own words. It lies over the window's content and is a
 * part of it: a window of its own is styled anew from its root each time that it opens, which holds
 * the JavaFX thread up (docs/decisions/0072). Confined to the JavaFX thread.
 */
public final class ActionsMenu extends Region {
  private static final double WIDTH = 300;
  private static final double ROW = 32;
  private static final int MOST_ROWS = 9;

  /** What stays free between the menu and the window's edge. */
  private static final double EDGE = 8;

  private final AssistantViewModel model;
  private final Messages messages;
  private final TextField filter = new TextField();
  private final ObservableList<Entry> entries = FXCollections.observableArrayList();
  private final ListView<Entry> list = new ListView<>(entries);
  private final VBox box = new VBox(filter, list);
  private @Nullable Node focusedBefore;

  /** Where it was asked for: the caret's foot, in this layer. */
  private Point2D place = Point2D.ZERO;

  ActionsMenu(AssistantViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    getStylesheets().add(AssistantView.STYLESHEET);
    setPickOnBounds(false);
    box.setId("actions-menu");
    box.getStyleClass().add("actions-menu");
    box.setManaged(false);
    box.setPrefWidth(WIDTH);
    filter.setId("actions-filter");
    filter.setPromptText(messages.get("menu.prompt"));
    filter.setAccessibleText(messages.get("menu.prompt"));
    list.setId("actions-list");
    list.setFixedCellSize(ROW);
    list.setFocusTraversable(false);
    list.setAccessibleText(messages.get("menu.list"));
    list.setCellFactory(_ -> new EntryCell());
    filter.textProperty().addListener((_, _, text) -> filter(text));
    filter.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    getChildren().add(box);
    filter("");
    box.setVisible(false);
    EventHandler<MouseEvent> press = this::pressed;
    ChangeListener<@Nullable Node> focus = (_, _, now) -> focusMoved(now);
    sceneProperty()
        .addListener((_, before, now) -> {
          if (before != null) {
            before.removeEventFilter(MouseEvent.MOUSE_PRESSED, press);
            before.focusOwnerProperty().removeListener(focus);
          }
          if (now != null) {
            now.addEventFilter(MouseEvent.MOUSE_PRESSED, press);
            now.focusOwnerProperty().addListener(focus);
          }
        });
  }

  /** The writer went elsewhere by keys; another window in front is no reason to close. */
  private void focusMoved(@Nullable Node now) {
    if (!filter.equals(now)) {
      close();
    }
  }

  private void pressed(MouseEvent event) {
    if (!box.contains(box.sceneToLocal(event.getSceneX(), event.getSceneY()))) {
      close();
    }
  }

  /**
   * Opens it at the foot of a caret on the screen, or takes it there; everything inside the window.
   */
  void openAt(double screenX, double screenY) {
    if (!isOpen()) {
      focusedBefore = getScene().getFocusOwner();
    }
    place = screenToLocal(screenX, screenY);
    filter.clear();
    list.getSelectionModel().selectFirst();
    list.scrollTo(0);
    box.setVisible(true);
    requestLayout();
    filter.requestFocus();
  }

  /** Whether it is on show. */
  public boolean isOpen() {
    return box.isVisible();
  }

  /** Hides it; the keyboard goes back to where it was, unless the writer took it elsewhere. */
  public void close() {
    if (isOpen()) {
      boolean hadFocus = filter.equals(getScene().getFocusOwner());
      box.setVisible(false);
      if (hadFocus && focusedBefore != null) {
        focusedBefore.requestFocus();
      }
      focusedBefore = null;
    }
  }

  /** Styles and measures it before it is first asked for, so that opening it does not hesitate. */
  void prepare() {
    box.setVisible(true);
    applyCss();
    layout();
    box.setVisible(false);
  }

  @Override
  protected void layoutChildren() {
    box.autosize();
    double below = getHeight() - place.getY();
    double y =
        below >= box.getHeight() + EDGE ? place.getY() : getHeight() - box.getHeight() - EDGE;
    boolean mirrored = getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT;
    double x = mirrored ? place.getX() - box.getWidth() : place.getX();
    double right = Math.max(EDGE, getWidth() - box.getWidth() - EDGE);
    box.relocate(snapPositionX(Math.clamp(x, EDGE, right)), snapPositionY(Math.max(EDGE, y)));
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
    requestLayout();
  }

  private void keyPressed(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> move(1);
      case UP -> move(-1);
      case ENTER -> run(list.getSelectionModel().getSelectedItem());
      case ESCAPE -> close();
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
    close();
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
      // Not when the menu opens below a pointer that rests: Enter then runs what is first.
      setOnMouseMoved(_ -> {
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
