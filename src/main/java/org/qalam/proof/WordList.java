package org.qalam.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.qalam.proof.Affixes.Affix;

/**
 * The words of a language in Hunspell's format, and the forms that they take. Hunspell itself is a
 * native library that has none for Windows on ARM; this reads the same files. 13 MB for the 466,000
 * words of Arabic. Immutable; any thread.
 */
final class WordList {
  private static final int MOST_SUGGESTIONS = 5;

  private final Affixes affixes;

  // Words by their place in a table with open addressing; the same word may be there several times.
  private final int[] table;
  private char[] letters = new char[1 << 20];
  private int[] starts; // (words + 1)
  private short[] classes; // (words)
  private int count;

  private WordList(Affixes affixes, int size) {
    this.affixes = affixes;
    this.table = new int[Integer.highestOneBit(Math.max(16, size)) * 4];
    this.starts = new int[size + 1];
    this.classes = new short[size];
  }

  /**
   * Reads a dictionary, whose first line says how many words it has.
   *
   * @throws IOException where it cannot be read or is not understood
   */
  static WordList read(Affixes affixes, BufferedReader file) throws IOException {
    String first = file.readLine();
    String size = first == null ? "" : first.strip().split("\\s", 2)[0];
    if (!size.matches("\\d{1,7}")) {
      throw new IOException("a dictionary begins with the number of its words");
    }
    WordList words = new WordList(affixes, Integer.parseInt(size) + 1);
    String line = file.readLine();
    while (line != null) {
      int end = 0;
      while (end < line.length() && line.charAt(end) > ' ') {
        end++;
      }
      int slash = line.lastIndexOf('/', end);
      if (end > 0 && slash != 0) {
        String word = slash < 0 ? line.substring(0, end) : line.substring(0, slash);
        words.add(
            affixes.plain(word),
            slash < 0 ? 0 : affixes.classNumber(line.substring(slash + 1, end)));
      }
      line = file.readLine();
    }
    words.letters = Arrays.copyOf(words.letters, words.starts[words.count]);
    return words;
  }

  private void add(String word, int classNumber) {
    int end = starts[count] + word.length();
    if (end > letters.length) {
      letters = Arrays.copyOf(letters, Math.max(end, letters.length * 3 / 2));
    }
    if (count == classes.length) {
      starts = Arrays.copyOf(starts, count * 3 / 2 + 2);
      classes = Arrays.copyOf(classes, count * 3 / 2 + 1);
    }
    if (count >= table.length / 2) {
      return; // the first line said something else; looking up must find an empty place
    }
    word.getChars(0, word.length(), letters, starts[count]);
    classes[count] = (short) classNumber;
    starts[++count] = end;
    int at = slot(word);
    while (table[at] != 0) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = count; // one more than the word's number: 0 is an empty place
  }

  private int slot(CharSequence word) {
    int hash = 0;
    for (int i = 0; i < word.length(); i++) {
      hash = 31 * hash + word.charAt(i);
    }
    hash *= 0x9E3779B9; // Fibonacci hashing, Knuth 6.4
    return (hash >>> 8) & (table.length - 1);
  }

  /** Whether one of the entries of this word has classes that the test accepts. */
  private boolean has(String word, Predicate<BitSet> test) {
    int at = slot(word);
    while (table[at] != 0) {
      int number = table[at] - 1;
      int start = starts[number];
      int end = starts[number + 1];
      if (Arrays.equals(letters, start, end, word.toCharArray(), 0, word.length())
          && test.test(affixes.classes(classes[number]))) {
        return true;
      }
      at = (at + 1) & (table.length - 1);
    }
    return false;
  }

  /** Whether this is a word of the language, in any of its forms. */
  boolean contains(String word) {
    String plain = affixes.plain(word);
    return plain.isEmpty() || isForm(plain);
  }

