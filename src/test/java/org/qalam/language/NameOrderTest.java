package org.qalam.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NameOrderTest {
  private Locale before = Locale.ROOT;

  @BeforeEach
  void remember() {
    before = Locale.getDefault(Locale.Category.DISPLAY);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(Locale.Category.DISPLAY, before);
  }

  /** Sorts them from their end, and by their places as well. */
  private static List<String> sorted(String language, List<String> names) {
    Locale.setDefault(Locale.Category.DISPLAY, Locale.of(language));
    NameOrder order = NameOrder.here();
    List<String> sorted = names.reversed().stream().sorted(order).toList();
    assertEquals(
        sorted, names.reversed().stream().sorted(Comparator.comparing(order::place)).toList());
    return sorted;
  }

  @Test
  void arabicNamesStandAsInADictionary() {
    List<String> names =
        List.of("آمال", "إبراهيم", "أحمد", "اسم", "رجال", "رَجُل", "على", "علي", "مدرسة", "مدرسه");
    assertEquals(names, sorted("ar", names));
  }

  @Test
  void onesOwnScriptComesFirst() {
    assertEquals(
        List.of("مدرسة", "éclair", "zebra"), sorted("ar", List.of("éclair", "zebra", "مدرسة")));
    assertEquals(
        List.of("éclair", "zebra", "مدرسة"), sorted("en", List.of("éclair", "zebra", "مدرسة")));
  }

  @Test
  void numbersCountByTheirValueInAnyDigits() {
    List<String> names = List.of("Part 2", "Part 10", "Part 100b", "فصل ٢", "فصل ١٠");
    assertEquals(names, sorted("en", names));
  }

  @Test
  void twoNamesAreNeverTheSame() {
    List<String> alike = List.of("a", "a\u0000", "كتب", "كت\u0001ب");
    assertEquals(4, sorted("ar", alike).stream().distinct().count());
    for (String one : alike) {
      for (String other : alike) {
        if (!one.equals(other)) {
          assertNotEquals(0, NameOrder.here().compare(one, other));
          assertNotEquals(NameOrder.here().place(one), NameOrder.here().place(other));
        }
      }
    }
  }
}
