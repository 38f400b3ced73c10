package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.assist.Pieces.Piece;
import org.qalam.assist.Recipe.Unit;

class HardWrapTest {
  private static final String LETTER =
      """
      The heating in our flat has been broke since Monday, and it are very cold
      here. Nobody of the office have come to look at it, and when I called they
      told me to wait until the next week.\
      """;

  private static List<String> sent(String text, Unit unit) {
    return Pieces.of(text, unit).stream().filter(Piece::sent).map(Piece::text).toList();
  }

  @Test
  void linesBrokenAtAWidthAreOneParagraph() {
    String text = "Dear all,\n\n" + LETTER + "\n\nYours, Anna\n";
    assertEquals(List.of("Dear all,", LETTER, "Yours, Anna"), sent(text, Unit.PARAGRAPH));
    List<String> sentences = sent(text, Unit.SENTENCE);
    assertEquals(4, sentences.size(), sentences.toString());
    assertTrue(sentences.get(1).endsWith("very cold\nhere."), sentences.get(1));
    assertTrue(HardWrap.of(sentences.get(1)).joined().endsWith("very cold here."));
  }

  @Test
  void aGreetingAndANameRightBesideAParagraphAreNoPartOfIt() {
    assertEquals(
        List.of("Dear all,", LETTER, "Yours,", "Anna Maria Lindgren"),
        sent("Dear all,\n" + LETTER + "\nYours,\nAnna Maria Lindgren", Unit.PARAGRAPH));
  }

  @Test
  void quotationsAndItemsOfListsAreReadWithoutTheSignsInThem() {
    String quoted = "> " + LETTER.replace("\n", "\n> ");
    List<String> pieces = sent(quoted, Unit.PARAGRAPH);
    assertEquals(1, pieces.size(), pieces.toString());
    assertFalse(HardWrap.of(pieces.getFirst()).joined().contains(">"));
    String item = "1. " + LETTER.replace("\n", "\n   ") + "\n2. " + LETTER.replace("\n", "\n   ");
    assertEquals(2, sent(item, Unit.PARAGRAPH).size());
    assertEquals(4, sent(item, Unit.SENTENCE).size());
  }

  @Test
  void arabicLinesTooWhichHaveNoCapitals() {
    String text =
        """
        التدفئة في شقتنا معطلة منذ يوم الاثنين والجو بارد جدا هنا ولم
        يأت احد من المكتب لينظر فيها وعندما اتصلت بهم قالوا لي ان انتظر
        حتى الاسبوع القادم.\
        """;
    assertEquals(List.of(text), sent(text, Unit.SENTENCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // One paragraph a line, as the editor itself makes them.
        """
        The heating in our flat has been broken since Monday, and it is cold here.
        Nobody of the office has come to look at it.\
        """,
        // A title.
        """
        Minutes of the meeting about the heating of our house
        We met on Monday at six.\
        """,
        // Verse.
        """
        So much depends upon the garden
        and the white hens
        and what is left of the red paint on the wheel of the barrow\
        """,
        // An address.
        """
        Anna Maria Lindgren
        the third house on the left
        12345 Lower Town by the Sea\
        """,
        // A line meant to end where it does.
        """
        The heating in our flat has been broken since Monday, and it is very cold\\
        here, and nobody of the office has come to look at what is wrong with it\
        """,
      })
  void linesOfAPersonsOwnStandForThemselves(String text) {
    List<String> lines = sent(text, Unit.PARAGRAPH);
    assertEquals(text.lines().count(), lines.size(), lines.toString());
  }

  @Test
  void linesLongerThanProgramsBreakThemAreAPersonsOwn() {
    String line = "The heating in our flat has been broken since Monday and it is cold here, ";
    List<String> lines = sent(line + line + "\nand " + line.strip(), Unit.PARAGRAPH);
    assertEquals(2, lines.size(), lines.toString());
  }

  @Test
  void breaksComeBackBeforeTheWordsThatTheyStoodBefore() {
    HardWrap wrap = HardWrap.of(LETTER);
    String answer =
        wrap.joined()
            .replace("broke ", "broken ")
            .replace("it are", "it is")
            .replace("office have", "office has")
            .replace("they told", "they only told");
    assertEquals(
        """
        The heating in our flat has been broken since Monday, and it is very cold
        here. Nobody of the office has come to look at it, and when I called they
        only told me to wait until the next week.\
        """,
        wrap.restored(answer));
    assertEquals(LETTER, wrap.restored(wrap.joined()));
  }

  @Test
  void anotherWordingIsFilledIntoLinesAsWideAsThePieceWas() {
    HardWrap wrap = HardWrap.of(LETTER.replace("\n", "\n> "));
    String answer =
        "We have had no warmth for days. I phoned those in charge, who asked for some more patience,"
            + " and no one ever showed up to repair anything at all.";
    String restored = wrap.restored(answer);
    assertEquals(answer, restored.replace("\n> ", " "));
    assertTrue(restored.contains("\n> "), restored);
    assertTrue(restored.lines().allMatch(line -> line.length() <= 78), restored);
  }

  @Property(tries = 500)
  void anAnswerKeepsItsWordsAndAPieceItsLines(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> words = List.of("we", "was", "late,", "في", "«no»", "12", "a", "house.");
    boolean quoted = random.nextBoolean();
    StringBuilder piece = new StringBuilder("It");
    StringBuilder answer = new StringBuilder("It");
    for (int i = random.nextInt(30); i > 0; i--) {
      String word = words.get(random.nextInt(words.size()));
      piece.append(random.nextInt(4) > 0 ? " " : quoted ? "\n> " : "\n").append(word);
      if (random.nextInt(6) > 0) {
        answer.append(' ').append(random.nextInt(3) == 0 ? "other" : word);
      }
    }
    HardWrap wrap = HardWrap.of(piece.toString());
    String restored = wrap.restored(answer.toString());
    assertEquals(answer.toString(), restored.replaceAll("\n(> )?", " "));
    assertEquals(piece.toString(), wrap.restored(wrap.joined()));
    assertEquals(piece.length(), HardWrap.level(piece.toString()).length());
  }
}
