package org.qalam.assist;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Places where a text that is too long for the model may be cut: between paragraphs, else between
 * lines, sentences, words, and only then inside a word, never inside a character.
 */
final class Cuts {
  /** Characters that one written character has at most, for looking around a place in a word. */
  private static final int ONE = 64;

  /** Characters beyond a range by which its last sentence is told from a short one. */
  private static final int BEYOND = 100;

  private Cuts() {}

  /**
   * Cuts a text into parts that have at most so many characters each; joined they are the text.
   *
   * @param most at least 1; a written character of more than that stays whole
   */
  static List<String> parts(String text, int most) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (text.length() - from > most) {
      int to = last(text, from, from + most);
      parts.add(text.substring(from, to));
      from = to;
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** The end of a text, from a good place on; at most so many characters. */
  static String end(String text, int most) {
    int from = text.length() - most;
    return from <= 0 ? text : text.substring(first(text, from, from + most / 2));
  }

  /** The best place in the later half of a range. */
  private static int last(String text, int from, int limit) {
    int least = from + (limit - from) / 2;
    for (String gap : new String[] {"\n\n", "\n"}) {
      int gapStart = text.lastIndexOf(gap, limit - gap.length());
      if (gapStart >= least) {
        return gapStart + gap.length();
      }
    }
    // Somewhat beyond the limit, where the last sentence is seen to go on.
    int sentence = from;
    int end = from;
    for (String one :
        Pieces.sentences(text.substring(from, Math.min(text.length(), limit + BEYOND)))) {
      sentence = end <= limit ? end : sentence;
      end += one.length();
    }
    if (sentence > least) {
      return sentence;
    }
    for (int at = limit; at > least; at--) {
      if (Character.isWhitespace(text.charAt(at - 1))) {
        return at;
      }
    }
    int inWord = inWord(text, limit);
    return inWord > from ? inWord : following(text, from);
  }

  /** The best place in a range; its start where there is no better one. */
  private static int first(String text, int from, int limit) {
    for (String gap : new String[] {"\n\n", "\n"}) {
      int gapStart = text.indexOf(gap, from);
      if (gapStart >= 0 && gapStart + gap.length() < limit) {
        return gapStart + gap.length();
      }
    }
    // The first one began before.
    int sentence =
        from
            + Pieces.sentences(text.substring(from, Math.min(text.length(), limit + BEYOND)))
                .getFirst()
                .length();
    if (sentence < limit) {
      return sentence;
    }
    for (int at = from; at < limit; at++) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at + 1;
      }
    }
    return inWord(text, from);
  }

  /** The last place at or before this one that is not inside a written character. */
  private static int inWord(String text, int at) {
    int from = Math.max(0, at - ONE);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.substring(from, Math.min(text.length(), at + ONE)));
    return characters.isBoundary(at - from) ? at : from + characters.preceding(at - from);
  }

  /** The first place after this one, which is not inside a written character. */
  private static int following(String text, int at) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    String rest = text.substring(at);
    characters.setText(rest.substring(0, Math.min(rest.length(), ONE)));
    int after = characters.following(0);
    return at + (after == BreakIterator.DONE ? rest.length() : after);
  }
}
