package org.qalam.search;

import java.util.List;
import java.util.Optional;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

/**
 * A note that was found.
 *
 * @param title as lists show it; may be empty
 * @param titleMarks what of the title was asked for
 * @param snippet of the text, around what was asked for
 * @param place of the first of it in the text; empty where it is not in the text by its words
 * @param score the higher, the better; comparable within one search only
 */
public record Hit(
    DocumentId id,
    String title,
    List<TextRange> titleMarks,
    Snippet snippet,
    Optional<TextRange> place,
    double score) {
  public Hit {
    titleMarks = List.copyOf(titleMarks);
  }

  /** The same with another score. */
  Hit scored(double other) {
    return new Hit(id, title, titleMarks, snippet, place, other);
  }
}
