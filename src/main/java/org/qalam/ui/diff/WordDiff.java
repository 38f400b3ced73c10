package org.qalam.ui.diff;

import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qalam.ui.diff.ReadableChanges.Span;

/**
 * What an answer changes in a passage, word by word.
 *
 * @param pieces in reading order; kept and deleted ones together give the original, kept and
 *     inserted ones the proposal
 * @param changedShare words deleted or inserted, of all words of both texts; from 0 to 1
 */
public record WordDiff(List<Piece> pieces, double changedShare) {
  /** Above this share of changed words, single marks are harder to read than two whole texts. */
  public static final double MOSTLY = 0.5;

  /**
   * Texts with more tokens than this, taken together, are not compared at once: it takes too long.
   */
  private static final int MOST_TOKENS = 16_000;

  /**
   * A number with its signs inside, a word with its inner apostrophes and hyphens, a run of white
   * space, or a single sign.
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\p{Nd}+(?:[.,:/٫٬]\\p{Nd}+)+(?![\\p{L}\\p{M}\\p{N}])"
              + "|[\\p{L}\\p{M}\\p{N}]+(?:['’\\-][\\p{L}\\p{M}\\p{N}]+)*|\\s+|.",
          Pattern.DOTALL);

  public WordDiff {
    pieces = List.copyOf(pieces);
  }

  /** What becomes of a piece. */
  public enum Kind {
    KEPT,
    DELETED,
    INSERTED
  }

  /** A stretch of one of the texts, or of both. */
  public record Piece(Kind kind, String text) {}

  /** Whether two whole texts are easier to read than single marks. */
  public boolean isMostlyChanged() {
    return changedShare > MOSTLY;
  }

  /** Compares two texts; any thread. */
  public static WordDiff between(String original, String proposal) {
    List<String> from = tokens(original);
    List<String> to = tokens(proposal);
    Builder result = new Builder();
    if (from.size() + to.size() > MOST_TOKENS) {
      return ofLong(original, proposal);
    }
    List<Span> changes = changes(from, to);
    int changedWords = 0;
    for (Span change : changes) {
      changedWords += words(from, change.from(), change.fromEnd());
      changedWords += words(to, change.to(), change.toEnd());
    }
    int done = 0;
    for (Span change : ReadableChanges.of(from, to, changes)) {
      result.keep(join(from, done, change.from()));
      result.change(
          join(from, change.from(), change.fromEnd()), join(to, change.to(), change.toEnd()));
      done = change.fromEnd();
    }
    result.keep(join(from, done, from.size()));
    int all = words(from, 0, from.size()) + words(to, 0, to.size());
    return new WordDiff(result.pieces(), all == 0 ? 0 : (double) changedWords / all);
  }

  /** Long texts are compared line by line, where they have the same number of lines. */
  private static WordDiff ofLong(String original, String proposal) {
    String[] from = original.splitWithDelimiters("\n", -1);
    String[] to = proposal.splitWithDelimiters("\n", -1);
    Builder result = new Builder();
    if (from.length != to.length || from.length == 1) {
      result.change(original, proposal);
      return new WordDiff(result.pieces(), original.equals(proposal) ? 0 : 1);
    }
    double changedWords = 0;
    double all = 0;
    for (int i = 0; i < from.length; i++) {
      WordDiff line = between(from[i], to[i]);
      line.pieces.forEach(result::add);
      int words = words(from[i]) + words(to[i]);
      changedWords += line.changedShare * words;
      all += words;
    }
    return new WordDiff(result.pieces(), all == 0 ? 0 : changedWords / all);
  }

  /** Stretches that differ, in order; none touches another. */
  static List<Span> changes(List<String> from, List<String> to) {
    List<Span> changes = new ArrayList<>();
    MyersDiffWithLinearSpace.factory().create().computeDiff(from, to, null).stream()
        .map(change ->
            new Span(
                change.startOriginal, change.endOriginal, change.startRevised, change.endRevised))
        .sorted(Comparator.comparingInt(Span::from).thenComparingInt(Span::to))
        .forEach(change -> {
          boolean touches =
              !changes.isEmpty()
                  && changes.getLast().fromEnd() == change.from()
                  && changes.getLast().toEnd() == change.to();
          if (touches) {
            changes.set(changes.size() - 1, changes.getLast().upTo(change));
          } else {
            changes.add(change);
          }
        });
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

  private static int words(String text) {
    List<String> tokens = tokens(text);
    return words(tokens, 0, tokens.size());
  }

  private static int words(List<String> tokens, int start, int end) {
    return (int) tokens.subList(start, end).stream().filter(token -> !token.isBlank()).count();
  }

  /** Puts pieces beside each other; white space on which both sides of a change agree is kept. */
  private static final class Builder {
    private final List<Piece> pieces = new ArrayList<>();

    void keep(String text) {
      if (!text.isEmpty() && !pieces.isEmpty() && pieces.getLast().kind() == Kind.KEPT) {
        pieces.set(pieces.size() - 1, new Piece(Kind.KEPT, pieces.getLast().text() + text));
      } else {
        put(Kind.KEPT, text);
      }
    }

    void add(Piece piece) {
      if (piece.kind() == Kind.KEPT) {
        keep(piece.text());
      } else {
        put(piece.kind(), piece.text());
      }
    }

    void change(String deleted, String inserted) {
      int shorter = Math.min(deleted.length(), inserted.length());
      int lead = 0;
      while (lead < shorter && isSpace(deleted.charAt(lead), inserted.charAt(lead))) {
        lead++;
      }
      int tail = 0;
      while (tail < shorter - lead
          && isSpace(
              deleted.charAt(deleted.length() - 1 - tail),
              inserted.charAt(inserted.length() - 1 - tail))) {
        tail++;
      }
      keep(deleted.substring(0, lead));
      put(Kind.DELETED, deleted.substring(lead, deleted.length() - tail));
      put(Kind.INSERTED, inserted.substring(lead, inserted.length() - tail));
      keep(deleted.substring(deleted.length() - tail));
    }

    private static boolean isSpace(char deleted, char inserted) {
      return deleted == inserted && Character.isWhitespace(deleted);
    }

    private void put(Kind kind, String text) {
      if (!text.isEmpty()) {
        pieces.add(new Piece(kind, text));
      }
    }

    List<Piece> pieces() {
      return pieces;
    }
  }
}
