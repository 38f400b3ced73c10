package org.qalam.assist;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Days and months in words, English and Arabic. Their numbers are numbers. Belongs to no thread.
 */
final class Dates {
  private static final String DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";

  /** Without those that are other words as well. */
  private static final String MONTHS =
      "January|February|April|June|July|August|September|October|November|December";

  private static final String SHORT = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec";

  /** Days; the months of Egypt and the Gulf, of the Levant and Iraq, and of the Hijri year. */
  private static final String ARABIC =
      "السبت|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة"
          + "|يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يونيه|يوليو|يوليه|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
          + "|كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول"
          + "|محرم|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة";

  /** An Arabic word may have another one before it in the same run of letters: "and", "in". */
  private static final Pattern DATE =
      Pattern.compile(
          "(?<![\\p{L}\\p{M}])(?<english>(?i:"
              + DAYS
              + "|"
              + MONTHS
              + ")|March|May|(?:"
              + SHORT
              + ")(?=\\.?\\s\\p{Nd})|(?<=\\p{Nd}\\s)(?:"
              + SHORT
              + "))(?![\\p{L}\\p{M}])|(?<![\\p{L}\\p{M}])[وفبكل]?(?<arabic>"
              + ARABIC
              + ")(?![\\p{L}\\p{M}])");

  private static final Set<String> WORDS =
      Stream.of(DAYS, MONTHS, "March|May")
          .flatMap(words -> Stream.of(words.split("\\|", -1)))
          .collect(Collectors.toSet());

  private Dates() {}

  /** Every day and month that a text names, in lower case. */
  static List<String> in(String text) {
    return DATE.matcher(text)
        .results()
        .map(found -> found.group(found.group("arabic") == null ? "english" : "arabic"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Whether this is the English name of a day or a month. */
  static boolean isDate(String word) {
    return WORDS.contains(word);
  }
}
