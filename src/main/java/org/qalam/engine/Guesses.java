package org.qalam.engine;

/**
 * Guesses how an answer goes on, so that several tokens are tried in one step (0067). What is
 * guessed follows from the prompt and the answer alone, never from the clock, so that the same
 * request is cut into the same steps. Confined to one thread; good for one answer.
 */
interface Guesses {
  /** Guesses nothing: a token a step. */
  Guesses NONE =
      new Guesses() {
        @Override
        public int[] beginning(int most) {
          return new int[0];
        }

        @Override
        public void saw(int id) {}

        @Override
        public int[] next(int[] tokens, int count, int most) {
          return new int[0];
        }
      };

  /**
   * Guesses what the answer begins with, to be read in one step with the prompt's end.
   *
   * @param most at most so many tokens
   * @return ids, none where nothing is guessed or it would not pay
   */
  int[] beginning(int most);

  /**
   * Tells what the answer's next token became, guessed or not, so that guesses which were not tried
   * count as well.
   */
  void saw(int id);

  /**
   * Guesses how the tokens go on; the last one was told to {@link #saw}.
   *
   * @param tokens ids, of which the first {@code count} count
   * @param most at most so many tokens
   * @return ids, none where nothing is guessed or it would not pay
   */
  int[] next(int[] tokens, int count, int most);

  /** Tokens of the answer for which one was expected from its source. */
  default int expected() {
    return 0;
  }

  /** Of these, tokens that became what was expected. */
  default int asExpected() {
    return 0;
  }
}
