package org.qalam.ui.text;

import javafx.scene.Node;
import org.qalam.task.UiThread;

/** Work on a node that is part of the scene, but not on show. Confined to the JavaFX thread. */
@UiThread
public final class Unseen {
  private Unseen() {}

  /**
   * Makes the node visible, does the work, and hides it again before anything is drawn: JavaFX
   * neither styles nor lays out what is invisible. Does nothing while the node is on show.
   */
  public static Runnable step(Node node, Runnable work) {
    return () -> {
      if (!node.isVisible()) {
        node.setVisible(true);
        work.run();
        node.setVisible(false);
      }
    };
  }
}
