package org.qalam.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.languagetool.AnalyzedSentence;
import org.languagetool.AnalyzedTokenReadings;
import org.languagetool.JLanguageTool;
import org.languagetool.rules.Categories;
import org.languagetool.rules.ITSIssueType;
import org.languagetool.rules.Rule;
import org.languagetool.rules.RuleMatch;

/**
 * Arabic words that are in no word list, by LanguageTool's dictionary. It takes the place of the
 * rule that asks the native Hunspell (docs/decisions/0102), and makes no suggestions while one
 * types: those take longer than all the rest.
 */
final class ArabicSpelling extends Rule {
  static final String ID = "QALAM_SPELLING_AR";

  private static final String FILES = "/ar/hunspell/ar";

  /** A rule that knows what was meant has more to say than that a word is unknown. */
  private static final int LAST = -100;

  private final WordList words;
  private final String said;

  private ArabicSpelling(ResourceBundle sentences, WordList words) {
    super(sentences);
    this.words = words;
    this.said = sentences.getString("spelling");
    setCategory(Categories.TYPOS.getCategory(sentences));
    setLocQualityIssueType(ITSIssueType.Misspelling);
    setPriority(LAST);
  }

  /**
   * Reads the dictionary, which takes a second or two.
   *
   * @param sentences LanguageTool's own, in the language that is checked
   */
  static ArabicSpelling load(ResourceBundle sentences) throws IOException {
    Affixes affixes;
    try (BufferedReader file = open(".aff")) {
      affixes = Affixes.read(file);
    }
    try (BufferedReader file = open(".dic")) {
      return new ArabicSpelling(sentences, WordList.read(affixes, file));
    }
  }

  private static BufferedReader open(String ending) {
    return new BufferedReader(
        new InputStreamReader(
            JLanguageTool.getDataBroker().getFromResourceDirAsStream(FILES + ending),
            StandardCharsets.UTF_8));
  }

  List<String> suggestions(String word) {
    return words.suggestions(word);
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getDescription() {
    return messages.getString("desc_spelling");
  }

  @Override
  public boolean isDictionaryBasedSpellingRule() {
    return true;
  }

  @Override
  public RuleMatch[] match(AnalyzedSentence sentence) {
    List<RuleMatch> found = new ArrayList<>();
    for (AnalyzedTokenReadings token : sentence.getTokensWithoutWhitespace()) {
      String word = token.getToken();
      if (isArabic(word)
          && !token.isImmunized()
          && !token.isIgnoredBySpeller()
          && !words.contains(word)) {
        found.add(new RuleMatch(this, sentence, token.getStartPos(), token.getEndPos(), said));
      }
    }
    return toRuleMatchArray(found);
  }

  /** A word of letters; a letter alone names a thing or a list's entry. */
  private static boolean isArabic(String word) {
    return word.codePoints().filter(Character::isLetter).count() > 1
        && word.codePoints()
            .allMatch(c ->
                (Character.UnicodeScript.of(c) == Character.UnicodeScript.ARABIC
                        && Character.isLetter(c))
                    || Character.getType(c) == Character.NON_SPACING_MARK
                    || c == 'ـ');
  }
}
