package org.qalam.ui.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.qalam.ui.text.StyledLine;

class DifferencesTest {
  private static List<String> shown(String before, String after) {
    return Differences.between(before, after, many -> "(" + many + ")").stream()
        .map(DifferencesTest::marked)
        .toList();
  }

  private static String marked(StyledLine line) {
    return line.runs().stream()
        .map(run ->
            switch (run.style()) {
              case "deleted" -> "-" + run.text() + "-";
              case "inserted" -> "+" + run.text() + "+";
              default -> run.text();
            })
        .collect(Collectors.joining());
  }

  private static String numbered(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "paragraph " + i)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aWordThatChangedIsMarkedBetweenItsNeighbours() {
    String before = numbered(0, 10) + "\nthe cat sat on the mat\n" + numbered(10, 20);
    String after = before.replace("cat", "dog");
    assertEquals(
        List.of("(9)", "paragraph 9", "the -cat-+dog+ sat on the mat", "paragraph 10", "(9)"),
        shown(before, after));
  }

  @Test
  void paragraphsThatCameOrWentAreMarkedWhole() {
    assertEquals(List.of("one", "+two+"), shown("one", "one\ntwo"));
    assertEquals(List.of("-one-", "two"), shown("one\ntwo", "two"));
    assertEquals(
        List.of("-كتاب قديم جدا-", "+something else altogether+"),
        shown("كتاب قديم جدا", "something else altogether"));
  }

  @Test
  void nothingIsShownOfEqualTexts() {
    assertEquals(List.of(), shown("a\nb", "a\nb"));
  }

  @Test
  void aLongTextThatGrewByAParagraphIsNotMarkedWhole() {
    String half = "many words that stay as they are ".repeat(6_000);
    List<String> lines = shown(half + "\n" + half, half + "\nnew\n" + half);
    assertEquals(3, lines.size());
    assertEquals("+new+", lines.get(1));
  }

  /** What is struck and what is plain comes from the one text, the rest from the other. */
  @Property(tries = 400)
  void noWordIsLostOrMadeUp(
      @ForAll @From("texts") String before, @ForAll @From("texts") String after) {
    List<StyledLine> lines = Differences.between(before, after, many -> "");
    if (before.equals(after)) {
      assertTrue(lines.isEmpty());
      return;
    }
    int left = 0;
    StringBuilder old = new StringBuilder();
    StringBuilder now = new StringBuilder();
    for (StyledLine line : lines) {
      left += line.style().equals("heading") ? 1 : 0;
      for (StyledLine.Run run : line.runs()) {
        String text = run.text().replace("¶", "");
        old.append(run.style().equals("inserted") ? "" : text);
        now.append(run.style().equals("deleted") ? "" : text);
      }
    }
    if (left == 0) {
      assertEquals(letters(before), letters(old.toString()));
      assertEquals(letters(after), letters(now.toString()));
    } else {
      assertTrue(old.length() <= before.length() && now.length() <= after.length());
    }
  }

  private static String letters(String text) {
    return text.replaceAll("\\s", "");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("one", "two", "red", "blue", "\n", "\n\n", " ", "كتاب", ".")
        .list()
        .ofMaxSize(30)
        .map(words -> String.join(" ", words).replace(" \n ", "\n"));
  }
}
