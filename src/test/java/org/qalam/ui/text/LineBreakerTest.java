package org.qalam.ui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineBreakerTest {
  /** Every character is ten pixels wide. */
  private final LineBreaker breaker = new LineBreaker(text -> 10.0 * text.length());

  private List<String> lines(String text, double width) {
    List<Integer> starts = breaker.lineStarts(text, 0, width);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      lines.add(
          text.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : text.length()));
    }
    return lines;
  }

  @Test
  void breaksBetweenWords() {
    assertEquals(List.of("The quick ", "brown fox"), lines("The quick brown fox", 100));
  }

  @Test
  void breaksAWordThatIsWiderThanALine() {
    assertEquals(List.of("a ", "bcdef", "ghi"), lines("a bcdefghi", 50));
  }

  @Property(tries = 300)
  void losesNothingAndFitsTheWidth(
      @ForAll("texts") String text, @ForAll @IntRange(min = 10, max = 300) int width) {
    List<String> lines = lines(text, width);
    assertEquals(text, String.join("", lines));
    for (String line : lines) {
      String seen = line.stripTrailing();
      assertTrue(10 * seen.length() <= width || seen.codePointCount(0, seen.length()) <= 2, seen);
    }
  }

  @Property(tries = 200)
  void appendedTextChangesOnlyTheLastLine(
      @ForAll("texts") String text, @ForAll("texts") String more) {
    List<Integer> before = breaker.lineStarts(text, 0, 90);
    List<Integer> all = breaker.lineStarts(text + more, 0, 90);
    List<Integer> again = new ArrayList<>(before.subList(0, before.size() - 1));
    again.addAll(breaker.lineStarts(text + more, before.getLast(), 90));
    assertEquals(all, again);
  }

  /** In "8.8" no line may end, but in "word8.8" one may: the second line starts with both. */
  @Test
  void whatStandsBeforeALineDecidesWhereItEnds() {
    String text = "word8word8";
    assertEquals(List.of(0, 9), breaker.lineStarts(text, 0, 90));
    String longer = text + ".8longerword";
    List<Integer> starts = breaker.lineStarts(longer, 0, 90);
    assertEquals(List.of(0, 9, 11), starts.subList(0, 3));
    assertEquals(starts.subList(1, starts.size()), breaker.lineStarts(longer, 9, 90));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "word", "longerword", "كلمة", "،", " ", "  ", ".", "8")
        .list()
        .ofMaxSize(20)
        .map(words -> String.join("", words));
  }
}
