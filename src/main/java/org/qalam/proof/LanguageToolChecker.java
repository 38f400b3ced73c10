package org.qalam.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.languagetool.JLanguageTool;
import org.languagetool.Languages;
import org.languagetool.rules.ITSIssueType;
import org.languagetool.rules.Rule;
import org.languagetool.rules.RuleMatch;
import org.qalam.document.TextRange;

/**
 * The rules and word lists of LanguageTool, whose parts that ask a server are not there
 * (docs/decisions/0102). A language is loaded when it is first checked, and stays. Used by one
 * thread at a time.
 */
public final class LanguageToolChecker implements Checker {
  /** The rule that loads a native library and unpacks its dictionary at each start. */
  private static final String NATIVE_SPELLING = "HUNSPELL_RULE_AR";

  /** Entries of a list begin as they like, and a line may go on with the sentence before it. */
  private static final String SENTENCE_START = "UPPERCASE_SENTENCE_START";

  private static final int MOST_SUGGESTIONS = 5;
  private static final int LONGEST_MESSAGE = 160;

  /** Held, or its level would be forgotten: its warnings quote the text that was checked. */
  private static final Logger QUIET = Logger.getLogger("org.languagetool");

  private final Locale locale;
  private final Map<String, JLanguageTool> tools = new HashMap<>(); // by ISO 639-1 code
  private @Nullable ArabicSpelling arabic;

  /**
   * @param locale tells which English is meant, where it is one of a country
   */
  public LanguageToolChecker(Locale locale) {
    this.locale = locale;
    QUIET.setLevel(Level.OFF);
  }

  @Override
  public boolean knows(String language) {
    return language.matches("[a-z]{2}")
        && JLanguageTool.class.getResource("/org/languagetool/rules/" + language + "/grammar.xml")
            != null;
  }

  private JLanguageTool tool(String language) {
    JLanguageTool known = tools.get(language);
    if (known != null) {
      return known;
    }
    JLanguageTool tool = new JLanguageTool(Languages.getLanguageForShortCode(variant(language)));
    if (language.equals("ar")) {
      try {
        ArabicSpelling spelling =
            ArabicSpelling.load(JLanguageTool.getMessageBundle(tool.getLanguage()));
        tool.disableRule(NATIVE_SPELLING);
        tool.addRule(spelling);
        arabic = spelling;
      } catch (IOException e) {
        throw new UncheckedIOException("the Arabic word list cannot be read", e);
      }
    }
    tools.put(language, tool);
    return tool;
  }

  /** Which English: without a country there is no word list. */
  private String variant(String language) {
    if (!language.equals("en")) {
      return language;
    }
    String local = "en-" + locale.getCountry();
    return locale.getLanguage().equals("en")
            && !locale.getCountry().isEmpty()
            && Languages.isLanguageSupported(local)
        ? local
        : "en-US";
  }

  @Override
  public List<Remark> check(String paragraph, String language) {
    if (!knows(language) || paragraph.isBlank()) {
      return List.of();
    }
    List<Remark> remarks = new ArrayList<>();
    int done = 0;
    for (RuleMatch match : matches(paragraph, language)) {
      TextRange range = range(match, paragraph);
      if (range.start() >= done && !range.isEmpty()) {
        Rule rule = match.getRule();
        remarks.add(
            new Remark(range, kind(match), rule.getId(), rule.getDescription(), message(match)));
        done = range.end();
      }
    }
    return remarks;
  }

  private List<RuleMatch> matches(String paragraph, String language) {
    MarkdownParagraph markdown = MarkdownParagraph.of(paragraph);
    try {
      return tool(language).check(markdown.annotated()).stream()
          .filter(match -> !markdown.isApart(range(match, paragraph)))
          .filter(match ->
              !match.getRule().getId().equals(SENTENCE_START)
                  || match.getFromPos() > markdown.start())
          .filter(match -> !isVain(match, paragraph))
          .sorted(Comparator.comparingInt(RuleMatch::getFromPos))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the rules for '" + language + "' cannot be read", e);
    }
  }

  /** Whether a rule proposes what is there already. */
  private static boolean isVain(RuleMatch match, String paragraph) {
    // Looked for while one types, suggestions for misspelt words would take longer than the rest.
    if (match.getRule().isDictionaryBasedSpellingRule()) {
      return false;
    }
    List<String> proposed = match.getSuggestedReplacements();
    String words = range(match, paragraph).of(paragraph);
    return !proposed.isEmpty() && proposed.stream().allMatch(words::equals);
  }

  private static TextRange range(RuleMatch match, String paragraph) {
    int start = Math.clamp(match.getFromPos(), 0, paragraph.length());
    return new TextRange(start, Math.clamp(match.getToPos(), start, paragraph.length()));
  }

  private static Remark.Kind kind(RuleMatch match) {
    ITSIssueType type = match.getRule().getLocQualityIssueType();
    if (match.getRule().isDictionaryBasedSpellingRule()) {
      return Remark.Kind.SPELLING;
    }
    return match.getType() == RuleMatch.Type.Hint
            || type == ITSIssueType.Style
            || type == ITSIssueType.Register
            || type == ITSIssueType.LocaleViolation
        ? Remark.Kind.STYLE
        : Remark.Kind.GRAMMAR;
  }

  private static String message(RuleMatch match) {
    String message =
        match
            .getMessage()
            .replaceAll("</?suggestion>", "\"")
            .replaceAll("<[^>]*>", "")
            .replaceAll("\\s+", " ")
            .strip();
    String told = message.length() > LONGEST_MESSAGE ? match.getShortMessage().strip() : message;
    return told.isEmpty() ? message.substring(0, LONGEST_MESSAGE).strip() + "…" : told;
  }

  @Override
  public List<String> suggestions(String paragraph, String language, Remark remark) {
    String words = remark.range().of(paragraph);
    if (remark.rule().equals(ArabicSpelling.ID) && arabic != null) {
      return arabic.suggestions(words);
    }
    return matches(paragraph, language).stream()
        .filter(match -> match.getRule().getId().equals(remark.rule()))
        .filter(match -> range(match, paragraph).equals(remark.range()))
        .flatMap(match -> match.getSuggestedReplacements().stream())
        .map(String::strip)
        .filter(suggestion -> !suggestion.equals(words))
        .distinct()
        .limit(MOST_SUGGESTIONS)
        .toList();
  }
}
