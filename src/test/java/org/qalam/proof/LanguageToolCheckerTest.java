package org.qalam.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The real rules and word lists. Loading them takes seconds, so this is the one class that does,
 * and one checker serves it all.
 */
class LanguageToolCheckerTest {
  private static final Checker CHECKER = new LanguageToolChecker(Locale.ENGLISH);

  /** Each remark as kind, start and the words that it is on. */
  private static List<String> remarks(String paragraph, String language) {
    return CHECKER.check(paragraph, language).stream()
        .map(remark ->
            "%s %d %s"
                .formatted(remark.kind(), remark.range().start(), remark.range().of(paragraph)))
        .toList();
  }

  @Test
  void findsEnglishMistakesWhereTheyAre() {
    String paragraph = "We went to the libary, and he have two dogs. It is very unique.";
    assertEquals(
        List.of("SPELLING 15 libary", "GRAMMAR 30 have", "STYLE 51 very unique"),
        remarks(paragraph, "en"));
    Remark spelling = CHECKER.check(paragraph, "en").getFirst();
    assertEquals("library", CHECKER.suggestions(paragraph, "en", spelling).getFirst());
    Remark grammar = CHECKER.check(paragraph, "en").get(1);
    assertEquals(List.of("has", "had"), CHECKER.suggestions(paragraph, "en", grammar));
    assertTrue(grammar.message().contains("third-person"), grammar.message());
    assertFalse(grammar.message().contains("<"), grammar.message());
  }

  @Test
  void findsArabicMistakesWhereTheyAre() {
    String paragraph = "ذهبت الى المدرسة وكان الطلاب يلعبون في الساحه.";
    assertEquals(List.of("GRAMMAR 5 الى", "SPELLING 39 الساحه"), remarks(paragraph, "ar"));
    List<Remark> found = CHECKER.check(paragraph, "ar");
    assertEquals("إلى", CHECKER.suggestions(paragraph, "ar", found.getFirst()).getFirst());
    assertEquals("الساحة", CHECKER.suggestions(paragraph, "ar", found.getLast()).getFirst());
    assertEquals(List.of(), remarks("ذَهَبَ الوَلَدُ إلى المدرسة.", "ar"));
    // a rule proposes "لا أعرف" for "لا أعرف"
    assertEquals(List.of(), remarks("لا أعرف هذا الكتاب.", "ar"));
  }

  /** What Hunspell 1.7 says of the same dictionary, recorded. */
  @Test
  void formsOfArabicWordsAreJudgedAsByHunspell() {
    for (String right :
        ("كتب يكتبون فكتبتم كتابها وبكتابكم بالمدارس المدرسات مدرستنا للطلاب والطالبات ستذهبين"
                + " استخدمناه معلموها لمعلميهم وأصدقاؤنا مسؤوليتهم السماء سماؤنا أسئلتكم قرأت"
                + " يقرؤون كالبيت وللوالدين مستشفاهم لغتهما نفسي بيتكن ورجلان الرجلين بالكتب"
                + " قرات الرجلون وستكتبهم التعليمات شكرا جزيلا")
            .split(" ", -1)) {
      assertEquals(List.of(), spelling(right), right);
    }
    for (String wrong :
        ("وسيكتبونها فاستخدموها يستعملونه سألتموني كتبتتم المدرسههم يلاكتب الاكتاب مدرسةنا"
                + " يكتبوون وسوفيكتب كتبهاها للالطلاب السماءنا انسان اسئلة يقرأون بيتكون انشاء"
                + " فيالبيت كتابناهم اللغه الجامعيه")
            .split(" ", -1)) {
      assertEquals(List.of("SPELLING 0 " + wrong), spelling(wrong), wrong);
    }
  }

  private static List<String> spelling(String word) {
    return remarks(word, "ar").stream().filter(remark -> remark.startsWith("SPELLING")).toList();
  }

  @Test
  void signsCodeAndAddressesOfMarkdownAreNoWords() {
    for (String fine :
        List.of(
            "## A **good** day for *all* of us",
            "- milk and bread",
            "and so it goes on from the line before.",
            "> [x] The `libary` function is called by `xyzzy()` in `a_b_c`.",
            "See [the page](https://exampel.org/libary) or <https://exampel.org/libary>.",
            "Mail to someone.libary@exampel.org or look at https://exampel.org/libary now.",
            "![a libary](picktures/libary.png)",
            "| --- | :-: |",
            "***",
            "```javascirpt",
            "[libary]: https://exampel.org")) {
      assertEquals(List.of(), remarks(fine, "en"), fine);
    }
    assertEquals(
        List.of("SPELLING 14 libary", "SPELLING 38 recieve"),
        remarks("We like the **libary**, see [what you recieve](a.html) there.", "en"));
    assertEquals(List.of("SPELLING 4 libary"), remarks("- a libary", "en"));
    assertEquals(List.of("GRAMMAR 13 this"), remarks("We are late. this is new.", "en"));
  }

  @Test
  void nothingIsSaidOfOtherLanguages() {
    assertTrue(CHECKER.knows("en") && CHECKER.knows("ar"));
    assertFalse(CHECKER.knows("de") || CHECKER.knows("") || CHECKER.knows("../en"));
    assertEquals(List.of(), remarks("Das ist nicht falsch gechrieben.", "de"));
  }

  @Test
  void noOldLuceneNoConnectionsAndNoNativeLibraryComeWithIt() {
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName("org.apache.lucene.codecs.lucene54.Lucene54Codec"));
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName("io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder"));
    assertThrows(ClassNotFoundException.class, () -> Class.forName("dumonts.hunspell.Hunspell"));
  }
}
