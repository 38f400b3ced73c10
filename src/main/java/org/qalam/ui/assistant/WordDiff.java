package org.qalam.ui.assistant;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer changes in a passage, word by word.
 *
 * @param pieces in reading order; kept and deleted ones together give the original, kept and
 *     inserted ones the proposal
 * @param changedShare words deleted or inserted, of all words of both texts; from 0 to 1
 */
record WordDiff(List<Piece> pieces, double changedShare) {
  /** Above this share of changed words, single marks are harder to read than two whole texts. */
  static final double MOSTLY = 0.5;

  /**
   * Texts with more tokens than this, taken together, are shown whole: comparing takes too long.
   */
  private static final int MOST_TOKENS = 16_000;

  /** A word with its inner apostrophes and hyphens, a run of white space, or a single sign. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{N}]+(?:['’\\-][\\p{L}\\p{M}\\p{N}]+)*|\\s+|.", Pattern.DOTALL);

  WordDiff {
    pieces = List.copyOf(pieces);
  }

  /** What becomes of a piece. */
  enum Kind {
    KEPT,
    DELETED,
    INSERTED
  }

  record Piece(Kind kind, String text) {}

  boolean isMostlyChanged() {
    return changedShare > MOSTLY;
  }

  static WordDiff between(String original, String proposal) {
    List<String> from = tokens(original);
    List<String> to = tokens(proposal);
    Builder result = new Builder();
    if (from.size() + to.size() > MOST_TOKENS) {
      result.add(Kind.DELETED, original);
      result.add(Kind.INSERTED, proposal);
      return new WordDiff(result.pieces(), original.equals(proposal) ? 0 : 1);
    }
    int done = 0;
    int changedWords = 0;
    for (Change change : ordered(from, to)) {
      result.add(Kind.KEPT, join(from, done, change.startOriginal));
      result.add(Kind.DELETED, join(from, change.startOriginal, change.endOriginal));
      result.add(Kind.INSERTED, join(to, change.startRevised, change.endRevised));
      changedWords += words(from, change.startOriginal, change.endOriginal);
      changedWords += words(to, change.startRevised, change.endRevised);
      done = change.endOriginal;
    }
    result.add(Kind.KEPT, join(from, done, from.size()));
    int all = words(from, 0, from.size()) + words(to, 0, to.size());
    return new WordDiff(result.pieces(), all == 0 ? 0 : (double) changedWords / all);
  }

  private static List<Change> ordered(List<String> from, List<String> to) {
    List<Change> changes =
        new ArrayList<>(MyersDiffWithLinearSpace.factory().create().computeDiff(from, to, null));
    changes.sort((a, b) ->
        a.startOriginal != b.startOriginal
            ? Integer.compare(a.startOriginal, b.startOriginal)
            : Integer.compare(a.startRevised, b.startRevised));
    return changes;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  private static String join(List<String> tokens, int start, int end) {
    return String.join("", tokens.subList(start, end));
  }

  private static int words(List<String> tokens, int start, int end) {
    return (int) tokens.subList(start, end).stream().filter(token -> !token.isBlank()).count();
  }

  /**
   * Joins neighbours, and joins changes that only a space parts, so that a changed phrase reads as
   * one deletion and one insertion.
   */
  private static final class Builder {
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder deleted = new StringBuilder();
    private final StringBuilder inserted = new StringBuilder();
    private String gap = "";

    void add(Kind kind, String text) {
      if (text.isEmpty()) {
        return;
      }
      if (kind == Kind.KEPT) {
        if (isChanging() && gap.isEmpty() && text.isBlank() && text.indexOf('\n') < 0) {
          gap = text;
        } else {
          flush();
          keep(text);
        }
        return;
      }
      if (!gap.isEmpty()) {
        deleted.append(gap);
        inserted.append(gap);
        gap = "";
      }
      (kind == Kind.DELETED ? deleted : inserted).append(text);
    }

    private boolean isChanging() {
      return !deleted.isEmpty() || !inserted.isEmpty();
    }

    private void flush() {
      if (!deleted.isEmpty()) {
        pieces.add(new Piece(Kind.DELETED, deleted.toString()));
      }
      if (!inserted.isEmpty()) {
        pieces.add(new Piece(Kind.INSERTED, inserted.toString()));
      }
      deleted.setLength(0);
      inserted.setLength(0);
      String kept = gap;
      gap = "";
      if (!kept.isEmpty()) {
        keep(kept);
      }
    }

    private void keep(String text) {
      if (!pieces.isEmpty() && pieces.getLast().kind() == Kind.KEPT) {
        pieces.set(pieces.size() - 1, new Piece(Kind.KEPT, pieces.getLast().text() + text));
      } else {
        pieces.add(new Piece(Kind.KEPT, text));
      }
    }

    List<Piece> pieces() {
      flush();
      return pieces;
    }
  }
}
