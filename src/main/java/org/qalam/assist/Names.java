package org.qalam.assist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.qalam.document.TextRange;

/**
 * Names of people, places and things, as far as capital letters give them away: a word with one
 * that does not begin a sentence. Arabic has no capitals: there {@link ArabicNames} are found
 * beside Latin ones. In German every noun has one, so only what stands after a title is taken for a
 * name there. Belongs to no thread.
 */
final class Names {
  private static final Pattern WORD =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{Nd}]*(?:['’-]\\p{L}+)*");

  /** A word that begins with a capital. */
  private static final Pattern CAPITAL =
      Pattern.compile(
          "(?<![\\p{L}\\p{M}\\p{Nd}'’-])\\p{Lu}[\\p{L}\\p{M}\\p{Nd}]*(?:['’-]\\p{L}+)*");

  /** What stands after a German title, and another word with a capital after a first name. */
  private static final Pattern AFTER_TITLE =
      Pattern.compile(
          "(?<!\\p{L})(?:Herrn?|Frau|Dr\\.|Prof\\.) (?:Dr\\. |Prof\\. )*"
              + "(\\p{Lu}\\p{L}+(?:-\\p{Lu}\\p{L}+)*)");

  private static final String SENTENCE_ENDS = ".!?…:؟";

  /** Signs that may stand before the first word of a sentence. */
  private static final String BEFORE_FIRST = "\"'“”‘’«»()[]*_>#`+-.";

  private static final Set<String> TITLES = Set.of("Mr", "Mrs", "Ms", "Dr", "Prof", "St");

  /** Other words whose capital says nothing. */
  private static final Set<String> PLAIN =
      Set.of("I", "I'm", "I’m", "I'd", "I’d", "I'll", "I’ll", "I've", "I’ve", "OK");

  /** A line with so large a share of capitals is a title. */
  private static final double TITLE = 0.6;

  private static final int SHORT_WORD = 3;

  private Names() {}

  /** Where names stand; words in a row are one name. */
  static List<TextRange> in(String text) {
    List<TextRange> names = areFound(text) ? found(text) : afterTitles(text);
    List<TextRange> arabic = ArabicNames.in(text);
    if (!arabic.isEmpty()) {
      names = new ArrayList<>(names);
      names.addAll(arabic);
      names.sort(Comparator.comparingInt(TextRange::start));
    }
    return names;
  }

  /** Whether capitals say anything in the text's language. */
  static boolean areFound(String text) {
    return Languages.of(text).filter("de"::equals).isEmpty();
  }

  /** "Frau Lind", "Dr. Anna Lind": the names without their titles. */
  private static List<TextRange> afterTitles(String text) {
    return AFTER_TITLE
        .matcher(text)
        .results()
        .map(name -> new TextRange(name.start(1), name.end(1)))
        .toList();
  }

  private static List<TextRange> found(String text) {
    boolean isLatin = Languages.isLatin(text);
    List<TextRange> names = new ArrayList<>();
    int lineStart = 0;
    for (String line : text.splitWithDelimiters("\n", -1)) {
      int lineEnd = lineStart + line.length();
      List<TextRange> found = new ArrayList<>();
      CAPITAL
          .matcher(text)
          .region(lineStart, lineEnd)
          .results()
          .filter(word -> isNameLike(word.group()))
          .forEach(word -> add(found, text, word, isLatin));
      if (!found.isEmpty() && !isTitle(line)) {
        names.addAll(found);
      }
      lineStart = lineEnd;
    }
    return names;
  }

  private static boolean isNameLike(String word) {
    return !PLAIN.contains(word) && !TITLES.contains(word) && !Dates.isDate(word);
  }

  private static void add(List<TextRange> names, String text, MatchResult word, boolean isLatin) {
    boolean follows =
        !names.isEmpty()
            && names.getLast().end() == word.start() - 1
            && text.charAt(word.start() - 1) == ' ';
    if (follows) {
      names.add(new TextRange(names.removeLast().start(), word.end()));
    } else if (!isLatin || !beginsSentence(text, word.start())) {
      names.add(new TextRange(word.start(), word.end()));
    }
  }

  /** The names in a part of a text in which names are found, each once, as they are written. */
  static Set<String> inPart(String text) {
    Set<String> names = new HashSet<>();
    found(text).forEach(place -> names.add(place.of(text)));
    return names;
  }

  /** The words of a text, Arabic ones also without what is written together with them. */
  static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .forEach(word -> words.addAll(ArabicNames.forms(word)));
    return words;
  }

  private static boolean beginsSentence(String text, int start) {
    int at = start;
    while (at > 0) {
      char before = text.charAt(at - 1);
      if (before == '\n' || (SENTENCE_ENDS.indexOf(before) >= 0 && !endsTitle(text, at - 1))) {
        return true;
      }
      boolean isSkipped =
          Character.isWhitespace(before)
              || Character.isDigit(before)
              || BEFORE_FIRST.indexOf(before) >= 0;
      if (!isSkipped) {
        return false;
      }
      at--;
    }
    return true;
  }

  /** Whether a title or an initial stands before a dot. */
  private static boolean endsTitle(String text, int dot) {
    int from = dot;
    while (from > 0 && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    String word = text.substring(from, dot);
    return TITLES.contains(word) || (word.length() == 1 && isCapital(word));
  }

  private static boolean isCapital(String word) {
    return Character.isUpperCase(word.codePointAt(0));
  }

  private static boolean isTitle(String line) {
    List<String> words =
        WORD.matcher(line)
            .results()
            .map(MatchResult::group)
            .filter(word -> word.length() > SHORT_WORD)
            .toList();
    long capital = words.stream().filter(Names::isCapital).count();
    boolean isShout =
        capital > 1 && line.equals(line.toUpperCase(Locale.ROOT)) && capital == words.size();
    return (words.size() > 2 && capital > TITLE * words.size()) || isShout;
  }
}
