package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.qalam.task.UiThread;
import org.qalam.ui.text.LineView;
import org.qalam.ui.text.Messages;
import org.qalam.ui.text.StyledLine;

/**
 * A passage as it is and as it would be, beside each other; one above the other where there is no
 * room for two columns. A long text scrolls. Confined to the JavaFX thread.
 */
@UiThread
final class TwoTexts extends Region {
  private static final double GAP = 14;
  private static final double HEADING = 18;

  /** Narrower columns break into too many lines. */
  private static final double NARROWEST_COLUMN = 170;

  /** Lines of a column at most; half as many where one stands above the other. */
  private static final double MOST_LINES = 7;

  private static final double LINE = 22;

  private final Label oldHeading;
  private final Label newHeading;
  private final LineView oldText = new LineView();
  private final LineView newText = new LineView();

  TwoTexts(Messages messages) {
    oldHeading = heading(messages.get("diff.old"));
    newHeading = heading(messages.get("diff.new"));
    oldText.setId("review-old");
    newText.setId("review-new");
    setMinWidth(0);
    getChildren().addAll(oldHeading, oldText, newHeading, newText);
  }

  private static Label heading(String text) {
    Label heading = new Label(text);
    heading.getStyleClass().addAll("quiet", "two-texts-heading");
    return heading;
  }

  void show(String before, String after) {
    List<StyledLine> old = new ArrayList<>();
    for (StyledLine line : StyledLine.plain(before)) {
      old.add(new StyledLine(line.runs(), "old", line.isRightToLeft()));
    }
    oldText.show(old);
    newText.show(StyledLine.plain(after));
    requestLayout();
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  private static boolean hasColumns(double width) {
    return width >= 2 * NARROWEST_COLUMN + GAP;
  }

  private static double column(double width) {
    return hasColumns(width) ? Math.floor((width - GAP) / 2) : width;
  }

  private static double height(LineView text, double width) {
    double most = (hasColumns(width) ? MOST_LINES : MOST_LINES / 2) * LINE;
    return Math.min(Math.floor(most), text.prefHeight(column(width)));
  }

  @Override
  protected double computePrefWidth(double height) {
    return 2 * NARROWEST_COLUMN + GAP;
  }

  @Override
  protected double computePrefHeight(double width) {
    double wide = width < 0 ? prefWidth(-1) : width;
    double old = HEADING + height(oldText, wide);
    double changed = HEADING + height(newText, wide);
    return hasColumns(wide) ? Math.max(old, changed) : old + GAP / 2 + changed;
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double column = column(width);
    place(oldHeading, oldText, 0, 0, width);
    if (hasColumns(width)) {
      place(newHeading, newText, width - column, 0, width);
    } else {
      place(newHeading, newText, 0, HEADING + height(oldText, width) + GAP / 2, width);
    }
  }

  private static void place(Label heading, LineView text, double x, double y, double width) {
    heading.resizeRelocate(x, y, column(width), HEADING);
    text.resizeRelocate(x, y + HEADING, column(width), height(text, width));
  }
}
