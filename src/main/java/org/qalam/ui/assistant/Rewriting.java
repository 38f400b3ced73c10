package org.qalam.ui.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.qalam.assist.Guard;
import org.qalam.assist.GuardedText;
import org.qalam.document.TextRange;
import org.qalam.document.TextSummary;

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

  private Rewriting(String original) {
    this.original = original;
    this.guarded = new GuardedText(original);
  }

  /** The changes in reading order; all accepted, the original is the proposal. */
  static List<Edit> edits(String original, String proposal, WordDiff diff) {
    Rewriting rewriting = new Rewriting(original);
    List<String> before = List.of(original.split("\n", -1));
    List<String> after = List.of(proposal.split("\n", -1));
    if (before.size() == 1 || !haveSameLines(before, after)) {
      rewriting.add(0, original, proposal, diff, true);
      return rewriting.edits;
    }
    int start = 0;
    for (int i = 0; i < before.size(); i++) {
      String line = before.get(i);
      if (!line.equals(after.get(i))) {
        int words = TextSummary.countWords(line) + TextSummary.countWords(after.get(i));
        WordDiff lines = WordDiff.between(line, after.get(i));
        rewriting.add(start, line, after.get(i), lines, words >= LEAST_WORDS);
      }
      start += before.get(i).length() + 1;
    }
    return rewriting.edits;
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
