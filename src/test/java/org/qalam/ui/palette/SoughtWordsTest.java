package org.qalam.ui.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoughtWordsTest {
  private static final List<String> NAMES =
      List.of(
          "Proofread",
          "Plain language",
          "Key points",
          "To list",
          "Translate: French",
          "Rename this document",
          "Find…",
          "إعادة الصياغة",
          "تصحيح الأخطاء",
          "الوضع المظلم");

  private static boolean finds(String typed, String name) {
    return SoughtWords.of(name).distance(SoughtWords.of(typed)).isPresent();
  }

  private static String nearest(String typed) {
    SoughtWords wanted = SoughtWords.of(typed);
    return NAMES.stream()
        .filter(name -> finds(typed, name))
        .min(Comparator.comparingInt(name -> SoughtWords.of(name).distance(wanted).orElseThrow()))
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "proof, Proofread",
    "PROOFRAED, Proofread",
    "prf, Proofread",
    "lang, Plain language",
    "languge, Plain language",
    "kp, Key points",
    "points key, Key points",
    "list, To list",
    "fre, Translate: French",
    "french transl, Translate: French",
    "find, Find…",
    "doc ren, Rename this document"
  })
  void findsWhatIsMeant(String typed, String name) {
    assertEquals(name, nearest(typed));
  }

  /** As people type it: without hamzas, vowel marks and the article, or with them. */
  @ParameterizedTest
  @CsvSource({
    "اعادة, إعادة الصياغة",
    "صياغه, إعادة الصياغة",
    "الصِّيَاغة, إعادة الصياغة",
    "تصحيح اخطاء, تصحيح الأخطاء",
    "تصـحيح, تصحيح الأخطاء",
    "مظلم, الوضع المظلم",
    "المظلن, الوضع المظلم"
  })
  void findsArabicWithoutItsMarks(String typed, String name) {
    assertEquals(name, nearest(typed));
  }

  @Test
  void whatIsTypedMustAllBeFound() {
    assertFalse(finds("plain french", "Plain language"));
    assertFalse(finds("xyz", "Plain language"));
    assertFalse(finds("z", "Plain language"));
    assertTrue(SoughtWords.of(" …? ").isEmpty());
  }

  @Property(tries = 200)
  void anyBeginningOfAWordIsFoundHoweverItIsWritten(
      @ForAll @AlphaChars @StringLength(min = 1, max = 12) String word,
      @ForAll @IntRange(min = 1, max = 12) int letters) {
    String typed = word.substring(0, Math.min(letters, word.length()));
    assertTrue(finds(typed.toUpperCase(java.util.Locale.ROOT), "To " + word + " again"));
  }

  @Property(tries = 200)
  void aLongWordIsFoundWithAnyOneLetterLeftOut(
      @ForAll @AlphaChars @StringLength(min = 5, max = 12) String word,
      @ForAll @IntRange(min = 0, max = 11) int at) {
    Assume.that(at < word.length());
    assertTrue(
        Stream.of(word.substring(0, at) + word.substring(at + 1))
            .allMatch(typed -> finds(typed, word)));
  }
}
