package org.qalam.search;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.qalam.search.NoteAnalyzer.Word;

/** Makes Lucene's queries of what a person typed, for an index as it is. Confined to one thread. */
final class QueryBuilder {
  private static final String TITLE = NoteIndex.TITLE;
  private static final String TEXT = NoteIndex.TEXT;

  /** A word of the title says what a note is about. */
  private static final float TITLE_WEIGHT = 2.5f;

  // How much the forms of a word count beside the word as it was typed.
  private static final float STEM_WEIGHT = 0.8f;
  private static final float LONGER_WEIGHT = 0.5f;

  /** Words that a beginning may stand for, by its length: those of a letter or two are many. */
  private static final int[] LONGER = {0, 12, 32, 64};

  /** Words that are looked at for that. */
  private static final int LOOKED_AT = 2_000;

  /** Letters of a word that may have a slip in it, where no note has it as it is. */
  private static final int SLIP = 5;

  private final NoteQuery asked;
  private final IndexReader reader;

  /** Words of weight, each in whichever field. */
  private final List<Query> words = new ArrayList<>();

  /** Words that any text has. */
  private final List<Query> slight = new ArrayList<>();

  /** Phrases, and words that are several to the index. */
  private final List<Query> phrases = new ArrayList<>();

  private Optional<Query> lastResort = Optional.empty();

  QueryBuilder(NoteQuery asked, IndexReader reader) throws IOException {
    this.asked = asked;
    this.reader = reader;
    for (NoteQuery.Part part : asked.parts()) {
      List<Word> found = NoteAnalyzer.words(part.words());
      if (found.size() > 1 || (part.isPhrase() && !found.isEmpty())) {
        phrases.add(
            inBoth(phrase(found, TITLE, part.isOpen()), phrase(found, TEXT, part.isOpen())));
      } else if (!found.isEmpty()) {
        Word word = found.getFirst();
        Query either = inBoth(word(word, TITLE, part.isOpen()), word(word, TEXT, part.isOpen()));
        (Words.of(word.written()).isEmpty() ? slight : words).add(either);
      }
    }
    if (words.isEmpty() && phrases.isEmpty()) {
      words.addAll(slight);
      slight.clear();
    }
  }

  private static Query inBoth(Query title, Query text) {
    return new DisjunctionMaxQuery(List.of(new BoostQuery(title, TITLE_WEIGHT), text), 0.1f);
  }

  /** Whether there are only tags and dates, or nothing. */
  boolean isByDate() {
    return words.isEmpty() && phrases.isEmpty();
  }

  /** Queries to be asked one after the other until there are enough hits. */
  List<Query> queries(int most) {
    if (asked.isEmpty() || most <= 0) {
      return List.of();
    }
    if (isByDate()) {
      boolean isFiltered =
          !asked.tags().isEmpty() || asked.from().isPresent() || asked.before().isPresent();
      return isFiltered ? List.of(filtered(MatchAllDocsQuery.INSTANCE)) : List.of();
    }
    List<Query> queries = new ArrayList<>();
    queries.add(filtered(some(words.size())));
    if (words.size() > 1) {
      Query fewer = filtered(some((words.size() + 2) / 3));
      queries.add(fewer);
      // Who types two words wants both, unless there is no such note.
      lastResort = words.size() == 2 ? Optional.of(fewer) : Optional.empty();
    }
    return queries;
  }

  /** Whether this is to be asked only where nothing else was found. */
  boolean isLastResort(Query query) {
    return lastResort.filter(query::equals).isPresent();
  }

