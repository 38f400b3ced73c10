package org.qalam.assist;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the language of a text as far as an answer can be held to it: by its script, and among
 * languages in Latin script by their commonest words. A text that gives too little to go by has no
 * language, so that short texts raise no false alarm.
 */
public final class Languages {
  /** Words that are frequent in one of these languages and rare in the others. */
  private static final Map<String, Set<String>> COMMON =
      Map.of(
          "en",
              words(
                  "the and is of to that it was for you with this have are not he she they we i on"
                      + " my"),
          "fr",
              words(
                  "le les et est une des du que pas pour dans vous nous je il elle avec sur au ce"),
          "de",
              words(
                  "der die das und ist nicht ein eine mit zu den ich sie wir auf für dem von es"
                      + " im"),
          "es", words("el los las y es una que no por con para su del se lo como más pero yo está"),
          "it",
              words(
                  "il gli che è una non per con sono del della di ma si nel alla questo io ho"
                      + " anche"),
          "pt", words("o os as e é uma não que para com do da em você eu mais se no na por"),
          "nl",
              words("de het een en is van niet dat ik je op te zijn met voor we er maar ook aan"));

  private static final Map<Character.UnicodeScript, String> SCRIPTS =
      Map.of(
          Character.UnicodeScript.ARABIC, "ar",
          Character.UnicodeScript.CYRILLIC, "ru",
          Character.UnicodeScript.HEBREW, "he",
          Character.UnicodeScript.GREEK, "el",
          Character.UnicodeScript.DEVANAGARI, "hi",
          Character.UnicodeScript.THAI, "th",
          Character.UnicodeScript.HANGUL, "ko",
          Character.UnicodeScript.HIRAGANA, "ja",
          Character.UnicodeScript.HAN, "zh");

  /** Letters that a text must have before its script says anything. */
  private static final int ENOUGH_LETTERS = 4;

  /** Those of Llama 3.2, and Arabic. */
  private static final List<String> OFFERED =
      List.of("ar", "de", "en", "es", "fr", "hi", "it", "pt", "th");

  private Languages() {}

  /** ISO 639-1 codes of the languages that are offered to be translated into. */
  public static List<String> offered() {
    return OFFERED;
  }

  private static Set<String> words(String words) {
    return Set.copyOf(List.of(words.split(" ", -1)));
  }

  /**
   * ISO 639-1 code of the text's language; {@code otherwise} for a text in Latin script that gives
   * too little to go by, empty for others that do.
   */
  public static String of(String text, String otherwise) {
    return of(text).orElseGet(() -> isLatin(text) ? otherwise : "");
  }

  /** ISO 639-1 code of the text's language; for a script of several languages its commonest one. */
  static Optional<String> of(String text) {
    Map<Character.UnicodeScript, Integer> letters = new HashMap<>();
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(c -> letters.merge(Character.UnicodeScript.of(c), 1, Integer::sum));
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    if (all < ENOUGH_LETTERS) {
      return Optional.empty();
    }
    Character.UnicodeScript script =
        letters.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow();
    return script == Character.UnicodeScript.LATIN
        ? latin(text)
        : Optional.ofNullable(SCRIPTS.get(script));
  }

  /** The language whose common words are clearly the most frequent; needs two of them at least. */
  private static Optional<String> latin(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1);
    String best = "";
    int most = 0;
    int second = 0;
    for (Map.Entry<String, Set<String>> language : COMMON.entrySet()) {
      int count = 0;
      for (String word : words) {
        if (language.getValue().contains(word)) {
          count++;
        }
      }
      if (count > most) {
        second = most;
        most = count;
        best = language.getKey();
      } else {
        second = Math.max(second, count);
      }
    }
    return most >= 2 && most > second ? Optional.of(best) : Optional.empty();
  }

  /** Whether {@link #of} can tell texts in this language. */
  static boolean isTold(String language) {
    return COMMON.containsKey(language) || SCRIPTS.containsValue(language);
  }

  /** Whether the text has letters of Latin script mostly. */
  public static boolean isLatin(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long latin =
        text.codePoints()
            .filter(Character::isLetter)
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN)
            .count();
    return letters >= ENOUGH_LETTERS && 2 * latin > letters;
  }

  /** The ISO 639-1 code of a language that is named by its code or in English; any letter case. */
  public static Optional<String> coded(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(Locale.getISOLanguages())
        .filter(code ->
            code.length() == 2
                && (code.equals(wanted) || name(code).toLowerCase(Locale.ROOT).equals(wanted)))
        .findFirst();
  }

  /** The language's English name, for prompts. */
  static String name(String language) {
    return language.isEmpty() ? "" : Locale.of(language).getDisplayLanguage(Locale.ENGLISH);
  }
}
