package org.qalam.document;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a document is kept in the list.
 *
 * @param folder empty while it is in none; a folder in a folder has a name such as {@code
 *     Work/Letters}
 * @param isPinned whether it stands before the others
 */
public record Shelf(String folder, boolean isPinned) {
  /** Of a document that was put nowhere. */
  public static final Shelf NONE = new Shelf("", false);

  /** The same in another folder, each part of its name as one line without blanks around it. */
  public Shelf in(String other) {
    String clean =
        Stream.of(other.split("/", -1))
            .map(TextSummary::cleanTitle)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("/"));
    return new Shelf(clean, isPinned);
  }

  /** Whether it is in a folder, or in one within that. */
  public boolean isIn(String other) {
    return folder.equals(other) || folder.startsWith(other + "/");
  }

  /** The same pinned, or not any more. */
  public Shelf pinned(boolean on) {
    return new Shelf(folder, on);
  }
}
