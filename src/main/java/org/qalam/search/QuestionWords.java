package org.qalam.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;

/**
 * The words of a question, in all their forms, and how much each tells: the fewer notes have it,
 * the more. Immutable.
 */
final class QuestionWords {
  /**
   * @param forms as the index has them
   * @param weight as BM25 has it: ln(1 + (notes without it + 0.5) / (notes with it + 0.5))
   */
  private record Weighed(Set<String> forms, double weight) {}

  private final List<Weighed> words;
  private final double sum;

  private QuestionWords(List<Weighed> words) {
    this.words = words;
    this.sum = words.stream().mapToDouble(Weighed::weight).sum();
  }

  static QuestionWords of(String question, IndexReader notes) throws IOException {
    Set<Set<String>> seen = new LinkedHashSet<>();
    List<Weighed> words = new ArrayList<>();
    for (NoteAnalyzer.Word word : NoteAnalyzer.words(question)) {
      Set<String> forms = forms(word);
      if (!Words.of(word.written()).isEmpty() && seen.add(forms)) {
        words.add(new Weighed(forms, weight(forms, notes)));
      }
    }
    return new QuestionWords(words);
  }

  private static Set<String> forms(NoteAnalyzer.Word word) {
    Set<String> forms = new HashSet<>(word.stems());
    forms.add(word.written());
    return forms;
  }

  private static double weight(Set<String> forms, IndexReader notes) throws IOException {
    int having = 0;
    for (String form : forms) {
      for (String kept : List.of(form, NoteAnalyzer.STEM + form)) {
        having = Math.max(having, notes.docFreq(new Term(NoteIndex.TEXT, kept)));
      }
    }
    return Math.log(1 + (notes.numDocs() - having + 0.5) / (having + 0.5));
  }

  /** Which share of what the words tell is in a text: from 0 for none of them to 1 for all. */
  double shareIn(String text) {
    Set<String> there = new HashSet<>();
    NoteAnalyzer.words(text).forEach(word -> there.addAll(forms(word)));
    double found =
        words.stream()
            .filter(word -> word.forms.stream().anyMatch(there::contains))
            .mapToDouble(Weighed::weight)
            .sum();
    return sum == 0 ? 0 : found / sum;
  }
}
