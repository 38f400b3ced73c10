package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final String LETTER =
      "On Monday, 24 May, I called Anna Lind and Mr. Kaya at 030 123456 about the heating."
          + " They said “someone will come” and gave me https://example.org/repairs to read.";

  private static Comparison rewritten(String original, String answer) {
    return Comparison.of(Action.Result.REPLACE, false, original, answer);
  }

  private static Comparison summarized(String original, String answer) {
    return Comparison.of(Action.Result.PANEL, false, original, answer);
  }

  private static String told(Comparison comparison) {
    return comparison.tallies().stream()
        .map(tally -> tally.kind() + " " + tally.kept() + "/" + tally.all() + tally.missing())
        .collect(Collectors.joining(" "));
  }

  @Test
  void countsWhatCameBack() {
    Comparison same = rewritten(LETTER, LETTER);
    assertEquals("NUMBERS 3/3[] DATES 2/2[] NAMES 2/2[] LINKS 1/1[] QUOTATIONS 1/1[]", told(same));
    assertTrue(same.passes());
    assertEquals(Optional.of(0), same.lengthChange());
    assertEquals(Optional.of("en"), same.language());
  }

  @Test
  void namesWhatIsMissing() {
    Comparison found =
        rewritten(
            LETTER,
            "I called Anna Lind and the office at 030 123465 about the heating on Tuesday. They"
                + " said that someone will come, and I read about it.");
    assertEquals(
        "NUMBERS 1/3[24, 123456] DATES 0/2[monday, may] NAMES 1/2[Kaya] LINKS"
            + " 0/1[https://example.org/repairs] QUOTATIONS 0/1[“someone will come”]",
        told(found));
    assertFalse(found.passes());
    assertTrue(found.lengthChange().orElseThrow() < -10);
  }

  @Test
  void aSummaryMayLeaveOutButNotBring() {
    assertTrue(summarized(LETTER, "The writer called Kaya about the heating.").passes());
    Comparison found = summarized(LETTER, "The writer called Peter 5 times about the heating.");
    assertEquals("NUMBERS 0/1[5] NAMES 0/1[Peter]", told(found));
    assertTrue(summarized(LETTER, "1. The heating is broken.\n2. Someone will come.").passes());
  }

  @Test
  void anotherLanguageIsAFailureUnlessItWasAskedFor() {
    String french = "Le chauffage est en panne et je ne suis pas contente avec vous.";
    String english = "The heating is broken and I am not happy with that.";
    assertFalse(rewritten(english, french).passes());
    Comparison asked = Comparison.of(Action.Result.REPLACE, true, english, french);
    assertFalse(asked.keepsLanguage());
    assertTrue(asked.passes());
  }

  @Test
  void arabicDigitsAndDatesAreTheSameThings() {
    String text = "سنلتقي يوم الأحد ٢٤ مايو الساعة ١٠:٣٠ في مكتب Qalam.";
    Comparison found = rewritten(text, "نلتقي في مكتب Qalam يوم الأحد 24 مايو الساعة 10:30.");
    assertEquals("NUMBERS 2/2[] DATES 2/2[] NAMES 1/1[]", told(found));
    assertEquals(Optional.of("ar"), found.language());
  }

  @Test
  void aDraftHasNothingToBeComparedWith() {
    Comparison draft = Comparison.of(Action.Result.REPLACE, true, "", "Dear Anna, come on 5 May.");
    assertEquals(List.of(), draft.tallies());
    assertEquals(Optional.empty(), draft.lengthChange());
    assertTrue(draft.passes());
  }

  @Property(tries = 500)
  void aNumberThatIsLostIsAlwaysNamed(
      @ForAll @IntRange(min = 1000, max = 99999) int number, @ForAll @IntRange(max = 9) int place) {
    String[] words = "we saw them at the old house by the river".split(" ", -1);
    words[place] = words[place] + " " + number;
    String text = String.join(" ", words);
    Comparison found = rewritten(text, text.replace(String.valueOf(number), "" + (number + 1)));
    assertEquals(List.of(String.valueOf(number)), found.tallies().getFirst().missing());
  }

  @Test
  void translationNamesDaysAndPlacesInItsOwnWords() {
    Comparison found =
        Comparison.of(
            Action.Result.REPLACE,
            true,
            "You have to be in Germany on Monday and bring the 12 keys for my house.",
            "Vous devez être en Allemagne le lundi et apporter les 12 clés pour ma maison.");
    assertEquals(List.of(Tally.Kind.NUMBERS), found.tallies().stream().map(Tally::kind).toList());
    assertTrue(found.passes());
  }

  private static List<String> names(String text) {
    return Names.in(text).stream().map(place -> place.of(text)).toList();
  }

  @Test
  void findsArabicNamesWithoutCapitals() {
    assertEquals(
        List.of("محمد بن عبد العزيز", "بيروت"), names("سافر محمد بن عبد العزيز إلى بيروت أمس."));
    assertEquals(List.of("أحمد", "القاهرة"), names("كتبتُ لأحمد رسالةً من القاهرة."));
    assertEquals(List.of("عبد الله", "أبو ظبي"), names("يعيش عبد الله في أبو ظبي."));
    assertEquals(List.of("كنعان"), names("وصل السيد كنعان متأخرًا."));
    assertEquals(List.of("فاطمة"), names("مع فاطمة، والسيدة المديرة."));
    assertEquals(List.of("مَرْيَم"), names("قالت مَرْيَم نعم."));
    // Words that are names elsewhere, and titles before what is none.
    assertEquals(
        List.of(),
        names("هذا كتاب جميل عن صور قديمة، وقال السيد إن الأمر سعيد. حضر السيد المدير."));
  }

  @Test
  void anArabicNameIsKeptWhateverIsWrittenTogetherWithIt() {
    assertEquals(
        "NAMES 2/2[]", told(rewritten("ذهبتُ مع أحمد إلى بيروت.", "ذهبت إلى بيروت لأحمد.")));
    assertEquals(
        "NAMES 1/2[أحمد]", told(rewritten("ذهبتُ مع أحمد إلى بيروت.", "ذهبت مع محمود إلى بيروت.")));
  }

  @Test
  void inGermanWhatStandsAfterATitleIsAName() {
    assertEquals(
        List.of("Lind", "Kaya-Berg"),
        names(
            "Ich habe gestern mit Frau Lind und Herrn Dr. Kaya-Berg über die Heizung in der Wohnung"
                + " gesprochen, weil das Wasser kalt ist."));
  }
}
