package org.qalam.ui;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testfx.api.FxRobot;
import org.testfx.util.NodeQueryUtils;
import org.testfx.util.WaitForAsyncUtils;

/** A writer's hand: it clicks what is to be seen, and waits until it is. */
public final class Pointer {
  private Pointer() {}

  /** Clicks on a node, which a busy machine may have to lay out first. */
  public static FxRobot click(FxRobot robot, String query) {
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
}
