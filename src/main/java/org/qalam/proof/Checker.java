package org.qalam.proof;

import java.util.List;

/**
 * Finds mistakes in paragraphs. It belongs to one thread at a time and is never called on JavaFX's:
 * the first paragraph of a language takes seconds, since rules and word lists are loaded then.
 */
public interface Checker {
  /** Whether it knows a language, named by its ISO 639-1 code. Any thread, at once. */
  boolean knows(String language);

  /**
   * The remarks on a paragraph of Markdown, in reading order; none overlaps another. Nothing is
   * said of a language that it does not know.
   *
   * @param paragraph a line of Markdown, without its line end
   */
  List<Remark> check(String paragraph, String language);

  /** What could stand in the place of a remark's words, the likeliest first; empty at worst. */
  List<String> suggestions(String paragraph, String language, Remark remark);
}
