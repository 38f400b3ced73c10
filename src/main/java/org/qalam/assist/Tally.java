package org.qalam.assist;

import java.util.List;

/**
 * How many things of one kind an answer kept.
 *
 * @param all how many there are to be kept
 * @param missing those that are not kept, as they are written
 */
public record Tally(Kind kind, int all, List<String> missing) {
  /** What is counted. */
  public enum Kind {
    NUMBERS,
    DATES,
    NAMES,
    LINKS,
    QUOTATIONS
  }

  public Tally {
    missing = List.copyOf(missing);
  }

  /** How many are kept. */
  public int kept() {
    return all - missing.size();
  }

  /** Whether all are kept. */
  public boolean isWhole() {
    return missing.isEmpty();
  }
}
