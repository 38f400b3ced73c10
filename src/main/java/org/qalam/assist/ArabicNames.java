package org.qalam.assist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.qalam.document.TextRange;

/**
 * Names in Arabic, which has no capitals: those of a list of people and places that are seldom
 * another word, what stands after a title, and names that are put together with "Abd", "Abu" and
 * "bin". Others are not found. Belongs to no thread.
 */
final class ArabicNames {
  private static final Pattern WORD = Pattern.compile("[\\p{IsArabic}&&\\p{L}][\\p{L}\\p{M}ـ]*");

  /** Letters that are written at the beginning of a word and are words of their own. */
  private static final String ATTACHED = "وفبلك";

  private static final int SHORTEST = 3;

  /** After these a name follows, but for what begins with the article. */
  private static final Set<String> TITLES = Set.of("السيد", "السيده", "الانسه", "د");

  private static final Set<String> NOT_AFTER_TITLE =
      Set.of("في", "من", "علي", "الي", "عن", "ان", "لا", "ما", "هو", "هي", "قد", "كان", "قال");

  private static final Set<String> KNOWN = known();

  /**
   * A word of the text.
   *
   * @param plain without vowel marks, its alefs, yehs and teh marbutas alike
   */
  private record Word(int start, int end, String plain) {}

  private ArabicNames() {}

  private static Set<String> known() {
    try (InputStream in =
        Objects.requireNonNull(ArabicNames.class.getResourceAsStream("names-ar.txt"))) {
      Set<String> known = new HashSet<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
          .filter(name -> !name.isEmpty())
          .forEach(name -> known.add(plain(name)));
      return Set.copyOf(known);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource can be read", e);
    }
  }

  /** Where names stand; words in a row are one name. */
  static List<TextRange> in(String text) {
    List<Word> words =
        WORD.matcher(text)
            .results()
            .map((MatchResult word) -> new Word(word.start(), word.end(), plain(word.group())))
            .toList();
    List<TextRange> names = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      int last = lastOfName(text, words, i);
      if (last >= 0) {
        add(names, text, new TextRange(start(text, words.get(i)), words.get(last).end()));
        i = last;
      }
    }
    return names;
  }

  /** The last word of a name that begins with this one; less than 0 where none does. */
  private static int lastOfName(String text, List<Word> words, int first) {
    String bare = bare(words.get(first).plain());
    boolean hasNext = follows(text, words, first);
    String next = hasNext ? words.get(first + 1).plain() : "";
    if (hasNext && ((bare.equals("عبد") && next.startsWith("ال")) || isAbu(bare))) {
      return withFathers(text, words, first + 1);
    }
    boolean isNamed =
        KNOWN.contains(bare)
            || KNOWN.contains(words.get(first).plain())
            || (first > 0
                && follows(text, words, first - 1)
                && TITLES.contains(bare(words.get(first - 1).plain()))
                && !words.get(first).plain().startsWith("ال")
                && !NOT_AFTER_TITLE.contains(words.get(first).plain()))
            || next.equals("بن");
    return isNamed ? withFathers(text, words, first) : -1;
  }

  private static boolean isAbu(String bare) {
    return bare.equals("ابو");
  }

  /** With "bin" and what follows it, as often as it comes. */
  private static int withFathers(String text, List<Word> words, int last) {
    int at = last;
    while (follows(text, words, at)
        && words.get(at + 1).plain().equals("بن")
        && follows(text, words, at + 1)) {
      at += 2;
      if (words.get(at).plain().equals("عبد") && follows(text, words, at)) {
        at++;
      }
    }
    return at;
  }

  /** Whether there is a word after this one, with no more than a space or a title's dot between. */
  private static boolean follows(String text, List<Word> words, int at) {
    if (at + 1 >= words.size()) {
      return false;
    }
    String between = text.substring(words.get(at).end(), words.get(at + 1).start());
    return between.equals(" ") || (between.equals(". ") && words.get(at).plain().equals("د"));
  }

  private static void add(List<TextRange> names, String text, TextRange name) {
    boolean continues =
        !names.isEmpty() && text.substring(names.getLast().end(), name.start()).equals(" ");
    names.add(continues ? new TextRange(names.removeLast().start(), name.end()) : name);
  }

  /** Where the name begins in its word, behind what is written together with it. */
  private static int start(String text, Word word) {
    if (KNOWN.contains(word.plain())) {
      return word.start();
    }
    int letters = word.plain().length() - bare(word.plain()).length();
    int at = word.start();
    while (letters > 0 || (at < word.end() && isMark(text.charAt(at)))) {
      letters -= isMark(text.charAt(at)) ? 0 : 1;
      at++;
    }
    return at;
  }

  /** Without "and", "for", "in" and the like, where a known name or title is left then. */
  private static String bare(String plain) {
    for (String form : forms(plain)) {
      if (KNOWN.contains(form) || TITLES.contains(form) || form.equals("عبد") || isAbu(form)) {
        return form;
      }
    }
    return plain;
  }

  /** A word and what is left of it without one or two attached letters. */
  static List<String> forms(String plain) {
    List<String> forms = new ArrayList<>();
    forms.add(plain);
    String rest = plain;
    for (int i = 0;
        i < 2 && rest.length() > SHORTEST && ATTACHED.indexOf(rest.charAt(0)) >= 0;
        i++) {
      rest = rest.substring(1);
      forms.add(rest);
    }
    return forms;
  }

  private static boolean isMark(char c) {
    return Character.getType(c) == Character.NON_SPACING_MARK || c == 'ـ';
  }

  /** As it is compared: without marks, and without the slips that writers of Arabic make most. */
  static String plain(String word) {
    StringBuilder plain = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!isMark(c)) {
        plain.append(
            switch (c) {
              case 'أ', 'إ', 'آ', 'ٱ' -> 'ا';
              case 'ى' -> 'ي';
              case 'ة' -> 'ه';
              default -> c;
            });
      }
    }
    return plain.toString();
  }
}
