package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.assist.Pieces.Piece;
import org.qalam.assist.Recipe.Unit;

class PiecesTest {
  @Provide
  static Arbitrary<String> markdown() {
    return Writings.markdown();
  }

  @Property
  void piecesJoinedAreTheText(@ForAll("markdown") String text, @ForAll Unit unit) {
    assertEquals(
        text, Pieces.of(text, unit).stream().map(Piece::text).collect(Collectors.joining()));
  }

  @Property
  void whatIsSentHasLettersAndNoSpaceAroundIt(@ForAll("markdown") String text, @ForAll Unit unit) {
    for (String piece : sent(text, unit)) {
      assertEquals(piece.strip(), piece);
      assertTrue(piece.codePoints().anyMatch(Character::isLetter), piece);
    }
  }

  @Test
  void sentencesAreSentOneByOne() {
    assertEquals(
        List.of("She dont like apples.", "He have two cat!", "Why is that?"),
        sent("She dont like apples. He have two cat!  Why is that?", Unit.SENTENCE));
  }

  @Test
  void arabicSentencesAreSentOneByOne() {
    assertEquals(
        List.of("ذهبت الي المدرسه.", "هل رايت اخي؟"),
        sent("ذهبت الي المدرسه. هل رايت اخي؟", Unit.SENTENCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "We met on 3. March in town.",
        "It costs 3.50 euros at the shop.",
        "Bring fruit, e.g. apples, to the party.",
        "Write to sam@example.com or see www.example.com for more."
      })
  void dotWithinASentenceDoesNotCutIt(String sentence) {
    assertEquals(List.of(sentence), sent(sentence, Unit.SENTENCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Dr. Smith came late.", "I met Mr. Jones today.", "See Fig. 3 in the paper."})
  void abbreviationDoesNotCutASentence(String sentence) {
    assertEquals(List.of(sentence), sent(sentence, Unit.SENTENCE));
  }

  @Test
  void paragraphIsSentInOnePiece() {
    assertEquals(
        List.of("One is here. Two is there.", "Three is away."),
        sent("One is here. Two is there.\n\nThree is away.\n", Unit.PARAGRAPH));
  }

  @Test
  void wholeTextIsSentInOnePieceWithoutTheSpaceAroundIt() {
    assertEquals(
        List.of("# Title\n\n- one\n\n    code"),
        sent("\n\n# Title\n\n- one\n\n    code\n", Unit.WHOLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# ", "###### ", "- ", "* ", "+ ", "- [ ] ", "- [x] ", "1. ", "12) ", "١. ", "> ", ">> ",
        "> - ", "> 1. ", "  - ", "> ## "
      })
  void marksOfALineAreNotSent(String marks) {
    assertEquals(List.of("She has cats"), sent(marks + "She has cats", Unit.SENTENCE));
    assertEquals(List.of("She has cats"), sent(marks + "She has cats", Unit.PARAGRAPH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#hashtag is nice", "-5 degrees are cold", "1.5 litres are enough"})
  void whatOnlyLooksLikeAMarkIsSent(String line) {
    assertEquals(List.of(line), sent(line, Unit.SENTENCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"```", "~~~"})
  void codeBetweenFencesIsNotSent(String fence) {
    String text =
        "Look at this:\n" + fence + "java\nint a have = 1;\n\n" + fence + "\nIt are code.";
    assertEquals(List.of("Look at this:", "It are code."), sent(text, Unit.SENTENCE));
  }

  @Test
  void fenceOfOtherMarksDoesNotEndCode() {
    assertEquals(
        List.of("Text after it."),
        sent("```\nfirst line\n~~~\nsecond line\n```\nText after it.", Unit.SENTENCE));
  }

  @Test
  void codeWithinALineIsNoFence() {
    assertEquals(
        List.of("```ls -l``` list files.", "It are nice."),
        sent("```ls -l``` list files.\nIt are nice.", Unit.SENTENCE));
  }

  @Test
  void fenceThatIsNeverClosedProtectsTheRest() {
    assertEquals(List.of("Text before."), sent("Text before.\n```\nint a;\nb = a", Unit.SENTENCE));
  }

  @Test
  void indentedCodeIsNotSent() {
    assertEquals(
        List.of("Text before."), sent("Text before.\n\n    int a have = 1;\n\tb", Unit.SENTENCE));
  }

  @Test
  void itemOfAnInnerListIsSentHoweverFarItIsIndented() {
    assertEquals(
        List.of("outer item", "inner item", "third item"),
        sent("- outer item\n    - inner item\n\t1. third item", Unit.SENTENCE));
  }

  @Test
  void linesThatEndTheWindowsWayKeepTheirEnds() {
    List<Piece> pieces = Pieces.of("One is here.\r\n\r\nTwo is there.\r\n", Unit.SENTENCE);
    assertEquals(
        List.of("One is here.", "Two is there."),
        pieces.stream().filter(Piece::sent).map(Piece::text).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t\n", "12.5 + 3 = 15.5", "---", "***", "🙂"})
  void textWithoutLettersIsNotSent(String text) {
    assertTrue(Pieces.of(text, Unit.SENTENCE).stream().noneMatch(Piece::sent));
  }

  @Test
  void lineOfManyMarksIsCutToo() {
    String marks = ">".repeat(100_000);
    assertFalse(Pieces.of(marks + " text", Unit.SENTENCE).isEmpty());
    assertEquals(List.of("text"), sent(marks + " text", Unit.SENTENCE));
  }

  private static List<String> sent(String text, Unit unit) {
    return Pieces.of(text, unit).stream().filter(Piece::sent).map(Piece::text).toList();
  }
}
