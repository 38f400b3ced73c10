package org.qalam.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PassageSearchTest {
  private static final String LETTER =
      """
      # The flat

      The flat has two rooms. The rent is 840 euros a month, and it is due on the third working day.

      ## Repairs

      The heating has been broken since Monday. Somebody will repair it on Thursday between 8 and 11.

      The kitchen tap drips, and nobody knows why it does; a new washer did not help at all.

      ## الجيران

      يسكن في الطابق الأرضي رجل عنده كلب اسمه برق، وهو يحتفظ بالمِفْتَاح الاحتياطي منذ سنوات.
      """;

  private static String first(String question) {
    List<Passage> found = PassageSearch.find(question, LETTER, 3);
    assertTrue(!found.isEmpty(), question);
    Passage best = found.getFirst();
    assertEquals(best.text(), best.range().of(LETTER));
    return best.text();
  }

  @Test
  void findsTheParagraphThatHasTheWordsInOtherForms() {
    assertTrue(first("When will the heating be repaired?").startsWith("The heating"));
    assertTrue(first("How much are the rents?").startsWith("The flat has"));
    assertTrue(first("Is the tap dripping?").startsWith("The kitchen tap"));
  }

  @Test
  void findsArabicWithArticlesAndVowelMarks() {
    assertTrue(first("من يحتفظ بمفتاح؟").startsWith("يسكن"));
    assertTrue(first("ما اسم الكلب؟").startsWith("يسكن"));
  }

  @Test
  void findsWhatStandsUnderAHeadingAndForgivesASlip() {
    assertEquals(
        List.of("Repairs", "Repairs"),
        PassageSearch.find("Which repairs does the kitchen need?", LETTER, 2).stream()
            .map(Passage::heading)
            .toList());
    assertTrue(first("What about the kichen?").startsWith("The kitchen tap"));
  }

  @Test
  void findsNothingWhereNoWordIsThere() {
    assertEquals(List.of(), PassageSearch.find("Who composed the symphony?", LETTER, 3));
    assertEquals(List.of(), PassageSearch.find("What is it, and why?", LETTER, 3));
    assertEquals(List.of(), PassageSearch.find("rent", "", 3));
    assertEquals(List.of(), PassageSearch.find("", LETTER, 3));
  }

  private static String visible(String text) {
    return text.codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Property(tries = 300)
  void passagesAreInOrderAndHoldEveryLetterOutsideHeadings(
      @ForAll @StringLength(max = 2000) String text) {
    List<Passage> passages = Passages.of(text);
    StringBuilder there = new StringBuilder();
    int end = 0;
    for (Passage passage : passages) {
      assertTrue(passage.range().start() >= end);
      assertEquals(passage.text(), passage.range().of(text));
      assertTrue(passage.text().length() <= 4 * Passages.LENGTH);
      there.append(passage.text());
      end = passage.range().end();
    }
    String wanted =
        String.join(
            "",
            List.of(text.split("\n", -1)).stream()
                .filter(line -> !line.matches("\\s{0,3}#{1,6}\\s.*"))
                .toList());
    assertEquals(visible(wanted), visible(there.toString()));
  }
}
