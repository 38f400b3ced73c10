package org.qalam.engine;

/**
 * What an answer will repeat for the most part, as a correction repeats its source: it is guessed
 * from it and comes faster (0067).
 *
 * @param text as the answer would have it; empty where nothing is known
 * @param share of its tokens that are hoped to come back, 0 to 1
 */
public record Likely(String text, double share) {
  public static final Likely NOTHING = new Likely("", 0);

  public Likely {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be 0 to 1, found " + share);
    }
  }
}
