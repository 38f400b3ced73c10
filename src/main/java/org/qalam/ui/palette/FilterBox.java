package org.qalam.ui.palette;

import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.qalam.task.UiThread;

/**
 * A layer over the window's content with a box in it: a field to type in and a list of what is
 * found. The keyboard stays in the field; a press elsewhere closes the box, and so does the
 * keyboard where it goes elsewhere in the window. Who extends it says where the box stands, what is
 * found and what keys do. Confined to the JavaFX thread.
 *
 * @param <R> a row of the list
 */
@UiThread
public abstract class FilterBox<R> extends Region {
  protected final TextField filter = new TextField();
  protected final ObservableList<R> rows = FXCollections.observableArrayList();
  protected final ListView<R> list = new ListView<>(rows);
  protected final VBox box = new VBox(filter, list);
  private @Nullable Node focusedBefore;

  /**
   * @param id of the box, which is its style class too
   * @param part what the ids of field and list begin with
   */
  protected FilterBox(String id, String part, double rowHeight, String prompt, String listName) {
    box.setId(id);
    box.getStyleClass().add(id);
    box.setManaged(false);
    box.setVisible(false);
    filter.setId(part + "-filter");
    filter.setPromptText(prompt);
    filter.setAccessibleText(prompt);
    list.setId(part + "-list");
    list.setFixedCellSize(rowHeight);
    list.setFocusTraversable(false);
    list.setAccessibleText(listName);
  }

  /** Puts the box into the layer; for the constructor of who extends it. */
  protected final void install() {
    setPickOnBounds(false);
    getChildren().add(box);
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

  /** Shows the box and puts the keyboard into its field. */
  protected final void open() {
    if (!isOpen()) {
      focusedBefore = getScene().getFocusOwner();
    }
    box.setVisible(true);
    requestLayout();
    filter.requestFocus();
  }

  /** Rows that are set again are styled again, which is most of what opening costs. */
  protected final void fill(List<R> found) {
    if (!rows.equals(found)) {
      rows.setAll(found);
    }
  }

  /** Whether it is on show. */
  public final boolean isOpen() {
    return box.isVisible();
  }

  /** Hides it; the keyboard goes back to where it was, unless the writer took it elsewhere. */
  public final void close() {
    if (isOpen()) {
      boolean hadFocus = filter.equals(getScene().getFocusOwner());
      box.setVisible(false);
      if (hadFocus && focusedBefore != null) {
        focusedBefore.requestFocus();
      }
      focusedBefore = null;
    }
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
}
