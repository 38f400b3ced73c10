package org.qalam.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {
  private static final Rectangle2D LAPTOP = new Rectangle2D(0, 0, 1366, 728);
  private static final Rectangle2D DESK = new Rectangle2D(1366, -200, 2560, 1400);

  @Property(tries = 200)
  void readsBackWhatItWrote(@ForAll("places") Geometry place) {
    assertEquals(Optional.of(place), Geometry.parse(place.toString()));
  }

  @Test
  void readsBackWhatItWroteWhereNumbersAreWrittenWithACommaOrInArabicDigits() {
    Locale before = Locale.getDefault();
    Geometry place = new Geometry(10.5, -3.25, 800, 600, true);
    try {
      for (String language : List.of("de-DE", "ar-EG")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertEquals(Optional.of(place), Geometry.parse(place.toString()), language);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "maximized",
        "1 2 3 4",
        "1 2 3 4 true 5",
        "1 2 wide 4 true",
        "1,5 2 3 4 true",
        "NaN 2 800 600 false",
        "1 2 Infinity 600 false",
        "1 2 800 -Infinity false"
      })
  void takesNothingFromASettingThatIsNoPlace(String text) {
    assertEquals(Optional.empty(), Geometry.parse(text));
  }

  @Test
  void staysWhereItWasWhenTheScreensAreTheSame() {
    Geometry place = new Geometry(1400, -100, 1280, 800, true);
    assertEquals(place, place.on(List.of(LAPTOP, DESK)));
  }

  @Test
  void comesBackFromAScreenThatIsGone() {
    Geometry place = new Geometry(2000, -150, 1000, 700, false).on(List.of(LAPTOP));
    assertEquals(new Geometry(366, 0, 1000, 700, false), place);
  }

  @Test
  void goesToTheScreenThatShowsMostOfIt() {
    Geometry place = new Geometry(1166, 100, 1000, 600, false).on(List.of(LAPTOP, DESK));
    assertEquals(new Geometry(1366, 100, 1000, 600, false), place);
  }

  @Test
  void shrinksToASmallerScreen() {
    Geometry place = new Geometry(50, 50, 2400, 1300, false).on(List.of(LAPTOP));
    assertEquals(new Geometry(0, 0, 1366, 728, false), place);
  }

  @Test
  void isNeverTooSmallToWorkIn() {
    Geometry place = new Geometry(50, 50, 3, -8, false).on(List.of(LAPTOP));
    assertEquals(Geometry.LEAST_WIDTH, place.width());
    assertEquals(Geometry.LEAST_HEIGHT, place.height());
  }

  @Test
  void fillsAScreenThatIsSmallerThanItsLeastSize() {
    Rectangle2D tiny = new Rectangle2D(0, 0, 480, 320);
    Geometry place = new Geometry(10, 10, 800, 600, false).on(List.of(tiny));
    assertEquals(new Geometry(0, 0, 480, 320, false), place);
  }

  @Property(tries = 500)
  void liesOnOneOfTheScreensWhereverItWas(
      @ForAll("places") Geometry before, @ForAll("screens") List<Rectangle2D> screens) {
    Geometry place = before.on(screens);
    assertTrue(
        screens.stream().anyMatch(screen -> isWithin(place, screen)), place + " on " + screens);
  }

  private static boolean isWithin(Geometry place, Rectangle2D screen) {
    double rounding = 1e-6;
    return place.x() >= screen.getMinX() - rounding
        && place.y() >= screen.getMinY() - rounding
        && place.x() + place.width() <= screen.getMaxX() + rounding
        && place.y() + place.height() <= screen.getMaxY() + rounding;
  }

  @Provide
  Arbitrary<Geometry> places() {
    Arbitrary<Double> offsets = Arbitraries.doubles().between(-20_000, 20_000).ofScale(3);
    Arbitrary<Double> sizes = Arbitraries.doubles().between(-100, 8_000).ofScale(3);
    return Combinators.combine(offsets, offsets, sizes, sizes, Arbitraries.of(true, false))
        .as(Geometry::new);
  }

  /** Screens side by side, scaled by factors that leave fractions of a pixel. */
  @Provide
  Arbitrary<List<Rectangle2D>> screens() {
    Arbitrary<Double> factors = Arbitraries.of(1.0, 1.1, 1.25, 1.5, 1.75, 3.0);
    Arbitrary<Integer> starts = Arbitraries.integers().between(-4000, 4000);
    Arbitrary<Integer> sizes = Arbitraries.integers().between(320, 4000);
    return Combinators.combine(starts, starts, sizes, sizes, factors)
        .as((x, y, width, height, factor) ->
            new Rectangle2D(x / factor, y / factor, width / factor, height / factor))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
