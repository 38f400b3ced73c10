package org.qalam.ui.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Changes between two lists of tokens, put as a person would mark them. A comparison finds a
 * shortest way from one text to the other, which is seldom the only one and not always the one that
 * reads best: a sentence is deleted with the full stop of the sentence before, two words that
 * change places are put in here and taken out there. Belongs to no thread.
 */
final class ReadableChanges {
  /** Words that may stand between two places of a word that moved. */
  private static final int MOVED_OVER = 3;

  /**
   * A stretch of the original, and what comes in its place; one of them may be empty.
   *
   * @param from first token of the original
   * @param fromEnd the one after the last
   * @param to first token of the revision
   * @param toEnd the one after the last
   */
  record Span(int from, int fromEnd, int to, int toEnd) {
    boolean isInsertion() {
      return from == fromEnd;
    }

    boolean isDeletion() {
      return to == toEnd;
    }

    /** Where it begins in the revision if it is an insertion, else in the original. */
    int start() {
      return isInsertion() ? to : from;
    }

    int end() {
      return isInsertion() ? toEnd : fromEnd;
    }

    Span moved(int by) {
      return new Span(from + by, fromEnd + by, to + by, toEnd + by);
    }

    Span upTo(Span end) {
      return new Span(from, end.fromEnd, to, end.toEnd);
    }
  }

  private final List<String> original;
  private final List<String> revision;

  private ReadableChanges(List<String> original, List<String> revision) {
    this.original = original;
    this.revision = revision;
  }

  /**
   * The same way from one text to the other, easier to read.
   *
   * @param spans in reading order; between two of them stands at least one token
   */
  static List<Span> of(List<String> original, List<String> revision, List<Span> spans) {
    ReadableChanges changes = new ReadableChanges(original, revision);
    List<Span> phrases = joined(changes.placed(spans), changes::isOnePhrase);
    return joined(phrases, changes::belongTogether);
  }

  // ---- where a deletion or an insertion stands ----

  private List<Span> placed(List<Span> spans) {
    List<Span> placed = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      int least = placed.isEmpty() ? 0 : placed.getLast().fromEnd();
      int most = i + 1 < spans.size() ? spans.get(i + 1).from() : original.size();
      Span span = spans.get(i);
      placed.add(span.isInsertion() || span.isDeletion() ? best(span, least, most) : span);
    }
    return placed;
  }

  /** Of all places where the same words may be taken out or put in the one that reads best. */
  private Span best(Span span, int least, int most) {
    Span first = span;
    while (first.from() > least && isSameShifted(first, -1)) {
      first = first.moved(-1);
    }
    Span best = span;
    int mark = mark(span);
    for (Span at = first; ; at = at.moved(1)) {
      boolean isFree =
          at.from() == span.from()
              || ((least == 0 || isApart(least, at.from()))
                  && (most == original.size() || isApart(at.fromEnd(), most)));
      if (isFree && (mark(at) > mark || (mark(at) == mark && at.from() > best.from()))) {
        best = at;
        mark = mark(at);
      }
      if (at.fromEnd() >= most || !isSameShifted(at, 1)) {
        return best;
      }
    }
  }

  /** Whether both texts stay the same if the span moves by one token. */
  private boolean isSameShifted(Span span, int by) {
    List<String> tokens = tokens(span);
    return by > 0
        ? span.end() < tokens.size() && tokens.get(span.end()).equals(tokens.get(span.start()))
        : span.start() > 0 && tokens.get(span.start() - 1).equals(tokens.get(span.end() - 1));
  }

  /** Whether something stays between two changes that keeps them apart. */
  private boolean isApart(int start, int end) {
    return original.subList(start, end).stream()
        .anyMatch(token -> !token.isBlank() || token.indexOf('\n') >= 0);
  }

  private List<String> tokens(Span span) {
    return span.isInsertion() ? revision : original;
  }

  private int mark(Span span) {
    List<String> tokens = tokens(span);
    return edge(tokens, span.start()) + edge(tokens, span.end());
  }

  /** How clearly something ends or begins before this token. */
  private static int edge(List<String> tokens, int at) {
    if (at == 0 || at == tokens.size()) {
      return 4;
    }
    String before = tokens.get(at - 1);
    String after = tokens.get(at);
    if (before.indexOf('\n') >= 0 || after.indexOf('\n') >= 0) {
      return 4;
    }
    boolean isSentence =
        (after.isBlank() && endsSentence(before))
            || (before.isBlank() && at > 1 && endsSentence(tokens.get(at - 2)));
    if (isSentence) {
      return 3;
    }
    return before.isBlank() || after.isBlank() ? 2 : isWord(before) && isWord(after) ? 0 : 1;
  }

  private static boolean endsSentence(String token) {
    return token.length() == 1 && ".!?…؟".contains(token);
  }

  // ---- changes that belong together ----

  private static List<Span> joined(List<Span> spans, BiPredicate<Span, Span> areOne) {
    List<Span> joined = new ArrayList<>();
    for (Span span : spans) {
      if (!joined.isEmpty() && areOne.test(joined.getLast(), span)) {
        joined.set(joined.size() - 1, joined.getLast().upTo(span));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }

  /** Whether only a space parts them. */
  private boolean isOnePhrase(Span one, Span other) {
    return !isApart(one.fromEnd(), other.from());
  }

  private boolean belongTogether(Span one, Span other) {
    List<String> kept = original.subList(one.fromEnd(), other.from());
    if (kept.stream().anyMatch(token -> token.indexOf('\n') >= 0 || endsSentence(token))) {
      return false;
    }
    int words = words(kept);
    boolean isBetweenPhrases = words > 0 && words < longer(one) && words < longer(other);
    return isBetweenPhrases || (words <= MOVED_OVER && isMove(one, other));
  }

  /** The same words taken out on one side of what stays and put in on the other. */
  private boolean isMove(Span one, Span other) {
    boolean isBack = one.isInsertion() && other.isDeletion();
    boolean isOn = one.isDeletion() && other.isInsertion();
    return (isBack
            && text(revision, one.to(), one.toEnd())
                .equals(text(original, other.from(), other.fromEnd())))
        || (isOn
            && text(original, one.from(), one.fromEnd())
                .equals(text(revision, other.to(), other.toEnd())));
  }

  private static String text(List<String> tokens, int start, int end) {
    return String.join("", tokens.subList(start, end)).strip();
  }

  private int longer(Span span) {
    return Math.max(
        words(original.subList(span.from(), span.fromEnd())),
        words(revision.subList(span.to(), span.toEnd())));
  }

  private static int words(List<String> tokens) {
    return (int) tokens.stream().filter(ReadableChanges::isWord).count();
  }

  private static boolean isWord(String token) {
    return Character.isLetterOrDigit(token.codePointAt(0));
  }
}
