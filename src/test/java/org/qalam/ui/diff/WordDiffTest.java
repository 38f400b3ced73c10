package org.qalam.ui.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.qalam.ui.diff.WordDiff.Kind;
import org.qalam.ui.diff.WordDiff.Piece;

class WordDiffTest {
  @Property(tries = 300)
  void givesBothTextsBack(@ForAll("texts") String from, @ForAll("texts") String to) {
    WordDiff diff = WordDiff.between(from, to);
    assertEquals(from, without(diff, Kind.INSERTED));
    assertEquals(to, without(diff, Kind.DELETED));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("the", "cat’s", "قطة", " ", "  ", "\n", ".", ",", "x-y", "12", "😀")
        .list()
        .ofMaxSize(14)
        .map(words -> String.join("", words));
  }

  private static String without(WordDiff diff, Kind kind) {
    return diff.pieces().stream()
        .filter(piece -> piece.kind() != kind)
        .map(Piece::text)
        .collect(Collectors.joining());
  }

  @Test
  void marksWholeWords() {
    assertEquals(
        List.of(
            new Piece(Kind.KEPT, "It is "),
            new Piece(Kind.DELETED, "realy"),
            new Piece(Kind.INSERTED, "really"),
            new Piece(Kind.KEPT, " cold.")),
        WordDiff.between("It is realy cold.", "It is really cold.").pieces());
  }

  @Test
  void readsAChangedPhraseAsOneChange() {
    String before = "They was go home now.";
    String after = "They have gone home now.";
    WordDiff diff = WordDiff.between(before, after);
    assertEquals(4, diff.pieces().size());
    assertTrue(diff.pieces().contains(new Piece(Kind.DELETED, "was go")));
    assertTrue(diff.pieces().contains(new Piece(Kind.INSERTED, "have gone")));
  }

  @Test
  void tellsARewriteFromACorrection() {
    assertTrue(WordDiff.between("The heating broke down.", "We are freezing.").isMostlyChanged());
    assertFalse(
        WordDiff.between("The heating is broke.", "The heating is broken.").isMostlyChanged());
  }

  @Test
  void comparesALongTextInTime() {
    String from = "one two three four five six seven eight nine ten ".repeat(400);
    String to = "eleven two three twelve five six seven eight nine ten ".repeat(400);
    long start = System.nanoTime();
    WordDiff diff = WordDiff.between(from, to);
    assertTrue(System.nanoTime() - start < 5_000_000_000L);
    assertEquals(to, without(diff, Kind.DELETED));
  }

  @Test
  void aLongTextIsComparedLineByLine() {
    String line = "He have a cat and she has a dog in the house by the sea.\n\n";
    String text = line.repeat(800);
    String corrected = text.replace("have", "has");
    WordDiff diff = WordDiff.between(text, corrected);
    assertEquals(800, diff.pieces().stream().filter(piece -> piece.kind() == Kind.DELETED).count());
    assertTrue(
        diff.pieces().stream()
            .filter(piece -> piece.kind() == Kind.DELETED)
            .allMatch(piece -> piece.text().equals("have")));
    assertEquals(text, without(diff, Kind.INSERTED));
    assertEquals(corrected, without(diff, Kind.DELETED));
    assertFalse(diff.isMostlyChanged());
  }

  @Test
  void longTextsOfOtherLinesAreShownAsTwo() {
    String text = "He have a cat and she has a dog.\n".repeat(1200);
    assertTrue(WordDiff.between(text, text + "\nMore.").isMostlyChanged());
  }
}
