package org.qalam.ui.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.qalam.assist.Guard;
import org.qalam.assist.Phase;
import org.qalam.ui.diff.WordDiff;

class GrowingEditsTest {
  private static Phase.Writing writing(String text, int original, int reached) {
    return new Phase.Writing(text, new Phase.Reached(original, reached, true), 1, 2, 3);
  }

  private static String applied(String original, List<Edit> edits) {
    StringBuilder text = new StringBuilder(original);
    for (Edit edit : edits.reversed()) {
      text.replace(edit.range().start(), edit.range().end(), edit.after());
    }
    return text.toString();
  }

  @Property(tries = 500)
  void theChangesOfAllPartsMakeTheAnswer(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> words =
        List.of("we", "was", "were", "late,", "في", "البيت", "12", "«no»", "and", "- a\n", "\n\n");
    StringBuilder original = new StringBuilder();
    StringBuilder text = new StringBuilder();
    List<GrowingEdits.Part> parts = new ArrayList<>();
    List<int[]> ends = new ArrayList<>();
    int sentences = 1 + random.nextInt(6);
    for (int i = 0; i < sentences; i++) {
      for (int word = random.nextInt(8); word >= 0; word--) {
        String one = words.get(random.nextInt(words.size()));
        original.append(one).append(' ');
        text.append(random.nextInt(4) == 0 ? words.get(random.nextInt(words.size())) : one);
        text.append(random.nextInt(9) == 0 ? "" : " ");
      }
      ends.add(new int[] {original.length(), text.length()});
    }
    GrowingEdits growing =
        new GrowingEdits(original.toString(), Runnable::run, parts::add, _ -> {});
    for (int[] end : ends) {
      if (random.nextInt(3) > 0 || end[0] == original.length()) {
        growing.accept(writing(text.substring(0, end[1]) + " and on", end[0], end[1]));
      }
    }
    List<Edit> all = parts.stream().flatMap(part -> part.edits().stream()).toList();
    assertEquals(text.toString(), applied(original.toString(), all));
    WordDiff diff = WordDiff.between(original.toString(), text.toString());
    assertEquals(all, growing.all(text.toString(), diff));
  }

  @Property(tries = 300)
  void theRestOfAnAnswerIsComparedAtItsEnd(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> lines =
        List.of("We was late, and nobody came to the door.", "", "- one", "A line of its own: 12.");
    StringBuilder original = new StringBuilder();
    StringBuilder text = new StringBuilder();
    int known = random.nextInt(5);
    Phase.Writing told = writing("", 0, 0);
    for (int i = 0; i < 5; i++) {
      original.append(lines.get(random.nextInt(lines.size()))).append('\n');
      text.append(lines.get(random.nextInt(lines.size())));
      text.append(random.nextInt(5) == 0 ? "\n\n" : "\n");
      if (i == known) {
        told = writing(text.toString(), original.length(), text.length());
      }
    }
    GrowingEdits growing = new GrowingEdits(original.toString(), Runnable::run, _ -> {}, _ -> {});
    if (random.nextInt(4) > 0) {
      growing.accept(told);
    }
    List<Edit> all =
        growing.all(text.toString(), WordDiff.between(original.toString(), text.toString()));
    assertEquals(text.toString(), applied(original.toString(), all));
  }

  @Test
  void aQuotationThatBeganInAnEarlierPartIsGuarded() {
    String original = "He said “we come. we are late” to us.";
    List<GrowingEdits.Part> parts = new ArrayList<>();
    GrowingEdits growing = new GrowingEdits(original, Runnable::run, parts::add, _ -> {});
    growing.accept(writing("He said “we come.", 17, 17));
    growing.accept(writing("He said “we come. we were late” to us.", original.length(), 38));
    Edit edit = parts.getLast().edits().getFirst();
    assertEquals("are", edit.before());
    assertEquals(java.util.Set.of(Guard.QUOTATION), edit.guards());
  }

  @Test
  void whatIsSaidAgainIsNotComparedAgain() {
    List<GrowingEdits.Part> parts = new ArrayList<>();
    List<Phase> phases = new ArrayList<>();
    GrowingEdits growing = new GrowingEdits("a b c", Runnable::run, parts::add, phases::add);
    growing.accept(writing("x", 1, 1));
    growing.accept(writing("x b", 1, 1));
    growing.accept(new Phase.Reading(1, 2));
    assertEquals(1, parts.size());
    assertEquals(3, phases.size());
  }
}
