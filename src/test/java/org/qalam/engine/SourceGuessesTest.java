package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceGuessesTest {
  private static final int[] SOURCE = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21};
  private static final int[] NOTHING = {};

  @Test
  void answerBeginsAsItsSourceForAsLongAsThatIsLikely() {
    assertArrayEquals(SOURCE, new SourceGuesses(SOURCE, 0.99).beginning(40));
    assertArrayEquals(new int[] {10, 11, 12, 13, 14}, new SourceGuesses(SOURCE, 0.9).beginning(40));
    assertArrayEquals(new int[] {10, 11}, new SourceGuesses(SOURCE, 0.9).beginning(2));
    assertArrayEquals(NOTHING, new SourceGuesses(SOURCE, 0.5).beginning(40));
  }

  @Test
  void goesOnAfterAWordThatIsPutForAnother() {
    assertArrayEquals(new int[] {12, 13, 14}, after(10, 99));
  }

  @Test
  void goesOnAfterWordsThatAreLeftOut() {
    assertArrayEquals(new int[] {15, 16, 17}, after(10, 14));
  }

  @Test
  void goesOnAfterAWordThatIsPutIn() {
    assertArrayEquals(new int[] {12, 13, 14}, after(10, 99, 11));
  }

  @Test
  void findsItsPlaceByTwoTokensRatherThanByANearerOne() {
    int[] source = {5, 3, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 9};
    SourceGuesses guesses = new SourceGuesses(source, 0.95);
    for (int id : new int[] {50, 8, 3}) { // the 8 is too far away to go by it alone
      guesses.saw(id);
    }
    assertArrayEquals(new int[] {9}, guesses.next(NOTHING, 0, 20));
  }

  @Test
  void guessesNothingAfterTheSourcesEnd() {
    assertArrayEquals(NOTHING, after(SOURCE));
  }

  @Test
  void guessesNothingOnceTheAnswerSharesNothingWithItsSource() {
    SourceGuesses guesses = new SourceGuesses(IntStream.range(0, 40).toArray(), 0.9);
    for (int id = 100; id < 120; id++) {
      guesses.saw(id);
    }
    assertArrayEquals(NOTHING, guesses.next(NOTHING, 0, 20));
  }

  @Test
  void countsWhatCameAsExpected() {
    SourceGuesses guesses = new SourceGuesses(SOURCE, 0.9);
    for (int id : new int[] {10, 99, 12, 13}) {
      guesses.saw(id);
    }
    assertEquals(4, guesses.expected());
    assertEquals(3, guesses.asExpected());
  }

  private static int[] after(int... answer) {
    SourceGuesses guesses = new SourceGuesses(SOURCE, 0.95);
    for (int id : answer) {
      guesses.saw(id);
    }
    return guesses.next(NOTHING, 0, 20);
  }
}
