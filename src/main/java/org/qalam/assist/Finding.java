package org.qalam.assist;

/**
 * Something that a check found in an answer.
 *
 * @param check which check; its words for people are in the resource bundle under {@code
 *     finding.NAME}
 * @param detail facts to fill in, such as the languages or the lengths; may be empty
 */
public record Finding(Check check, String detail) {
  /** What is checked, by plain code and for any model. */
  public enum Check {
    /** The answer is empty. */
    EMPTY,
    /** The answer is in another language than the text. */
    LANGUAGE,
    /** The answer is too short for its action. */
    TOO_SHORT,
    /** The answer is too long for its action. */
    TOO_LONG,
    /** The answer talks about itself. */
    CHATTER,
    /** The model refused. */
    REFUSAL,
    /** The answer contains the model's thinking. */
    THINKING,
    /** The answer repeats itself without end. */
    REPETITION,
    /** The model answered the text instead of editing it. */
    ANSWERED_INSTEAD,
    /** The answer says things that the text does not say. */
    ADDED,
    /** The answer is cut off at the limit of tokens. */
    CUT_OFF,
    /** Some sentences came back mangled and were left as they were. */
    PARTLY_KEPT,
    /** The results of some parts of a long text have faults. */
    PARTS_DOUBTFUL,
    /** What came of the parts of a long text is still too long to be told as one. */
    NOT_JOINED,
    /** It was stopped when some parts of a long text were done. */
    PARTS_DONE,
    /** A long text was worked on in parts. Not a fault, but read where they meet. */
    IN_PARTS,
    /** Only the end of a long text was read. Not a fault, but good to know. */
    END_READ,
    /** The text does not answer the question. Not a fault of the answer. */
    NOT_SAID,
    /** Sentences of an answer that no passage bears out were left out. Not a fault any more. */
    UNSUPPORTED,
    /** No passage bears out the model's answer: the text's own sentence stands in its place. */
    QUOTED,
    /** Sentences in the text that would give a model orders were kept from it. Not a fault. */
    ORDERS,
    /** Nothing is changed. Not a fault: the text may be right as it is. */
    UNCHANGED
  }

  /** Whether something is wrong with the answer; the others are good to know. */
  public boolean isFault() {
    return switch (check) {
      case UNCHANGED, IN_PARTS, END_READ, PARTS_DONE, NOT_SAID, UNSUPPORTED, QUOTED, ORDERS ->
          false;
      default -> true;
    };
  }
}
