package org.qalam.ui.text;

import javafx.geometry.NodeOrientation;
import javafx.scene.Scene;
import org.qalam.language.InterfaceLanguage;
import org.qalam.task.UiThread;

/** The side from which a window's parts are laid out. On the JavaFX thread. */
@UiThread
public final class Mirroring {
  private Mirroring() {}

  /** Lays a scene out from the side that the language of the interface begins at. */
  public static void of(Scene scene) {
    scene.setNodeOrientation(
        InterfaceLanguage.isRightToLeft()
            ? NodeOrientation.RIGHT_TO_LEFT
            : NodeOrientation.LEFT_TO_RIGHT);
  }
}
