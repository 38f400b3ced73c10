package org.qalam.ui.window;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;

/**
 * Place and size of the window, as it is kept between two starts.
 *
 * @param maximized whether it fills the screen; the other numbers are those of before
 */
record Geometry(double x, double y, double width, double height, boolean maximized) {
  static final double LEAST_WIDTH = 620;
  static final double LEAST_HEIGHT = 420;

  /** Reads what {@link #toString()} wrote. */
  static Optional<Geometry> parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 5) {
      return Optional.empty();
    }
    try {
      Geometry read =
          new Geometry(
              Double.parseDouble(parts[0]),
              Double.parseDouble(parts[1]),
              Double.parseDouble(parts[2]),
              Double.parseDouble(parts[3]),
              Boolean.parseBoolean(parts[4]));
      boolean finite = Double.isFinite(read.x + read.y + read.width + read.height);
      return finite ? Optional.of(read) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The same, moved and shrunk so that it can be reached on one of these screens. */
  Geometry on(List<Rectangle2D> screens) {
    Rectangle2D best = screens.getFirst();
    double most = -1;
    for (Rectangle2D screen : screens) {
      double across = Math.min(x + width, screen.getMaxX()) - Math.max(x, screen.getMinX());
      double down = Math.min(y + height, screen.getMaxY()) - Math.max(y, screen.getMinY());
      double shared = Math.max(0, across) * Math.max(0, down);
      if (shared > most) {
        most = shared;
        best = screen;
      }
    }
    double w = Math.min(Math.max(width, LEAST_WIDTH), best.getWidth());
    double h = Math.min(Math.max(height, LEAST_HEIGHT), best.getHeight());
    return new Geometry(
        within(x, best.getMinX(), best.getMaxX() - w),
        within(y, best.getMinY(), best.getMaxY() - h),
        w,
        h,
        maximized);
  }

  /** On a scaled screen rounding can put {@code most} a little below {@code least}. */
  private static double within(double place, double least, double most) {
    return Math.max(least, Math.min(place, most));
  }

  @Override
  public String toString() {
    return "%s %s %s %s %s".formatted(x, y, width, height, maximized);
  }
}
