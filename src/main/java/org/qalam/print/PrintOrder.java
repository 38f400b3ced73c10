package org.qalam.print;

/**
 * What is printed of a document, and how.
 *
 * @param title what the list of the printer's work calls it
 * @param first page, counted from 0
 * @param last page, included
 * @param copies at least 1
 */
public record PrintOrder(String title, int first, int last, int copies, Sides sides) {
  /** Which sides of the sheets are printed on. */
  public enum Sides {
    /** As the printer is set. */
    USUAL,
    ONE,
    BOTH
  }

  public PrintOrder {
    if (copies < 1 || first < 0 || last < first) {
      throw new IllegalArgumentException(
          "pages " + first + " to " + last + ", " + copies + " times");
    }
  }
}
