package org.qalam.ui.diff;

import java.util.ArrayList;
import java.util.List;
import org.qalam.ui.text.StyledLine;

/** Two texts in one, as paragraphs to read: what went is struck, what came is underlined. */
public final class MarkedText {
  private MarkedText() {}

  /** The pieces one after the other; a deleted or inserted line end shows as a pilcrow. */
  public static List<StyledLine> of(List<WordDiff.Piece> pieces) {
    List<StyledLine> paragraphs = new ArrayList<>();
    List<StyledLine.Run> runs = new ArrayList<>();
    for (WordDiff.Piece piece : pieces) {
      String style =
          switch (piece.kind()) {
            case KEPT -> "";
            case DELETED -> "deleted";
            case INSERTED -> "inserted";
          };
      String[] lines = piece.text().split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        boolean endsLine = i + 1 < lines.length;
        String mark = endsLine && piece.kind() != WordDiff.Kind.KEPT ? "¶" : "";
        if (!lines[i].isEmpty() || !mark.isEmpty()) {
          runs.add(new StyledLine.Run(lines[i] + mark, style));
        }
        if (endsLine && piece.kind() != WordDiff.Kind.DELETED) {
          paragraphs.add(StyledLine.paragraph(runs, ""));
          runs.clear();
        }
      }
    }
    paragraphs.add(StyledLine.paragraph(runs, ""));
    return paragraphs;
  }
}
