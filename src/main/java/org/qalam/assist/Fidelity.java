package org.qalam.assist;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How true an answer is to its text. Small models like to answer a text, or to make things up, and
 * a writer who asked for spelling and grammar notices late.
 */
final class Fidelity {
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");

  /** Web and mail addresses, and paths. */
  static final Pattern ADDRESS =
      Pattern.compile("\\S+@\\S+\\.\\p{Alnum}+|(?:https?://|www\\.)\\S+|\\S+/\\S+/\\S+");

  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*(?:['’]\\p{L}+)?");

  /** English words that grammar moves about: a correction may add them and take them away. */
  private static final Set<String> SMALL =
      Set.of(
          """
          about after all already also and any are been before being but can could did didnt does
          doing done dont doesnt down each every fewer for from get going got had has have having her here his
          into its just less let like many may more most much must not only onto ought our
          over shall should since some such than that the their them then there these they
          this those through very was were what when where whether which while who whom whose
          will with would you your yours
          """
              .strip()
              .split("\\s+"));

  /** Shorter words are too often small ones. */
  private static final int LEAST_LATIN_LETTERS = 4;

  private static final int LEAST_LETTERS = 3;

  /** So many words may go together where one of them is replaced by another: "the seed". */
  private static final int PHRASE = 2;

  private static final Map<String, String> PERSONS =
      Map.ofEntries(
          Map.entry("i", "I"),
          Map.entry("me", "I"),
          Map.entry("my", "I"),
          Map.entry("mine", "I"),
          Map.entry("myself", "I"),
          Map.entry("you", "you"),
          Map.entry("your", "you"),
          Map.entry("yours", "you"),
          Map.entry("yourself", "you"),
          Map.entry("we", "we"),
          Map.entry("us", "we"),
          Map.entry("our", "we"),
          Map.entry("ours", "we"),
          Map.entry("ourselves", "we"));

  private Fidelity() {}

  /**
   * Whether an answer can be a correction of a sentence: it keeps numbers and addresses as they
   * are, speaks of the same persons, and takes no word of weight away nor adds one; it may put one
   * word in the place of another.
   */
  static boolean isCorrection(String sentence, String answer) {
    if (!matches(NUMBER, sentence).equals(matches(NUMBER, answer))
        || (isQuestion(sentence) && !isQuestion(answer))) {
      return false;
    }
    for (String address : matches(ADDRESS, sentence)) {
      if (!answer.contains(address)) {
        return false;
      }
    }
    if (Languages.of(sentence).filter("en"::equals).isPresent()
        && !persons(sentence).equals(persons(answer))) {
      return false;
    }
    List<String> lost = words(sentence);
    List<String> gained = words(answer);
    final int all = lost.size();
    lost.removeIf(gained::remove);
    int changed = lost.size();
    removeLike(lost, gained);
    // What stood there twice is not lost.
    lost.removeIf(word -> words(answer).contains(word));
    long weightLost = lost.stream().filter(Fidelity::isWeighty).count();
    long weightGained = gained.stream().filter(Fidelity::isWeighty).count();
    return weightLost <= gained.stream().filter(Fidelity::canReplace).count()
        && weightGained <= lost.stream().filter(Fidelity::canReplace).count()
        && weightGained <= Math.max(1, all / 12)
        && changed <= Math.max(3, all * 2 / 3)
        && areReplacedAlone(sentence, answer, lost, gained);
  }

  /** Whether no word of weight was exchanged together with the words around it. */
  private static boolean areReplacedAlone(
      String sentence, String answer, List<String> lost, List<String> gained) {
    return DiffUtils.diff(words(sentence), words(answer)).getDeltas().stream()
        .filter(
            delta -> holdsWeight(delta.getSource(), lost) || holdsWeight(delta.getTarget(), gained))
        .allMatch(
            delta -> delta.getSource().size() <= PHRASE && delta.getTarget().size() <= PHRASE);
  }

  private static boolean holdsWeight(Chunk<String> chunk, List<String> words) {
    return chunk.getLines().stream().anyMatch(word -> isWeighty(word) && words.contains(word));
  }

  /** Fills for names that a writer has to look for: "[Your Name]". */
  private static final Pattern BLANK = Pattern.compile("\\[[^\\]\\n]{2,40}]");

  /** The number of an item of a list. */
  static final Pattern LIST_NUMBER = Pattern.compile("(?m)^\\s*\\p{Nd}{1,2}[.)]\\s");

  private static final Pattern NUMBER_WORD =
      Pattern.compile(
          "(?i)\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|first"
              + "|second|third|\\p{L}+teenth?|\\p{L}+tieth|twenty|thirty|hundred|thousand)\\b");

  /** Texts with fewer words of weight give too little to go by. */
  private static final int ENOUGH_WORDS = 5;

  /** Numbers and blanks in an answer that the text does not have. */
  static List<String> madeUp(String text, String answer) {
    List<String> found = new ArrayList<>();
    if (!text.contains("[")) {
      found.addAll(matches(BLANK, answer));
    }
    List<String> numbers = matches(NUMBER, text);
    if (!NUMBER_WORD.matcher(text).find()) {
      matches(NUMBER, LIST_NUMBER.matcher(answer).replaceAll("")).stream()
          .filter(number -> !numbers.contains(number))
          .forEach(found::add);
    }
    return found;
  }

  /**
   * Share of the text's words of weight that come back; 1 where there are too few. Words in other
   * scripts than the Latin one do not count: their forms differ too much for {@link #areLike}.
   */
  static double recall(String text, String answer) {
    List<String> lost = weighty(text);
    int all = lost.size();
    removeLike(lost, words(answer));
    return all < ENOUGH_WORDS ? 1 : 1 - (double) lost.size() / all;
  }

  /** Share of the answer's words of weight that are in the text; 1 where there are too few. */
  static double precision(String text, String answer) {
    List<String> gained = weighty(answer);
    int all = gained.size();
    List<String> there = words(text);
    gained.removeIf(word -> there.stream().anyMatch(other -> areLike(word, other)));
    return all < ENOUGH_WORDS ? 1 : 1 - (double) gained.size() / all;
  }

  private static List<String> weighty(String text) {
    List<String> words = words(text);
    words.removeIf(word -> !isWeighty(word) || !isLatin(word));
    return words;
  }

  private static boolean isQuestion(String sentence) {
    String end = sentence.strip();
    return end.endsWith("?") || end.endsWith("؟");
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group()).sorted().toList();
  }

  private static Set<String> persons(String text) {
    Set<String> persons = new HashSet<>();
    for (String word : words(text)) {
      String person = PERSONS.get(word.split("['’]", 2)[0]);
      if (person != null) {
        persons.add(person);
      }
    }
    return persons;
  }

  /** The words of a text in small letters, in a list that may be changed. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    WORD.matcher(text.toLowerCase(Locale.ROOT)).results().forEach(word -> words.add(word.group()));
    return words;
  }

  private static boolean isSmall(String word) {
    boolean contracted = word.indexOf('\'') >= 0 || word.indexOf('’') >= 0;
    return contracted || SMALL.contains(word);
  }

  private static boolean isLatin(String word) {
    return Character.UnicodeScript.of(word.codePointAt(0)) == Character.UnicodeScript.LATIN;
  }

  private static boolean isWeighty(String word) {
    int least = isLatin(word) ? LEAST_LATIN_LETTERS : LEAST_LETTERS;
    return word.length() >= least && !isSmall(word);
  }

  /** Whether a word is long enough to stand for one of weight: "saw" for "seed". */
  private static boolean canReplace(String word) {
    return word.length() >= 3 && !isSmall(word);
  }

  /** Takes the pairs of like words out of both lists. */
  private static void removeLike(List<String> lost, List<String> gained) {
    lost.removeIf(word -> {
      for (String other : gained) {
        if (areLike(word, other)) {
          return gained.remove(other);
        }
      }
      return false;
    });
  }

  private static boolean areLike(String word, String other) {
    return (other.length() > 1 && word.startsWith(other))
        || (word.length() > 1 && other.startsWith(word))
        || Likeness.distance(word, other) <= Math.max(word.length(), other.length()) / 3;
  }
}
