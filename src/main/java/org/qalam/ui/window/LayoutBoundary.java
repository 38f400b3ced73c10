package org.qalam.ui.window;

import javafx.scene.layout.Region;

/**
 * A part of the window whose insides are laid out alone. JavaFX lays out every node from the root
 * down to one that has changed, with all their neighbours; at a child that is not managed it stops.
 * So a key typed in the editor does not measure the panel again, nor a written word the editor.
 * What fills the boundary gets its size from here and cannot ask for another. Confined to the
 * JavaFX thread.
 */
final class LayoutBoundary extends Region {
  private final Region content;

  LayoutBoundary(Region content) {
    this.content = content;
    content.setManaged(false);
    getChildren().add(content);
  }

  @Override
  protected double computeMinWidth(double height) {
    return content.minWidth(height);
  }

  @Override
  protected double computeMinHeight(double width) {
    return 0;
  }

  @Override
  protected double computePrefWidth(double height) {
    return content.prefWidth(height);
  }

  @Override
  protected double computePrefHeight(double width) {
    return content.prefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    content.resizeRelocate(0, 0, getWidth(), getHeight());
  }
}
