package org.qalam.ui;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.stage.Window;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.matcher.base.NodeMatchers;
import org.testfx.robot.Motion;
import org.testfx.service.query.NodeQuery;
import org.testfx.service.query.PointQuery;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A robot that looks for nodes on the JavaFX thread. TestFX looks on the thread of the test, where
 * a list of children that the window exchanges meanwhile ends in an exception once in a thousand
 * runs.
 */
public final class SteadyRobot extends FxRobot {
  private static final long PATIENCE_MILLIS = 60_000;

  /** What the JavaFX thread finds. */
  public static <T extends @Nullable Object> T onFx(Callable<T> look) {
    return WaitForAsyncUtils.waitForAsyncFx(PATIENCE_MILLIS, look);
  }

  /** The first node of the window that the selector finds; as with JavaFX's own, null for none. */
  public static Node find(Window window, String selector) {
    return onFx(() -> window.getScene().getRoot().lookup(selector));
  }

  /** All nodes of the window that the selector finds. */
  public static Set<Node> findAll(Window window, String selector) {
    return onFx(() -> window.getScene().getRoot().lookupAll(selector));
  }

  @Override
  public NodeQuery lookup(String query) {
    return onFx(() -> super.lookup(query));
  }

  @Override
  public <T extends Node> NodeQuery lookup(Matcher<T> matcher) {
    return onFx(() -> super.lookup(matcher));
  }

  @Override
  public <T extends Node> NodeQuery lookup(Predicate<T> predicate) {
    return onFx(() -> super.lookup(predicate));
  }

  @Override
  public PointQuery point(Node node) {
    return onFx(() -> super.point(node));
  }

  /** The first node of the selector that is to be seen, as clicks look for it. */
  private PointQuery visible(String query) {
    return onFx(
        () -> super.point(super.lookup(query).match(NodeMatchers.isVisible()).<Node>query()));
  }

  @Override
  public FxRobot clickOn(String query, Motion motion, MouseButton... buttons) {
    return clickOn(visible(query), motion, buttons);
  }

  @Override
  public FxRobot rightClickOn(String query, Motion motion) {
    return rightClickOn(visible(query), motion);
  }

  @Override
  public FxRobot moveTo(String query, Motion motion) {
    return moveTo(visible(query), motion);
  }

  @Override
  public FxRobot clickOn(PointQuery place, Motion motion, MouseButton... buttons) {
    Point2D at = onFx(place::query);
    // Jumps there: TestFX goes in two hundred steps, and waits after each.
    robotContext().getBaseRobot().moveMouse(at);
    return super.clickOn(point(at), motion, buttons);
  }

  @Override
  public FxRobot moveTo(PointQuery place, Motion motion) {
    Point2D at = onFx(place::query);
    return super.moveTo(point(at), motion);
  }
}
