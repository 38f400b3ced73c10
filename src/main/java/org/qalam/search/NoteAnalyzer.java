package org.qalam.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeSource;

/**
 * A note's words for the index. Each comes as it is written, without case, accents and vowel marks:
 * what a phrase and the beginning of a word are found by. Where its stem is another one, that comes
 * in the same place with {@link #STEM} before it. English and Arabic in one, for a note may have
 * both. Nothing is left out, so that a phrase may have any word. Any thread.
 */
final class NoteAnalyzer extends Analyzer {
  /** Before a stem, which is no word of the text. */
  static final char STEM = '\u0001';

  /** A place in a text: the word there as it is written, and its stems. */
  record Word(String written, List<String> stems) {}

  @Override
  protected TokenStreamComponents createComponents(String field) {
    StandardTokenizer words = new StandardTokenizer();
    return new TokenStreamComponents(words, new Stems(plain(words)));
  }

  private static TokenStream plain(TokenStream words) {
    TokenStream made = new LowerCaseFilter(words);
    made = new DecimalDigitFilter(made);
    made = new EnglishPossessiveFilter(made);
    made = new ArabicNormalizationFilter(made);
    return new ASCIIFoldingFilter(made);
  }

  /** The words of a short text, in its order. */
  static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    WordForms forms = new WordForms();
    StandardTokenizer tokenizer = new StandardTokenizer();
    tokenizer.setReader(new StringReader(text));
    try (TokenStream stream = plain(tokenizer)) {
      CharTermAttribute word = stream.getAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        if (!word.isEmpty()) {
          words.add(new Word(word.toString(), forms.stems(word.toString())));
        }
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be read", e);
    }
    return words;
  }

  /** Puts the stems behind a word that differ from it. */
  private static final class Stems extends TokenFilter {
    private final CharTermAttribute word = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private final WordForms forms = new WordForms();
    private final Deque<String> waiting = new ArrayDeque<>();
    private AttributeSource.State place = captureState();

    Stems(TokenStream words) {
      super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (!waiting.isEmpty()) {
        restoreState(place);
        word.setEmpty().append(STEM).append(waiting.remove());
        step.setPositionIncrement(0);
        return true;
      }
      if (!input.incrementToken()) {
        return false;
      }
      String written = word.toString();
      for (String stem : forms.stems(written)) {
        if (!stem.equals(written)) {
          waiting.add(stem);
        }
      }
      if (!waiting.isEmpty()) {
        place = captureState();
      }
      return true;
    }

    @Override
    public void reset() throws IOException {
      super.reset();
      waiting.clear();
    }
  }
}
