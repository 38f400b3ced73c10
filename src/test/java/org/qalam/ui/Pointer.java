package org.qalam.ui;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import org.testfx.api.FxRobot;
import org.testfx.util.NodeQueryUtils;
import org.testfx.util.WaitForAsyncUtils;

/** A writer's hand: it scrolls to what is to be clicked, and waits until that is to be seen. */
public final class Pointer {
  private Pointer() {}

  /** Clicks on a node, which a busy machine may have to lay out first. */
  public static FxRobot click(FxRobot robot, String query) {
    robot.interact(() -> robot.lookup(query).tryQuery().ifPresent(Pointer::scrollTo));
    try {
      WaitForAsyncUtils.waitFor(
          20,
          TimeUnit.SECONDS,
          () -> robot.lookup(query).match(NodeQueryUtils.isVisible()).tryQuery().isPresent());
    } catch (TimeoutException e) {
      throw new AssertionError(query + " does not come into sight", e);
    }
    robot.clickOn(query);
    return robot;
  }

  private static void scrollTo(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at instanceof ScrollPane scroll) {
        scroll.layout();
        Bounds content = scroll.getContent().getLayoutBounds();
        Bounds place = scroll.getContent().sceneToLocal(node.localToScene(node.getLayoutBounds()));
        double hidden = content.getHeight() - scroll.getViewportBounds().getHeight();
        if (hidden > 0) {
          double top = place.getCenterY() - scroll.getViewportBounds().getHeight() / 2;
          scroll.setVvalue(Math.clamp(top / hidden, 0, 1));
        }
      }
    }
  }
}
