package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.qalam.assist.Guard;
import org.qalam.assist.GuardedText;
import org.qalam.document.TextRange;
import org.qalam.document.TextSummary;
import org.qalam.ui.diff.WordDiff;

/**
 * The changes of an answer, line by line. Where most words of a line are others, marks on single
 * ones would be confetti: such a line is one change, to be read as two texts. The others, and short
 * ones among several, have their words marked. An answer of one line, or with other lines than its
 * original, is one change if most of its words are others. Belongs to no thread.
 */
final class Rewriting {
  /** Words of both texts together from which on two texts are easier to read than marks. */
  private static final int LEAST_WORDS = 12;

  private final String original;
  private final GuardedText guarded;
  private final List<Edit> edits = new ArrayList<>();

  private Rewriting(String original, GuardedText guarded) {
    this.original = original;
    this.guarded = guarded;
  }

  /** The changes in reading order; all accepted, the original is the proposal. */
  static List<Edit> edits(String original, String proposal, WordDiff diff) {
    Rewriting rewriting = new Rewriting(original, new GuardedText(original));
    List<String> before = lines(original);
    List<String> after = lines(proposal);
    if (before.size() == 1 || !haveSameLines(before, after)) {
      rewriting.add(0, original, proposal, diff, true);
    } else {
      rewriting.addLines(0, before, after);
    }
    return rewriting.edits;
  }

  /**
   * The changes of a part of an answer, in reading order.
   *
   * @param guarded of the whole original
   * @param range what the part stands for, in the original
   */
  static List<Edit> edits(String original, GuardedText guarded, TextRange range, String proposal) {
    Rewriting rewriting = new Rewriting(original, guarded);
    String part = range.of(original);
    List<String> before = lines(part);
    List<String> after = lines(proposal);
    if (haveSameLines(before, after)) {
      rewriting.addLines(range.start(), before, after);
    } else {
      rewriting.add(range.start(), part, proposal, WordDiff.between(part, proposal), true);
    }
    return rewriting.edits;
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }

  private void addLines(int first, List<String> before, List<String> after) {
    int start = first;
    for (int i = 0; i < before.size(); i++) {
      String line = before.get(i);
      if (!line.equals(after.get(i))) {
        int words = TextSummary.countWords(line) + TextSummary.countWords(after.get(i));
        add(start, line, after.get(i), WordDiff.between(line, after.get(i)), words >= LEAST_WORDS);
      }
      start += line.length() + 1;
    }
  }

  private static boolean haveSameLines(List<String> before, List<String> after) {
    return before.size() == after.size()
        && IntStream.range(0, before.size())
            .allMatch(i -> before.get(i).isBlank() == after.get(i).isBlank());
  }

  private void add(int start, String before, String after, WordDiff diff, boolean isLong) {
    if (isLong && diff.isMostlyChanged()) {
      addWhole(start, before, after);
    } else {
      edits.addAll(Edit.of(original, guarded, start, diff));
    }
  }

  /** One change; what both texts have at their edges that is no word stays out of it. */
  private void addWhole(int start, String before, String after) {
    int shorter = Math.min(before.length(), after.length());
    int lead = 0;
    while (lead < shorter && isSame(before.charAt(lead), after.charAt(lead))) {
      lead++;
    }
    int tail = 0;
    while (tail < shorter - lead
        && Character.isWhitespace(before.charAt(before.length() - 1 - tail))
        && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
      tail++;
    }
    TextRange range = new TextRange(start + lead, start + before.length() - tail);
    String now = after.substring(lead, after.length() - tail);
    Set<Guard> lost = guarded.lostBy(range, now);
    edits.add(new Edit(range, "", range.of(original), now, lost, true));
  }

  /** A sign or a space, such as a list's mark; no part of a word or a number, no half character. */
  private static boolean isSame(char before, char after) {
    return before == after
        && !Character.isLetterOrDigit(before)
        && !Character.isSurrogate(before)
        && Character.getType(before) != Character.NON_SPACING_MARK;
  }
}
