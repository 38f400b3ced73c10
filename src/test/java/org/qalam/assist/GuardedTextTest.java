package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qalam.document.TextRange;

class GuardedTextTest {
  private static Set<Guard> touched(String original, String changed, String replacement) {
    int start = original.indexOf(changed);
    return new GuardedText(original)
        .touchedBy(new TextRange(start, start + changed.length()), replacement);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "come at 11 today | 11 | 12 | NUMBER",
        "it costs 1,5 euro | , | . | NUMBER",
        "on the 24th of May | 24th | 25th | NUMBER",
        "في ٢٤ مايو | ٢٤ | ٢٥ | NUMBER",
        "see https://example.org/a now | a now | b now | LINK",
        "write to ann@example.org. | ann | anne | LINK",
        "he said “I come too late” twice | late | soon | QUOTATION",
        "call `frobnicate` once | frobnicate | frob | CODE",
        "قال «سوف نأتي» ثم ذهب | نأتي | نذهب | QUOTATION",
        "come on Monday | Monday | Tuesday | DATE",
        "at the end of june | june | July | DATE",
        "لقاء يوم الأحد القادم | الأحد | الاثنين | DATE",
        "في شهر مايو الماضي | مايو | يونيو | DATE",
        "كان ذلك في كانون الثاني الماضي | الثاني | الأول | DATE",
        "ask Mr. Kaya about it | Kaya | Kayla | NAME",
        "ask Anna Lind about it | Lind | Smith | NAME",
        "ask somebody about it | somebody | Anna | NAME",
        "use the NASA data | NASA | space | NAME",
        "استعمل برنامج Qalam هنا | Qalam | Word | NAME",
        "it was **cold** there | **cold** | cold | STRUCTURE",
        "see [the site](x.org) now | [the site](x.org) | the site | STRUCTURE",
        "- milk and bread | - milk | milk | STRUCTURE",
        "## Our plan | ## Our | # Our | STRUCTURE"
      })
  void findsWhatIsNotTheModels(String text, String changed, String replacement, Guard guard) {
    assertTrue(touched(text, changed, replacement).contains(guard));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "come at 11 todday | todday | today",
        "in ٢٤ days | ٢٤ | 24",
        "see https://example.org now | see | look at",
        "he said “no” twise | twise | twice",
        "come on monday please | monday | Monday",
        "we met in paris again | paris | Paris",
        "It was cold. we left | we | We",
        "Somebody call today | call | calls",
        "May I come too late | to | too",
        "they and Anna Lind say no | Lind say | Lind says",
        "Wir haben nicht gut geschlafen und es ist kalt | gut | mit Mantel",
        "نلتقي يوم الأحد القادم | الأحد | والأحد",
        "- milk and bred | bred | bread",
        "it was *very* cald | cald | cold"
      })
  void leavesTheRestAlone(String text, String changed, String replacement) {
    assertEquals(Set.of(), touched(text, changed, replacement));
  }

  @Test
  void signsBehindAnAddressAreNotPartOfIt() {
    String text = "see https://example.org";
    assertEquals(
        Set.of(),
        new GuardedText(text).touchedBy(new TextRange(text.length(), text.length()), "."));
  }

  private static final List<String> KEPT =
      List.of(
          "7",
          "1,250.5",
          "12:30",
          "2024-05-17",
          "٢٤",
          "https://example.org/x?y=1",
          "a.b@c.org",
          "“we will come”",
          "«سوف نأتي»",
          "\"so be it\"");

  /**
   * One of them is spoilt in one place: the guard sees it, wherever in it that is. Spoiling is one
   * letter or digit more, less or another.
   */
  @Property(tries = 1000)
  void everySpoiltNumberLinkAndQuotationIsFound(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> words = new ArrayList<>(List.of("the", "heating", "is", "broken", "بيت", "since"));
    String kept = KEPT.get(random.nextInt(KEPT.size()));
    words.add(random.nextInt(words.size() + 1), kept);
    String text = String.join(" ", words);
    List<Integer> letters = new ArrayList<>();
    int start = text.indexOf(kept);
    for (int i = start; i < start + kept.length(); i++) {
      if (Character.isLetterOrDigit(text.charAt(i))) {
        letters.add(i);
      }
    }
    int at = letters.get(random.nextInt(letters.size()));
    String other = Character.isDigit(text.charAt(at)) ? otherDigit(text.charAt(at)) : "q";
    TextRange changed = new TextRange(at, at + 1);
    String replacement = random.nextBoolean() ? other : text.charAt(at) + other;
    assertTrue(
        !new GuardedText(text).touchedBy(changed, replacement).isEmpty(),
        text + " -> " + replacement + " at " + at);
    String spoilt = text.substring(0, at) + replacement + text.substring(at + 1);
    assertTrue(
        !GuardedText.numbers(text).equals(GuardedText.numbers(spoilt))
            || !GuardedText.links(text).equals(GuardedText.links(spoilt))
            || !GuardedText.quotations(text).equals(GuardedText.quotations(spoilt)));
  }

  private static String otherDigit(char digit) {
    return Character.digit(digit, 10) == 3 ? "4" : "3";
  }
}
