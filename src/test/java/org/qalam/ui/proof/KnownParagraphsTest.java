package org.qalam.ui.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.qalam.document.TextRange;
import org.qalam.proof.Remark;

class KnownParagraphsTest {
  /** Every run of capital letters is a mistake. */
  private static List<Remark> mistakes(String paragraph) {
    List<Remark> remarks = new ArrayList<>();
    Matcher word = Pattern.compile("\\b[A-Z]+\\b").matcher(paragraph);
    while (word.find()) {
      remarks.add(
          new Remark(
              new TextRange(word.start(), word.end()), Remark.Kind.SPELLING, "R", "rule", "wrong"));
    }
    return remarks;
  }

  /** Whatever is done to a text, what is still marked would be marked anew. */
  @Property(tries = 400)
  void marksThatMoveAlongAreStillOnTheSameMistakes(
      @ForAll @StringLength(max = 40) @CharRange(from = 'A', to = 'C') @Chars({' ', 'a', '\n'})
          String before,
      @ForAll @StringLength(max = 4) @CharRange(from = 'A', to = 'B') @Chars({' ', 'a', '\n'})
          String inserted,
      @ForAll @IntRange(max = 40) int place,
      @ForAll @IntRange(max = 5) int size) {
    KnownParagraphs known = new KnownParagraphs();
    for (String paragraph : before.split("\n", -1)) {
      known.checked(paragraph, mistakes(paragraph), "en");
    }
    int at = Math.min(place, before.length());
    int removed = Math.min(size, before.length() - at);
    known.edited(before, at, removed, inserted);
    String after = before.substring(0, at) + inserted + before.substring(at + removed);
    for (String paragraph : after.split("\n", -1)) {
      List<Remark> marked = known.find(paragraph).orElseThrow().remarks();
      assertTrue(
          mistakes(paragraph).containsAll(marked),
          () -> String.format(Locale.ROOT, "%s in '%s'", marked, paragraph));
    }
  }

  /** What is far from the change stays. */
  @Property(tries = 100)
  void noMarkIsLostInWordsThatAreNotTouched(
      @ForAll @StringLength(max = 10) @CharRange(from = 'a', to = 'c') @Chars({' ', '\n'})
          String inserted) {
    KnownParagraphs known = new KnownParagraphs();
    known.checked("AB x BC", mistakes("AB x BC"), "en");
    known.edited("AB x BC", 3, 1, inserted);
    List<String> left = new ArrayList<>();
    for (String paragraph : ("AB " + inserted + " BC").split("\n", -1)) {
      known.find(paragraph).orElseThrow().remarks().stream()
          .map(remark -> remark.range().of(paragraph))
          .forEach(left::add);
    }
    assertEquals(List.of("AB", "BC"), left);
  }
}
