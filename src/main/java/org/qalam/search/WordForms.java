package org.qalam.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * The stems that a word as it is written (in small letters, without marks) is found by: English
 * ones through {@link IrregularForms} and Porter's second algorithm, Arabic ones without article,
 * prefixes and endings. Confined to one thread.
 */
final class WordForms {
  /** Words whose stems are kept; a language's frequent ones are far fewer. */
  private static final int KEPT = 20_000;

  private final EnglishStemmer english = new EnglishStemmer();
  private final ArabicStems arabic = new ArabicStems();
  private final Map<String, List<String>> kept = new HashMap<>();

  /** One stem, or two where the word is a form of another and a word of its own. */
  List<String> stems(String word) {
    List<String> known = kept.get(word);
    if (known != null) {
      return known;
    }
    if (kept.size() >= KEPT) {
      kept.clear();
    }
    List<String> made = make(word);
    kept.put(word, made);
    return made;
  }

  private List<String> make(String word) {
    if (isArabic(word)) {
      return List.of(arabic.stem(word));
    }
    if (!isLatin(word)) {
      return List.of(word);
    }
    Set<String> stems = new LinkedHashSet<>();
    for (String base : IrregularForms.of(word)) {
      english.setCurrent(base);
      english.stem();
      stems.add(english.getCurrent());
    }
    return List.copyOf(stems);
  }

  private static boolean isArabic(String word) {
    return word.chars().allMatch(c -> c >= '\u0620' && c <= '\u06ff');
  }

  private static boolean isLatin(String word) {
    return word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '\'');
  }

  /** Lucene has its stemmer of Arabic for streams of words alone: this is one of a single word. */
  private static final class ArabicStems {
    private final OneWord one = new OneWord();
    private final ArabicStemFilter stems = new ArabicStemFilter(one);

    String stem(String word) {
      try {
        one.next = word;
        boolean _ = stems.incrementToken();
        return one.word.toString();
      } catch (IOException e) {
        throw new UncheckedIOException("a word in memory can be read", e);
      }
    }
  }

  private static final class OneWord extends TokenStream {
    private final CharTermAttribute word = addAttribute(CharTermAttribute.class);
    private String next = "";

    @Override
    public boolean incrementToken() {
      clearAttributes();
      word.append(next);
      return true;
    }
  }
}
