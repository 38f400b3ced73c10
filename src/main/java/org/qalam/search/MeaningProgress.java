package org.qalam.search;

/**
 * How far notes are read for their meaning.
 *
 * @param known notes that can be found by it
 * @param all notes that there are
 */
public record MeaningProgress(int known, int all) {
  /** Before anything is to be read. */
  public static final MeaningProgress NOTHING = new MeaningProgress(0, 0);

  /** Whether nothing is left to be read. */
  public boolean isComplete() {
    return known >= all;
  }
}
