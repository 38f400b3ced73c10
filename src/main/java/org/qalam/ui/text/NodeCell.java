package org.qalam.ui.text;

import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import org.qalam.task.UiThread;

/**
 * A list's row that is one node, as wide as the list. A list fills the room below its last row with
 * empty ones, and JavaFX measures and lays out each as a label; these have no words of their own,
 * so they need none of it. Confined to the JavaFX thread.
 */
@UiThread
public abstract class NodeCell<T> extends ListCell<T> {
  /** Height of a row that shows nothing, in pixels. */
  private static final double EMPTY = 24;

  @Override
  protected double computePrefWidth(double height) {
    return 1;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 0;
  }

  @Override
  protected double computePrefHeight(double width) {
    if (getListView() != null && getListView().getFixedCellSize() > 0) {
      return getListView().getFixedCellSize();
    }
    Node node = getGraphic();
    if (node == null) {
      return EMPTY;
    }
    Insets insets = getInsets();
    double inside = width < 0 ? -1 : width - insets.getLeft() - insets.getRight();
    return insets.getTop() + snapSizeY(node.prefHeight(inside)) + insets.getBottom();
  }

  @Override
  protected void layoutChildren() {
    Node node = getGraphic();
    if (node != null) {
      Insets insets = getInsets();
      node.resizeRelocate(
          insets.getLeft(),
          insets.getTop(),
          getWidth() - insets.getLeft() - insets.getRight(),
          getHeight() - insets.getTop() - insets.getBottom());
    }
  }
}
