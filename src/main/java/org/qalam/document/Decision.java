package org.qalam.document;

import java.time.Instant;
import java.util.UUID;

/**
 * What a writer did with one proposal of a model, or with one change in it.
 *
 * @param output the proposal
 * @param made when
 * @param before the words that the change is about; empty for an insertion, and where the verdict
 *     is about the whole proposal
 * @param after the proposed words; empty for a deletion, and where it is about the whole proposal
 */
public record Decision(
    UUID output, DocumentId document, Instant made, Verdict verdict, String before, String after) {
  /** Longer words are cut; a change of that size is no change of words. */
  public static final int LONGEST = 10_000;

  public Decision {
    before = cut(before);
    after = cut(after);
  }

  /** What was decided. */
  public enum Verdict {
    /** The change was taken into the text. */
    ACCEPTED,
    /** The text stays as it is there. */
    REJECTED,
    /** An accepted change was undone while the proposal was still open. */
    TAKEN_BACK,
    /** The whole proposal took the passage's place. */
    REPLACED,
    /** The whole proposal was put into the text. */
    INSERTED,
    /** The whole proposal was copied. */
    COPIED
  }

  private static String cut(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
  }
}
