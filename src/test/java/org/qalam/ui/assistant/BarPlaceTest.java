package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import javafx.geometry.Dimension2D;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BarPlaceTest {
  private static final Rectangle2D PAGE = new Rectangle2D(0, 0, 600, 400);
  private static final Dimension2D BAR = new Dimension2D(250, 40);

  private static Rectangle2D pointer(double x, double y) {
    return new Rectangle2D(x - 14, y - 14, 28, 28);
  }

  private static Rectangle2D bar(Rectangle2D selection, Optional<Rectangle2D> pointer) {
    Point2D place = new BarPlace(PAGE, selection, pointer).of(BAR);
    return new Rectangle2D(place.getX(), place.getY(), BAR.getWidth(), BAR.getHeight());
  }

  @Test
  void standsAboveALineAndBelowTheFirstOne() {
    Rectangle2D line = new Rectangle2D(200, 200, 100, 20);
    assertEquals(200 - 8 - 40, bar(line, Optional.empty()).getMinY());
    assertEquals(125, bar(line, Optional.empty()).getMinX());
    Rectangle2D first = new Rectangle2D(200, 5, 100, 20);
    assertEquals(33, bar(first, Optional.of(pointer(300, 2))).getMinY());
  }

  @Test
  void standsWhereTheSelectionEndedAndStepsAsideForThePointer() {
    Rectangle2D lines = new Rectangle2D(0, 100, 600, 200);
    assertEquals(308, bar(lines, Optional.of(pointer(300, 290))).getMinY());
    Rectangle2D under = pointer(300, 320);
    Rectangle2D beside = bar(lines, Optional.of(under));
    assertEquals(308, beside.getMinY());
    assertFalse(beside.intersects(under));
  }

  @Test
  void standsBeyondAFingerThatCoversTheNextLine() {
    Rectangle2D narrow = new Rectangle2D(0, 0, 300, 400);
    Rectangle2D finger = new Rectangle2D(120, 90, 60, 60);
    Point2D place =
        new BarPlace(narrow, new Rectangle2D(20, 20, 200, 110), Optional.of(finger)).of(BAR);
    assertEquals(150, place.getY());
  }

  @Test
  void keepsOffThePointerWhereEverythingIsSelected() {
    Rectangle2D under = pointer(580, 390);
    Rectangle2D placed = bar(PAGE, Optional.of(under));
    assertTrue(PAGE.contains(placed));
    assertFalse(placed.intersects(under));
  }

  @Property(tries = 500)
  void coversNeitherTheSelectionNorThePointerWhereThereIsRoom(
      @ForAll @IntRange(max = 590) int x,
      @ForAll @IntRange(max = 390) int y,
      @ForAll @IntRange(min = 4, max = 600) int width,
      @ForAll @IntRange(min = 4, max = 400) int height,
      @ForAll @IntRange(max = 600) int pointerX,
      @ForAll @IntRange(max = 400) int pointerY) {
    Rectangle2D selection =
        new Rectangle2D(x, y, Math.min(width, 600 - x), Math.min(height, 400 - y));
    Rectangle2D under = pointer(pointerX, pointerY);
    Rectangle2D placed = bar(selection, Optional.of(under));
    assertTrue(PAGE.contains(placed), placed.toString());
    assertFalse(placed.contains(pointerX, pointerY), placed.toString());
    double above = selection.getMinY() - 8;
    double below = 400 - selection.getMaxY() - 8;
    if (Math.max(above, below) >= BAR.getHeight()) {
      assertFalse(placed.intersects(selection), placed + " " + selection);
    }
  }
}
