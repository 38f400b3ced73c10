package org.qalam.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The passages of one text that have the words of a question, by BM25, in an index that lives in
 * memory for as long as the search. Any thread; a text of 200,000 characters takes some tens of
 * milliseconds.
 */
public final class PassageSearch {
  private static final String TEXT = "text";
  private static final String HEADING = "heading";

  /** A heading's word says what all under it is about, but not that it is said in this passage. */
  private static final float HEADING_WEIGHT = 0.5f;

  /** A passage counts from this share of the best one's score on. */
  private static final float LEAST = 0.35f;

  /** Letters of a word that may have a slip in it, where the text does not have it as it is. */
  private static final int LONG_WORD = 5;

  private PassageSearch() {}

  /**
   * The passages that have words of the question, the best first.
   *
   * @param most so many at most
   * @return none where the text has no word of weight of the question
   */
  public static List<Passage> find(String question, String text, int most) {
    return best(question, Passages.of(text), most);
  }

  /** Those of these passages that have words of the question, the best first. */
  public static List<Passage> best(String question, List<Passage> passages, int most) {
    Set<String> words = new LinkedHashSet<>(Words.of(question));
    if (words.isEmpty() || passages.isEmpty()) {
      return List.of();
    }
    try (ByteBuffersDirectory memory = new ByteBuffersDirectory()) {
      write(memory, passages);
      try (IndexReader reader = DirectoryReader.open(memory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        ScoreDoc[] hits = searcher.search(query(words, reader), most).scoreDocs;
        List<Passage> found = new ArrayList<>();
        for (ScoreDoc hit : hits) {
          if (hit.score >= LEAST * hits[0].score) {
            found.add(passages.get(hit.doc));
          }
        }
        return found;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an index in memory can be written and read", e);
    }
  }

  /** One segment, in the passages' order: an entry's number is the passage's. */
  private static void write(ByteBuffersDirectory memory, List<Passage> passages)
      throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(Words.analyzer());
    config.setRAMBufferSizeMB(64);
    try (IndexWriter writer = new IndexWriter(memory, config)) {
      for (Passage passage : passages) {
        Document entry = new Document();
        entry.add(new TextField(TEXT, passage.text(), Field.Store.NO));
        entry.add(new TextField(HEADING, passage.heading(), Field.Store.NO));
        writer.addDocument(entry);
      }
    }
  }

  private static Query query(Set<String> words, IndexReader reader) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String word : words) {
      Term term = new Term(TEXT, word);
      Term title = new Term(HEADING, word);
      boolean isKnown = reader.docFreq(term) > 0 || reader.docFreq(title) > 0;
      if (isKnown || word.length() < LONG_WORD) {
        any.add(new TermQuery(term), Occur.SHOULD);
        any.add(new BoostQuery(new TermQuery(title), HEADING_WEIGHT), Occur.SHOULD);
      } else {
        any.add(new FuzzyQuery(term, 1, 1), Occur.SHOULD);
      }
    }
    return any.build();
  }
}
