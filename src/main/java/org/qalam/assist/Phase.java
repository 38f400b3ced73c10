package org.qalam.assist;

/** How far a request has come. */
public sealed interface Phase {
  /** The model is being loaded; a fraction from 0 to 1. */
  record Loading(double fraction) implements Phase {}

  /**
   * The prompt is being read.
   *
   * @param done tokens read
   * @param total tokens to read
   */
  record Reading(int done, int total) implements Phase {}

  /**
   * The answer is being written.
   *
   * @param textSoFar cleaned as far as can be known now
   * @param reached how much of it is certain
   * @param expectedTokens about how many tokens the whole answer will have
   */
  record Writing(
      String textSoFar, Reached reached, int newTokens, int expectedTokens, double tokensPerSecond)
      implements Phase {}

  /**
   * How far an answer that goes in the place of its passage is finished: the beginnings of the
   * passage and of the answer that stand for each other and will not change any more.
   *
   * @param original characters of the passage
   * @param text characters of the answer
   * @param isSound whether what was finished last passed its checks
   */
  record Reached(int original, int text, boolean isSound) {
    /** Nothing is certain before the end. */
    public static final Reached NOTHING = new Reached(0, 0, true);
  }

  /** The first answer failed a check and another one is being written. */
  record Retrying(Finding because) implements Phase {}

  /**
   * The text is longer than the model can hold, and the next of its parts is gone into.
   *
   * @param number of the part, counted from 1
   * @param isJoining whether these are parts of what came of the text's parts
   */
  record Part(int number, int all, boolean isJoining) implements Phase {}

  /** A piece of the passage has its answer, sound and whole. */
  record Answered(String piece, String answer) implements Phase {}
}
