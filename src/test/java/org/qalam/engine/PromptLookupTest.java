package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PromptLookupTest {
  private static final int[] NOTHING = {};

  @Test
  void guessesWhatStoodAfterTheSameWordsOnceThatProvedRight() {
    PromptLookup lookup = proved();
    int[] tokens = {9, 1, 2, 3, 4, 5, 6, 7, 8, 10, 9, 1, 2};
    assertArrayEquals(new int[] {3, 4, 5, 6, 7, 8, 10}, lookup.next(tokens, tokens.length, 20));
  }

  @Test
  void guessesNoMoreThanThereIsRoomFor() {
    int[] tokens = {9, 1, 2, 3, 4, 5, 6, 7, 8, 10, 9, 1, 2};
    assertArrayEquals(new int[] {3, 4}, proved().next(tokens, tokens.length, 2));
    assertArrayEquals(NOTHING, proved().next(tokens, tokens.length, 0));
  }

  @Test
  void takesThePlaceWhereMoreWordsAreTheSame() {
    int[] tokens = {5, 1, 2, 30, 8, 1, 2, 40, 5, 1, 2};
    assertEquals(30, proved().next(tokens, tokens.length, 20)[0]);
  }

  @Test
  void looksAtCountedTokensOnly() {
    int[] tokens = {5, 1, 2, 30, 5, 1, 2, 99, 99};
    assertArrayEquals(new int[] {30, 5, 1, 2}, proved().next(tokens, 7, 20));
  }

  @Test
  void guessesNothingAtFirstNorAfterWrongGuesses() {
    int[] tokens = {5, 1, 2, 30, 8, 5, 1, 2};
    assertArrayEquals(NOTHING, new PromptLookup().next(tokens, tokens.length, 20));
    PromptLookup lookup = proved();
    for (int i = 0; i < 12; i++) {
      lookup.next(tokens, tokens.length, 20);
      lookup.saw(31);
    }
    assertArrayEquals(NOTHING, lookup.next(tokens, tokens.length, 20));
  }

  @Test
  void guessesNothingWhereNothingIsRepeated() {
    assertArrayEquals(NOTHING, proved().next(new int[] {1, 2, 3, 4, 5, 6}, 6, 20));
    assertArrayEquals(NOTHING, proved().next(new int[] {1}, 1, 20));
  }

  /** One whose guesses were right often enough to be tried at full length. */
  private static PromptLookup proved() {
    PromptLookup lookup = new PromptLookup();
    int[] tokens = {1, 2, 7, 1, 2};
    for (int i = 0; i < 30; i++) {
      lookup.next(tokens, tokens.length, 0);
      lookup.saw(7);
    }
    return lookup;
  }
}
