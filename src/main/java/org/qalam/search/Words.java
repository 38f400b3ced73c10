package org.qalam.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words of a text in the form in which they are compared: without endings, articles and vowel
 * marks, all digits alike, and without the words that any text has. English and Arabic are handled
 * in one, for a text may have both; neither's rules touch the other's script. Any thread.
 */
public final class Words {
  /** Words that ask, and that any question has, whatever it is about. */
  private static final Set<String> ASKING =
      Set.of(
          """
          who whom whose what when where why how which much many long often
          do does did done has have had can could should would will shall may might must am been
          being i me my we us our you your he him his she her its them there here
          about any some please tell say says said give find know
          من ما ماذا متى أين اين كيف كم لماذا لم هل أي اي ذا
          """
              .strip()
              .split("\\s+"));

  private static final Analyzer ANALYZER = new Both();

  private Words() {}

  /** Every word of weight, in the text's order and as often as it comes. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = ANALYZER.tokenStream("", text)) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(word.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be read", e);
    }
    return words;
  }

  static Analyzer analyzer() {
    return ANALYZER;
  }

  private static final class Both extends Analyzer {
    private final CharArraySet stops = new CharArraySet(ASKING, false);

    Both() {
      stops.addAll(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
      stops.addAll(ArabicAnalyzer.getDefaultStopSet());
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer words = new StandardTokenizer();
      TokenStream made = new LowerCaseFilter(words);
      made = new DecimalDigitFilter(made);
      made = new EnglishPossessiveFilter(made);
      made = new StopFilter(made, stops);
      made = new ArabicNormalizationFilter(made);
      made = new ArabicStemFilter(made);
      made = new PorterStemFilter(made);
      return new TokenStreamComponents(words, made);
    }
  }
}
