package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutsTest {
  private static final Pattern WRITTEN = Pattern.compile("\\X");

  @Property(tries = 300)
  void partsJoinedAreTheText(
      @ForAll("writings") String text, @ForAll @IntRange(min = 1, max = 90) int most) {
    assertEquals(text, String.join("", Cuts.parts(text, most)));
  }

  @Property(tries = 300)
  void aPartIsNotTooLongUnlessItIsOneCharacter(
      @ForAll("writings") String text, @ForAll @IntRange(min = 1, max = 90) int most) {
    for (String part : Cuts.parts(text, most)) {
      assertTrue(part.length() <= most || WRITTEN.matcher(part).matches(), part);
    }
  }

  @Property(tries = 300)
  void noCharacterIsCutInTwo(
      @ForAll("writings") String text, @ForAll @IntRange(min = 1, max = 90) int most) {
    for (String part : Cuts.parts(text, most)) {
      assertTrue(
          part.isEmpty()
              || (!Character.isLowSurrogate(part.charAt(0))
                  && !Character.isHighSurrogate(part.charAt(part.length() - 1))),
          part);
    }
  }

  @Property(tries = 300)
  void theEndIsTheTextsEnd(
      @ForAll("writings") String text, @ForAll @IntRange(min = 1, max = 90) int most) {
    String end = Cuts.end(text, most);
    assertTrue(text.endsWith(end));
    assertTrue(text.isEmpty() || !end.isEmpty());
  }

  @Provide
  Arbitrary<String> writings() {
    return Arbitraries.of(
            "She likes apples. ",
            "Dr. Smith came. ",
            "\n",
            "\n\n",
            "word ",
            "ذهبت إلى المدرسة. ",
            "👩🏽‍💻",
            "e\u0301",
            "🙂",
            "x",
            "日本語の文。",
            "a\u00a0b ")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  @Test
  void cutsBetweenParagraphsRatherThanLinesSentencesOrWords() {
    assertEquals(
        List.of("One. Two.\nThree.\n\n", "Four five. Six seven."),
        Cuts.parts("One. Two.\nThree.\n\nFour five. Six seven.", 30));
    assertEquals(
        List.of("One. Two two.\n", "Four five six seven eight."),
        Cuts.parts("One. Two two.\nFour five six seven eight.", 26));
    assertEquals(
        List.of("One two three. ", "Four five six."),
        Cuts.parts("One two three. Four five six.", 20));
    assertEquals(List.of("one two ", "three four"), Cuts.parts("one two three four", 10));
  }

  @Test
  void theEndBeginsWithAParagraphOrASentence() {
    assertEquals("Four five six.", Cuts.end("One two.\nThree three.\n\nFour five six.", 22));
    assertEquals("Five six seven.", Cuts.end("One two three four. Five six seven.", 22));
  }
}
