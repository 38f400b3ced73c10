package org.qalam.assist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a correction of a sentence from another sentence. A correction keeps numbers and addresses
 * as they are, speaks of the same persons, and takes no word of weight away nor adds one; it may
 * put one word in the place of another. Small models break these rules often, and a writer who asks
 * for spelling and grammar notices late.
 */
final class Corrections {
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");

  /** Web and mail addresses, and paths. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\S+@\\S+\\.\\p{Alnum}+|(?:https?://|www\\.)\\S+|\\S+/\\S+/\\S+");

  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*");

  /** English words that grammar moves about: a correction may add them and take them away. */
  private static final Set<String> SMALL =
      Set.of(
          "about", "after", "also", "already", "been", "before", "being", "could", "does", "doing",
          "done", "down", "each", "every", "from", "going", "have", "having", "here", "into",
          "just", "less", "like", "many", "more", "most", "much", "must", "only", "onto", "ought",
          "over", "shall", "should", "since", "some", "such", "than", "that", "their", "them",
          "then", "there", "these", "they", "this", "those", "through", "very", "were", "what",
          "when", "where", "whether", "which", "while", "whom", "whose", "will", "with", "would",
          "your", "yours");

  /** Shorter words are too often small ones. */
  private static final int LEAST_LATIN_LETTERS = 4;

  private static final int LEAST_LETTERS = 3;

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

  private Corrections() {}

  /** Whether an answer can be a correction of a sentence. */
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
    long weightLost = lost.stream().filter(Corrections::isWeighty).count();
    long weightGained = gained.stream().filter(Corrections::isWeighty).count();
    return weightLost <= gained.stream().filter(Corrections::canReplace).count()
        && weightGained <= lost.stream().filter(Corrections::canReplace).count()
        && weightGained <= Math.max(1, all / 6)
        && changed <= Math.max(3, all * 2 / 3);
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
      String person = PERSONS.get(word);
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

  private static boolean isWeighty(String word) {
    int least = Languages.isLatin(word) ? LEAST_LATIN_LETTERS : LEAST_LETTERS;
    return word.length() >= least && !SMALL.contains(word);
  }

  /** Whether a word is long enough to stand for one of weight: "saw" for "seed". */
  private static boolean canReplace(String word) {
    return word.length() >= 3;
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
    return word.startsWith(other)
        || other.startsWith(word)
        || Likeness.distance(word, other) <= Math.max(word.length(), other.length()) / 3;
  }
}
