package org.qalam.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Hunspell's affix files say of a language: which endings and beginnings words of a class take
 * (hunspell(5)), and which letters are mistaken for which. It reads what the Arabic dictionary uses
 * and refuses the rest, so that no word is judged by half a rule. Immutable; any thread.
 */
final class Affixes {
  /** Directives that say nothing about which words there are. */
  private static final List<String> UNUSED = List.of("SET", "KEY", "AM");

  /**
   * An ending or a beginning.
   *
   * @param flag the class of words that take it
   * @param strip what the bare word has in its place
   * @param condition what the bare word looks like at that end
   * @param further classes that a word has once it has taken this
   */
  record Affix(int flag, String strip, Condition condition, BitSet further) {}

  /** Letters at the end of a word, or at its beginning, as in {@code [^اوي]ء}. */
  record Condition(List<String> letters) {
    static Condition of(String text) {
      List<String> letters = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) == '[') {
          int end = text.indexOf(']', i);
          letters.add(text.substring(i + 1, end));
          i = end;
        } else {
          letters.add(text.charAt(i) == '.' ? "^" : text.substring(i, i + 1));
        }
      }
      return new Condition(letters.equals(List.of("^")) ? List.of() : letters);
    }

    boolean holdsFrom(CharSequence word, int start) {
      if (start < 0 || start + letters.size() > word.length()) {
        return false;
      }
      for (int i = 0; i < letters.size(); i++) {
        String set = letters.get(i);
        boolean isNegated = set.startsWith("^");
        if (set.indexOf(word.charAt(start + i), isNegated ? 1 : 0) >= 0 == isNegated) {
          return false;
        }
      }
      return true;
    }
  }

  private final Map<String, Integer> flags = new HashMap<>();
  private final List<BitSet> classes = new ArrayList<>();
  private final Map<String, List<Affix>> endings = new HashMap<>();
  private final Map<String, List<Affix>> beginnings = new HashMap<>();
  private final List<String[]> conversions = new ArrayList<>();
  private final List<String[]> mistakes = new ArrayList<>();
  private final List<String> alike = new ArrayList<>();

  /** Letters that are ignored or converted. */
  private final BitSet special = new BitSet();

  /** Classes of endings that stand behind another ending. */
  private final BitSet outer = new BitSet();

  private String alphabet = "";
  private String ignored = "";
  private int longest;

  private Affixes() {}

  /**
   * Reads a file.
   *
   * @throws IOException where it cannot be read, or says what is not understood
   */
  static Affixes read(BufferedReader file) throws IOException {
    Affixes affixes = new Affixes();
    affixes.classes.add(new BitSet()); // the file counts from one
    String line = file.readLine();
    while (line != null) {
      affixes.read(line.strip().split("\\s+"));
      line = file.readLine();
    }
    return affixes;
  }

  private void read(String[] words) throws IOException {
    String name = words[0];
    if (words.length < 2 || name.startsWith("#") || UNUSED.contains(name)) {
      return;
    }
    boolean isHeader = words.length == 2 && words[1].chars().allMatch(Character::isDigit);
    switch (name) {
      case "FLAG" -> {
        if (!words[1].equals("long")) {
          throw new IOException("flags of the kind " + words[1] + " are not understood");
        }
      }
      case "IGNORE" -> {
        ignored = words[1];
        ignored.chars().forEach(special::set);
      }
      case "TRY" -> alphabet = words[1];
      case "AF" -> {
        if (!isHeader) {
          classes.add(named(words[1]));
        }
      }
      case "MAP" -> {
        if (!isHeader) {
          alike.add(words[1]);
        }
      }
      case "REP", "ICONV" -> {
        if (!isHeader) {
          (name.equals("REP") ? mistakes : conversions).add(new String[] {words[1], words[2]});
          if (name.equals("ICONV")) {
            special.set(words[1].charAt(0));
          }
        }
      }
      case "SFX", "PFX" -> readAffix(words);
      default -> throw new IOException("the directive " + name + " is not understood");
    }
  }

  private void readAffix(String[] words) throws IOException {
    if (words[2].equals("Y") && words.length == 4) {
      return; // the first line of a class: they combine with affixes at the other end
    }
    if (words[2].equals("N") || words.length < 4) {
      throw new IOException("affixes that do not combine are not understood");
    }
    int slash = words[3].indexOf('/');
    String text = withoutIgnored(slash < 0 ? words[3] : words[3].substring(0, slash));
    String added = text.equals("0") ? "" : text;
    Affix affix =
        new Affix(
            flag(words[1]),
            words[2].equals("0") ? "" : withoutIgnored(words[2]),
            Condition.of(words.length > 4 ? words[4] : "."),
            slash < 0 ? new BitSet() : classes(words[3].substring(slash + 1)));
    (words[0].equals("SFX") ? endings : beginnings)
        .computeIfAbsent(added, _ -> new ArrayList<>())
        .add(affix);
    if (words[0].equals("SFX")) {
      outer.or(affix.further());
    }
    longest = Math.max(longest, added.length());
  }

  private BitSet named(String names) {
    BitSet set = new BitSet();
    for (int i = 0; i + 1 < names.length(); i += 2) {
      set.set(flag(names.substring(i, i + 2)));
    }
    return set;
  }

  private int flag(String name) {
    return flags.computeIfAbsent(name, _ -> flags.size());
  }

  /** The classes behind the slash of an entry: the number of a line that lists them. */
  private BitSet classes(String number) throws IOException {
    return classes.get(classNumber(number));
  }

  /** The same as a number. */
  int classNumber(String number) throws IOException {
    try {
      int line = Integer.parseInt(number);
      if (line < classes.size()) {
        return line;
      }
    } catch (NumberFormatException e) {
      // as below
    }
    throw new IOException("there are no classes " + number);
  }

  /** The classes of that number; 0 are none. */
  BitSet classes(int number) {
    return classes.get(number);
  }

  List<Affix> endings(String text) {
    return endings.getOrDefault(text, List.of());
  }

  /** Whether this ending can stand behind another one. */
  boolean isOuter(Affix ending) {
    return outer.get(ending.flag());
  }

  List<Affix> beginnings(String text) {
    return beginnings.getOrDefault(text, List.of());
  }

  /** Letters of the longest affix. */
  int longest() {
    return longest;
  }

  /** A word as it stands in the dictionary: without vowel marks, ligatures taken apart. */
  String plain(String word) {
    int at = 0;
    while (at < word.length() && !special.get(word.charAt(at))) {
      at++;
    }
    if (at == word.length()) {
      return word; // nearly all of them
    }
    String plain = word;
    for (String[] conversion : conversions) {
      plain = plain.replace(conversion[0], conversion[1]);
    }
    return withoutIgnored(plain);
  }

  private String withoutIgnored(String word) {
    StringBuilder left = new StringBuilder();
    word.chars().filter(c -> ignored.indexOf(c) < 0).forEach(c -> left.append((char) c));
    return left.toString();
  }

  /** What is often written, and what was meant; {@code ^} and {@code $} are the word's ends. */
  List<String[]> mistakes() {
    return mistakes;
  }

  /** Letters that look or sound alike, a set each. */
  List<String> alike() {
    return alike;
  }

  /** The letters of the language, the most frequent ones last as in the file. */
  String alphabet() {
    return withoutIgnored(alphabet);
  }
}
