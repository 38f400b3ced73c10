package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.qalam.ui.diff.WordDiff;

/**
 * Revisions of English and Arabic texts, marked by hand, and the changes that are shown of them.
 */
class ComparedPairsTest {
  private static final Path FILE = Path.of("src/test/resources/comparison/pairs.txt");
  private static final Pattern MARK = Pattern.compile("\\{([^|}]*)\\|([^}]*)}");
  private static final String ABOVE = "What stands above.\n";
  private static final String BELOW = "\nWhat stands below.";

  /** Of 100 pairs so many must be shown just as a person marked them. */
  private static final int AS_MARKED = 92;

  /** A change of the original's characters from {@code start} on. */
  private record Marked(int start, String before, String after) {}

  private record Pair(String line, String original, String proposal, List<Marked> marked) {
    static Pair of(String line) {
      StringBuilder original = new StringBuilder();
      StringBuilder proposal = new StringBuilder();
      List<Marked> marked = new ArrayList<>();
      Matcher marks = MARK.matcher(line.replace("\\n", "\n"));
      StringBuilder between = new StringBuilder();
      while (marks.find()) {
        between.setLength(0);
        marks.appendReplacement(between, "");
        original.append(between);
        proposal.append(between);
        marked.add(new Marked(original.length(), marks.group(1), marks.group(2)));
        original.append(marks.group(1));
        proposal.append(marks.group(2));
      }
      between.setLength(0);
      marks.appendTail(between);
      original.append(between);
      proposal.append(between);
      return new Pair(line, original.toString(), proposal.toString(), marked);
    }

    List<Edit> edits() {
      return Edit.of(original, proposal, WordDiff.between(original, proposal));
    }

    List<Marked> shown() {
      return edits().stream()
          .map(edit -> new Marked(edit.range().start(), edit.before(), edit.after()))
          .toList();
    }
  }

  private static List<Pair> pairs() {
    try {
      return Files.readAllLines(FILE).stream()
          .filter(line -> line.contains("{"))
          .map(Pair::of)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text after these changes were accepted, in this order, and the others rejected. */
  private static String decided(Pair pair, List<Integer> order, IntPredicate accepts) {
    PlainText text = new PlainText(ABOVE + pair.original() + BELOW);
    Review review = new Review(text, ABOVE.length(), pair.edits());
    review.begin(true);
    for (int index : order) {
      while (review.state().current().orElseThrow().number() != index + 1) {
        review.go(1);
      }
      if (accepts.test(index)) {
        review.accept();
      } else {
        review.reject();
      }
    }
    assertEquals(0, review.state().open(), pair.line());
    assertTrue(text.text().startsWith(ABOVE) && text.text().endsWith(BELOW), text.text());
    return text.text().substring(ABOVE.length(), text.text().length() - BELOW.length());
  }

  private static List<Integer> inOrder(Pair pair) {
    return IntStream.range(0, pair.edits().size()).boxed().toList();
  }

  @Test
  void allAcceptedIsTheRevisionAndAllRejectedIsTheOriginal() {
    List<Pair> pairs = pairs();
    assertTrue(pairs.size() >= 60, pairs.size() + " pairs");
    for (Pair pair : pairs) {
      assertEquals(pair.proposal(), decided(pair, inOrder(pair), _ -> true));
      assertEquals(pair.original(), decided(pair, inOrder(pair), _ -> false));
    }
  }

  /** Any subset, decided on in any order. */
  @Property(tries = 1000)
  void anySubsetAppliesCleanly(@ForAll("number") int number, @ForAll long seed) {
    Pair pair = pairs().get(number);
    Random random = new Random(seed);
    List<Edit> edits = pair.edits();
    List<Integer> order = new ArrayList<>(inOrder(pair));
    Collections.shuffle(order, random);
    Set<Integer> accepted = new TreeSet<>(order.subList(0, random.nextInt(order.size() + 1)));
    StringBuilder expected = new StringBuilder(pair.original());
    for (int i = edits.size() - 1; i >= 0; i--) {
      if (accepted.contains(i)) {
        Edit edit = edits.get(i);
        expected.replace(edit.range().start(), edit.range().end(), edit.after());
      }
    }
    Collections.shuffle(order, random);
    assertEquals(expected.toString(), decided(pair, order, accepted::contains), pair.line());
  }

  @Provide
  Arbitrary<Integer> number() {
    return Arbitraries.integers().between(0, pairs().size() - 1);
  }

  @Test
  void changesAreThoseThatAPersonMarks() {
    List<Pair> pairs = pairs();
    List<String> others = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!pair.shown().equals(pair.marked())) {
        others.add(pair.line() + "\n    " + pair.shown());
      }
    }
    int same = pairs.size() - others.size();
    assertTrue(
        100 * same >= AS_MARKED * pairs.size(),
        same + " of " + pairs.size() + " as marked; not so:\n" + String.join("\n", others));
  }
}
