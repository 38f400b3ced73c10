package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.qalam.assist.Guard;
import org.qalam.assist.GuardedText;
import org.qalam.document.TextRange;
import org.qalam.ui.diff.WordDiff;

/**
 * One place where an answer changes its original. Belongs to no thread.
 *
 * @param range what is replaced, in the original; empty for an insertion
 * @param lead what stands before it, where the change alone would not say what it is about
 * @param guards what of the writer's it touches
 * @param isRewriting whether most words are others, so that two texts are to be read beside each
 *     other
 */
record Edit(
    TextRange range,
    String lead,
    String before,
    String after,
    Set<Guard> guards,
    boolean isRewriting) {
  Edit {
    guards = Set.copyOf(guards);
  }

  /** The changes of an answer, in reading order; {@code diff} compares the two. */
  static List<Edit> of(String original, String proposal, WordDiff diff) {
    return Rewriting.edits(original, proposal, diff);
  }

  /**
   * The changes of a part of an answer, in reading order.
   *
   * @param start where the part that {@code diff} compares begins in the original
   */
  static List<Edit> of(String original, GuardedText guarded, int start, WordDiff diff) {
    List<Edit> edits = new ArrayList<>();
    List<WordDiff.Piece> pieces = diff.pieces();
    int at = start;
    for (int i = 0; i < pieces.size(); i++) {
      WordDiff.Piece piece = pieces.get(i);
      if (piece.kind() == WordDiff.Kind.KEPT) {
        at += piece.text().length();
        continue;
      }
      String before = "";
      String after = piece.text();
      if (piece.kind() == WordDiff.Kind.DELETED) {
        before = piece.text();
        boolean replaced =
            i + 1 < pieces.size() && pieces.get(i + 1).kind() == WordDiff.Kind.INSERTED;
        after = replaced ? pieces.get(++i).text() : "";
      }
      TextRange range = new TextRange(at, at + before.length());
      Set<Guard> guards = guarded.touchedBy(range, after);
      edits.add(new Edit(range, lead(original, at, before, after), before, after, guards, false));
      at = range.end();
    }
    return edits;
  }

  /** The original with changes of it, which are in its order. */
  static String applied(String original, List<Edit> edits) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Edit edit : edits) {
      text.append(original, at, edit.range().start()).append(edit.after());
      at = edit.range().end();
    }
    return text.append(original, at, original.length()).toString();
  }

  /** The word before, where only signs or spaces change, or nothing is there yet. */
  private static String lead(String original, int at, String before, String after) {
    boolean tells =
        before.chars().anyMatch(Character::isLetterOrDigit)
            && (after.isEmpty() || after.chars().anyMatch(Character::isLetterOrDigit));
    if (tells) {
      return "";
    }
    int from = at;
    while (from > 0 && Character.isWhitespace(original.charAt(from - 1))) {
      from--;
    }
    while (from > 0 && !Character.isWhitespace(original.charAt(from - 1))) {
      from--;
    }
    return original.substring(from, at);
  }
}