  private Query some(int least) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    phrases.forEach(phrase -> all.add(phrase, Occur.MUST));
    slight.forEach(word -> all.add(word, Occur.SHOULD));
    if (!words.isEmpty()) {
      BooleanQuery.Builder these = new BooleanQuery.Builder();
      words.forEach(word -> these.add(word, Occur.SHOULD));
      these.setMinimumNumberShouldMatch(Math.max(1, least));
      all.add(these.build(), Occur.MUST);
    }
    return all.build();
  }

  /** What is to be marked in a text; empty where no words are asked for. */
  Optional<Query> marked() {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    Stream.concat(words.stream(), phrases.stream()).forEach(each -> any.add(each, Occur.SHOULD));
    BooleanQuery built = any.build();
    return built.clauses().isEmpty() ? Optional.empty() : Optional.of(built);
  }

  /** The same of those notes that have the tags and the dates. */
  Query filtered(Query query) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(query, Occur.MUST);
    for (NoteQuery.Tag tag : asked.tags()) {
      BooleanQuery.Builder either = new BooleanQuery.Builder();
      either.add(new TermQuery(new Term(NoteIndex.TAG, tag.name())), Occur.SHOULD);
      String longer = tag.isOpen() ? tag.name() : tag.name() + "/";
      either.add(new PrefixQuery(new Term(NoteIndex.TAG, longer)), Occur.SHOULD);
      all.add(either.build(), Occur.FILTER);
    }
    if (asked.from().isPresent() || asked.before().isPresent()) {
      long from = asked.from().map(QueryBuilder::millis).orElse(Long.MIN_VALUE);
      long to = asked.before().map(before -> millis(before) - 1).orElse(Long.MAX_VALUE);
      all.add(LongPoint.newRangeQuery(NoteIndex.MODIFIED, from, to), Occur.FILTER);
    }
    return all.build();
  }

  private static long millis(Instant time) {
    return time.toEpochMilli();
  }

  private Query word(Word word, String field, boolean isOpen) throws IOException {
    Map<String, Float> forms = new LinkedHashMap<>();
    forms.put(word.written(), 1f);
    for (String stem : word.stems()) {
      forms.putIfAbsent(stem, STEM_WEIGHT);
      forms.putIfAbsent(NoteAnalyzer.STEM + stem, STEM_WEIGHT);
    }
    if (isOpen) {
      for (String longer : longer(field, beginnings(word))) {
        forms.putIfAbsent(longer, LONGER_WEIGHT);
      }
    }
    if (word.written().length() >= SLIP && !isKnown(forms.keySet())) {
      return new FuzzyQuery(new Term(field, word.written()), 1, 1);
    }
    SynonymQuery.Builder any = new SynonymQuery.Builder(field);
    forms.forEach((form, weight) -> any.addTerm(new Term(field, form), weight));
    return any.build();
  }

  private boolean isKnown(Collection<String> forms) throws IOException {
    for (String form : forms) {
      if (reader.docFreq(new Term(TEXT, form)) > 0 || reader.docFreq(new Term(TITLE, form)) > 0) {
        return true;
      }
    }
    return false;
  }

  private Query phrase(List<Word> words, String field, boolean isOpen) throws IOException {
    MultiPhraseQuery.Builder phrase = new MultiPhraseQuery.Builder();
    for (int i = 0; i < words.size(); i++) {
      String written = words.get(i).written();
      List<Term> terms = new ArrayList<>();
      terms.add(new Term(field, written));
      if (isOpen && i == words.size() - 1) {
        longer(field, List.of(written)).forEach(longer -> terms.add(new Term(field, longer)));
      }
      phrase.add(terms.toArray(Term[]::new));
    }
    return phrase.build();
  }

  /** What a word may begin with as it is written, or behind the articles and prefixes of Arabic. */
  private static List<String> beginnings(Word word) {
    List<String> all = new ArrayList<>(List.of(word.written(), NoteAnalyzer.STEM + word.written()));
    word.stems().stream()
        .filter(stem -> word.written().endsWith(stem))
        .forEach(stem -> all.add(NoteAnalyzer.STEM + stem));
    return all;
  }

  /** Words that begin like one of these, the frequent ones first. */
  private List<String> longer(String field, List<String> beginnings) throws IOException {
    Map<String, Integer> found = new HashMap<>();
    int length = beginnings.getFirst().length();
    for (String from : Set.copyOf(beginnings)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        Terms terms = leaf.reader().terms(field);
        if (terms != null) {
          collect(terms.iterator(), new BytesRef(from), found);
        }
      }
    }
    return found.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(LONGER[Math.min(length, LONGER.length - 1)])
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void collect(TermsEnum terms, BytesRef from, Map<String, Integer> found)
      throws IOException {
    if (terms.seekCeil(from) == TermsEnum.SeekStatus.END) {
      return;
    }
    for (int i = 0; i < LOOKED_AT; i++) {
      BytesRef term = terms.term();
      if (!StringHelper.startsWith(term, from)) {
        return;
      }
      found.merge(term.utf8ToString(), terms.docFreq(), Integer::sum);
      if (terms.next() == null) {
        return;
      }
    }
  }
}
