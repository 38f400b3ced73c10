package org.qalam.proof;

import org.qalam.document.TextRange;

/**
 * What a checker has to say about a few words of a paragraph.
 *
 * @param range the words, in UTF-16 units of the paragraph; never empty
 * @param rule the checker's name for the rule, the same at each start
 * @param ruleName what the rule is about, for people
 * @param message what is wrong, for people: a sentence or less
 */
public record Remark(TextRange range, Kind kind, String rule, String ruleName, String message) {
  /** What sort of mistake it may be. */
  public enum Kind {
    /** A word that is in no word list. */
    SPELLING,
    /** Words that do not go together, a repeated word, punctuation. */
    GRAMMAR,
    /** Nothing wrong: it could be said better. */
    STYLE
  }

  /** The same remark so many characters further on. */
  public Remark moved(int by) {
    return new Remark(
        new TextRange(range.start() + by, range.end() + by), kind, rule, ruleName, message);
  }
}
