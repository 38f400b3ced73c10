package org.qalam.document;

/**
 * Where a document is kept in the list.
 *
 * @param folder empty while it is in none
 * @param isPinned whether it stands before the others
 */
public record Shelf(String folder, boolean isPinned) {
  /** Of a document that was put nowhere. */
  public static final Shelf NONE = new Shelf("", false);

  /** The same in another folder, its name as one line without blanks around it. */
  public Shelf in(String other) {
    return new Shelf(TextSummary.cleanTitle(other), isPinned);
  }

  /** The same pinned, or not any more. */
  public Shelf pinned(boolean on) {
    return new Shelf(folder, on);
  }
}
