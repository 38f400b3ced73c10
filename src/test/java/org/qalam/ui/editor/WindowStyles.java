package org.qalam.ui.editor;

import java.util.Objects;
import javafx.scene.Scene;

/** The window's own style sheet, for scenes that show a part of the window. */
final class WindowStyles {
  private WindowStyles() {}

  static void addTo(Scene scene) {
    scene
        .getStylesheets()
        .add(
            Objects.requireNonNull(WindowStyles.class.getResource("/org/qalam/ui/window/qalam.css"))
                .toExternalForm());
  }
}
