package org.qalam.assist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.qalam.assist.CitedAnswer.Source;
import org.qalam.document.Sentences;
import org.qalam.document.TextRange;
import org.qalam.search.Words;

/**
 * Holds an answer against the passages that it was made from, sentence by sentence and by plain
 * code: what a sentence says beyond the question's own words has to be in a passage, and is cited
 * from there. Small models put numbers of passages anywhere, so theirs do not count.
 *
 * @param text the sentences that are borne out, with their citations
 * @param sentences how many the answer has
 * @param unsupported how many of them no passage says; they are not in the text
 */
record Grounding(String text, int sentences, int unsupported) {
  /** Share of a sentence's words beyond the question that a passage has to have. */
  private static final double ENOUGH = 0.6;

  private static final Pattern MARK =
      Pattern.compile("[ \\t]*[\\[(](?:(?:passage|source)\\s*)?\\p{Nd}{1,2}[])]");

  private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

  private static final String ENDS = ".!?؟…";

  static Grounding of(String question, String answer, List<Source> sources) {
    Set<String> asked = Set.copyOf(Words.of(question));
    List<Said> passages = sources.stream().map(Said::of).toList();
    StringBuilder text = new StringBuilder();
    int sentences = 0;
    int unsupported = 0;
    for (String line : MARK.matcher(answer).replaceAll("").splitWithDelimiters("\n", -1)) {
      for (TextRange range : Sentences.parts(line)) {
        String sentence = range.of(line);
        if (Words.of(sentence).isEmpty()) {
          text.append(sentence);
          continue;
        }
        sentences++;
        List<Integer> cited = cited(sentence.strip(), asked, passages);
        if (cited.isEmpty()) {
          unsupported++;
        } else {
          append(text, sentence, cited);
        }
      }
    }
    return new Grounding(text.toString().strip(), sentences, unsupported);
  }

  /** Whether the answer is borne out for the greater part. */
  boolean isSound() {
    return sentences > 0 && 2 * unsupported < sentences;
  }

  /** A passage's words, its note's title among them. */
  private record Said(int number, Set<String> words) {
    static Said of(Source source) {
      String title = source.note().map(CitedAnswer.Note::title).orElse("");
      return new Said(source.number(), Set.copyOf(Words.of(title + "\n" + source.text())));
    }
  }

  /** The numbers go before the mark that ends the sentence. */
  private static void append(StringBuilder text, String sentence, List<Integer> cited) {
    String marks = cited.stream().map(number -> "[" + number + "]").collect(Collectors.joining());
    int end = sentence.stripTrailing().length();
    int words = end;
    while (words > 0 && ENDS.indexOf(sentence.charAt(words - 1)) >= 0) {
      words--;
    }
    text.append(sentence, 0, words)
        .append(' ')
        .append(marks)
        .append(sentence, words, sentence.length());
  }

  /** The one passage that says it, or the two that do together; none where they do not. */
  private static List<Integer> cited(String sentence, Set<String> asked, List<Said> passages) {
    Set<String> fresh = new LinkedHashSet<>(Words.of(sentence));
    fresh.removeAll(asked);
    Set<String> exact = exact(sentence, fresh);
    if (fresh.isEmpty()) {
      return List.of();
    }
    List<Said> best =
        passages.stream()
            .sorted(
                Comparator.comparingLong((Said passage) -> -count(fresh, passage.words))
                    .thenComparingLong(passage -> -count(asked, passage.words)))
            .toList();
    List<Integer> cited = new ArrayList<>();
    Set<String> together = new HashSet<>();
    for (Said passage : best.subList(0, Math.min(2, best.size()))) {
      cited.add(passage.number);
      together.addAll(passage.words);
      if (together.containsAll(exact) && count(fresh, together) >= ENOUGH * fresh.size()) {
        return cited.stream().sorted().toList();
      }
    }
    return List.of();
  }

  private static long count(Set<String> words, Set<String> there) {
    return words.stream().filter(there::contains).count();
  }

  /** Numbers and names: each of them has to be there. */
  private static Set<String> exact(String sentence, Set<String> fresh) {
    Set<String> exact =
        fresh.stream().filter(word -> DIGIT.matcher(word).find()).collect(Collectors.toSet());
    Names.in(sentence).forEach(name -> exact.addAll(Words.of(name.of(sentence))));
    exact.retainAll(fresh);
    return exact;
  }
}
