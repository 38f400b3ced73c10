package org.qalam.ui.palette;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The words of a name, as they are sought: without case, accents and vowel marks, the forms of alef
 * and the like as one letter. Belongs to no thread.
 */
final class SoughtWords {
  private static final Pattern MARKS = Pattern.compile("[\\p{Mn}\u0640]+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** The article, which is written in one word with what it belongs to. */
  private static final String ARTICLE = "ال";

  /** Typed words from this length on may have one letter wrong. */
  private static final int LONG = 4;

  // The better, the lower.
  private static final int SAME = 0;
  private static final int BEGINNING = 1;
  private static final int AFTER_ARTICLE = 2;
  private static final int INITIALS = 3;
  private static final int INSIDE = 5;
  private static final int MISTYPED = 100;
  private static final int LETTERS = 101;

  /** From here on it is a guess, of use where there is nothing better. */
  static final int GUESS = 10 * MISTYPED;

  /** Below this a single word is typed as it begins. */
  static final int EXACT = 10 * INITIALS;

  private final List<String> words;

  private SoughtWords(List<String> words) {
    this.words = words;
  }

  static SoughtWords of(String text) {
    String plain =
        MARKS
            .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
            .replaceAll("")
            .toLowerCase(Locale.ROOT)
            .replace('ٱ', 'ا')
            .replace('ى', 'ي')
            .replace('ة', 'ه');
    return new SoughtWords(BETWEEN.splitAsStream(plain).filter(word -> !word.isEmpty()).toList());
  }

  /** Whether a word of them says more than a letter or two. */
  boolean isLong() {
    return words.stream().anyMatch(word -> word.length() >= LONG);
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /** How far these are from what was typed, 0 being the same; empty where a word is not found. */
  OptionalInt distance(SoughtWords typed) {
    int sum = 0;
    for (String word : typed.words) {
      OptionalInt best = distance(word);
      if (best.isEmpty()) {
        return best;
      }
      sum += 10 * best.getAsInt();
    }
    // Of names that have it all, the one that has little else.
    return OptionalInt.of(sum + Math.min(9, words.size() - 1));
  }

  private OptionalInt distance(String typed) {
    IntStream initials = isInitials(typed) ? IntStream.of(INITIALS) : IntStream.empty();
    IntStream single =
        words.stream()
            .flatMapToInt(word -> {
              OptionalInt found = distance(word, typed);
              return found.isPresent() ? IntStream.of(found.getAsInt()) : IntStream.empty();
            });
    return IntStream.concat(initials, single).min();
  }

  private static OptionalInt distance(String word, String typed) {
    if (word.equals(typed)) {
      return OptionalInt.of(SAME);
    }
    if (word.startsWith(typed)) {
      return OptionalInt.of(BEGINNING);
    }
    if (word.startsWith(ARTICLE + typed) || typed.equals(ARTICLE + word)) {
      return OptionalInt.of(AFTER_ARTICLE);
    }
    if (typed.length() > 1 && word.contains(typed)) {
      return OptionalInt.of(INSIDE);
    }
    if (isMistyped(word, typed)) {
      return OptionalInt.of(MISTYPED);
    }
    return typed.length() > 2 && hasInOrder(word, typed)
        ? OptionalInt.of(LETTERS)
        : OptionalInt.empty();
  }

  /** Whether these are the first letters of words that follow each other. */
  private boolean isInitials(String typed) {
    if (typed.length() < 2 || typed.length() > words.size()) {
      return false;
    }
    String firsts = words.stream().map(word -> word.substring(0, 1)).reduce("", String::concat);
    return firsts.contains(typed);
  }

  /** Whether one letter too many, too few, wrong or in its neighbour's place is the difference. */
  private static boolean isMistyped(String word, String typed) {
    return typed.length() >= LONG
        && Stream.of(typed.length() - 1, typed.length(), typed.length() + 1)
            .filter(length -> length <= word.length())
            .anyMatch(length -> differsByOne(word.substring(0, length), typed));
  }

  private static boolean differsByOne(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    int lead = 0;
    while (lead < shorter && one.charAt(lead) == other.charAt(lead)) {
      lead++;
    }
    int tail = 0;
    while (tail < shorter - lead
        && one.charAt(one.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
      tail++;
    }
    int oneLeft = one.length() - lead - tail;
    int otherLeft = other.length() - lead - tail;
    boolean areSwapped =
        oneLeft == 2
            && otherLeft == 2
            && one.charAt(lead) == other.charAt(lead + 1)
            && one.charAt(lead + 1) == other.charAt(lead);
    return areSwapped || (oneLeft <= 1 && otherLeft <= 1);
  }

  /** Whether the word begins with the first letter and has the others in this order. */
  private static boolean hasInOrder(String word, String typed) {
    if (word.charAt(0) != typed.charAt(0)) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < typed.length(); i++) {
      at = word.indexOf(typed.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }
}
