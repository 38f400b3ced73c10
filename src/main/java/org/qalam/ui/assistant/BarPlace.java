package org.qalam.ui.assistant;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javafx.geometry.Dimension2D;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/**
 * Where a bar stands beside what is selected: above or below it, whichever is nearer to the
 * pointer, else at its side; off the pointer; on the page. Where there is no such place it stands
 * in the corner that is farthest from the pointer. Belongs to no thread.
 *
 * @param page where it may be
 * @param selection what it must not cover
 * @param pointer what is under mouse or finger; empty where the keyboard is used
 */
record BarPlace(Rectangle2D page, Rectangle2D selection, Optional<Rectangle2D> pointer) {
  /** Between the bar and what is selected. */
  private static final double GAP = 8;

  /** The upper left corner of a bar of this size. */
  Point2D of(Dimension2D bar) {
    Point2D near = pointer.map(BarPlace::middle).orElseGet(() -> middle(selection));
    double top = selection.getMinY() - GAP;
    double bottom = selection.getMaxY() + GAP;
    // Beyond the pointer too, where it would be under it with the pointer on the last line.
    Stream<Double> rows =
        DoubleStream.of(
                top - bar.getHeight(),
                bottom,
                pointer.map(under -> Math.min(top, under.getMinY())).orElse(top) - bar.getHeight(),
                pointer.map(under -> Math.max(bottom, under.getMaxY())).orElse(bottom))
            .boxed();
    List<Double> columns =
        DoubleStream.concat(
                DoubleStream.of(near.getX() - bar.getWidth() / 2),
                pointer.stream()
                    .flatMapToDouble(under ->
                        DoubleStream.of(under.getMinX() - bar.getWidth(), under.getMaxX())))
            .map(x -> onPage(x, page.getMinX(), page.getMaxX() - bar.getWidth()))
            .boxed()
            .toList();
    Stream<Point2D> overAndUnder =
        rows.sorted(
                Comparator.comparingDouble(y -> Math.abs(y + bar.getHeight() / 2 - near.getY())))
            .flatMap(y -> columns.stream().map(x -> new Point2D(x, y)));
    double beside = onPage(selection.getMinY(), page.getMinY(), page.getMaxY() - bar.getHeight());
    Stream<Point2D> atTheSides =
        Stream.of(
            new Point2D(selection.getMaxX() + GAP, beside),
            new Point2D(selection.getMinX() - GAP - bar.getWidth(), beside));
    return Stream.concat(overAndUnder, atTheSides)
        .filter(place -> isFree(place, bar))
        .findFirst()
        .orElseGet(() -> farthest(near, bar));
  }

  private boolean isFree(Point2D place, Dimension2D bar) {
    Rectangle2D covered = at(place, bar);
    return page.contains(covered)
        && !covered.intersects(selection)
        && pointer.filter(covered::intersects).isEmpty();
  }

  private Point2D farthest(Point2D from, Dimension2D bar) {
    double right = Math.max(page.getMinX(), page.getMaxX() - bar.getWidth());
    double bottom = Math.max(page.getMinY(), page.getMaxY() - bar.getHeight());
    double x = from.getX() > middle(page).getX() ? page.getMinX() : right;
    double y = from.getY() > middle(page).getY() ? page.getMinY() : bottom;
    return new Point2D(x, y);
  }

  private static Rectangle2D at(Point2D place, Dimension2D bar) {
    return new Rectangle2D(place.getX(), place.getY(), bar.getWidth(), bar.getHeight());
  }

  private static Point2D middle(Rectangle2D box) {
    return new Point2D((box.getMinX() + box.getMaxX()) / 2, (box.getMinY() + box.getMaxY()) / 2);
  }

  private static double onPage(double wanted, double first, double last) {
    return Math.clamp(wanted, first, Math.max(first, last));
  }
}