  private boolean isForm(String word) {
    if (hasEndings(word, new Beginning(-1, new BitSet()))) {
      return true;
    }
    for (int size = 0; size <= Math.min(affixes.longest(), word.length() - 1); size++) {
      for (Affix affix : affixes.beginnings(word.substring(0, size))) {
        String rest = affix.strip() + word.substring(size);
        if (affix.condition().holdsFrom(rest, 0)
            && hasEndings(rest, new Beginning(affix.flag(), affix.further()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** A beginning that was taken off; the class is -1 where none was. */
  private record Beginning(int flag, BitSet further) {
    /** Whether one of these classes takes the beginning. */
    boolean fits(BitSet... classes) {
      return flag < 0 || Arrays.stream(classes).anyMatch(set -> set.get(flag));
    }
  }

  /** Whether this is a word with no, one or two endings, which may stand behind the beginning. */
  private boolean hasEndings(String word, Beginning beginning) {
    if (has(word, beginning::fits)) {
      return true;
    }
    return withoutEnding(
        word,
        (stem, outer) ->
            has(
                    stem,
                    classes ->
                        (classes.get(outer.flag()) || beginning.further.get(outer.flag()))
                            && beginning.fits(classes, outer.further()))
                || (affixes.isOuter(outer)
                    && withoutEnding(
                        stem,
                        (root, inner) ->
                            inner.further().get(outer.flag())
                                && has(
                                    root,
                                    classes ->
                                        (classes.get(inner.flag())
                                                || beginning.further.get(inner.flag()))
                                            && beginning.fits(
                                                classes, inner.further(), outer.further())))));
  }

  private interface Ending {
    boolean test(String stem, Affix ending);
  }

  private boolean withoutEnding(String word, Ending test) {
    for (int size = 0; size <= Math.min(affixes.longest(), word.length() - 1); size++) {
      int cut = word.length() - size;
      for (Affix affix : affixes.endings(word.substring(cut))) {
        String stem = word.substring(0, cut) + affix.strip();
        int from = stem.length() - affix.condition().letters().size();
        if (affix.condition().holdsFrom(stem, from) && test.test(stem, affix)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Words that may have been meant, the likeliest first. */
  List<String> suggestions(String word) {
    String plain = affixes.plain(word);
    Set<String> found = new LinkedHashSet<>();
    for (String[] mistake : affixes.mistakes()) {
      replaced(plain, mistake[0], mistake[1].replace('_', ' '), found);
    }
    for (String alike : affixes.alike()) {
      for (int i = 0; i < plain.length(); i++) {
        if (alike.indexOf(plain.charAt(i)) >= 0) {
          replaceLetter(plain, i, alike, found);
        }
      }
    }
    for (int i = 0; i < plain.length(); i++) {
      offer(plain.substring(0, i) + plain.substring(i + 1), found);
    }
    for (int i = 0; i + 1 < plain.length(); i++) {
      offer(
          plain.substring(0, i) + plain.charAt(i + 1) + plain.charAt(i) + plain.substring(i + 2),
          found);
    }
    String alphabet = affixes.alphabet();
    for (int i = 0; i <= plain.length() && found.size() < MOST_SUGGESTIONS; i++) {
      for (int j = alphabet.length() - 1; j >= 0; j--) {
        offer(plain.substring(0, i) + alphabet.charAt(j) + plain.substring(i), found);
      }
    }
    for (int i = 0; i < plain.length() && found.size() < MOST_SUGGESTIONS; i++) {
      replaceLetter(plain, i, alphabet, found);
    }
    for (int i = 2; i + 1 < plain.length() && found.size() < MOST_SUGGESTIONS; i++) {
      offer(plain.substring(0, i) + " " + plain.substring(i), found);
    }
    return found.stream().limit(MOST_SUGGESTIONS).toList();
  }

  private void replaceLetter(String word, int at, String by, Set<String> found) {
    for (int j = 0; j < by.length(); j++) {
      offer(word.substring(0, at) + by.charAt(j) + word.substring(at + 1), found);
    }
  }

  private void replaced(String word, String mistake, String meant, Set<String> found) {
    boolean atStart = mistake.startsWith("^");
    boolean atEnd = mistake.endsWith("$");
    String text = mistake.substring(atStart ? 1 : 0, mistake.length() - (atEnd ? 1 : 0));
    for (int i = word.indexOf(text); i >= 0; i = word.indexOf(text, i + 1)) {
      int end = i + text.length();
      if ((!atStart || i == 0) && (!atEnd || end == word.length())) {
        offer(word.substring(0, i) + meant + word.substring(end), found);
      }
    }
  }

  private void offer(String words, Set<String> found) {
    if (!words.isBlank()
        && !found.contains(words)
        && Arrays.stream(words.split(" ", -1)).allMatch(part -> !part.isEmpty() && isForm(part))) {
      found.add(words);
    }
  }
}
