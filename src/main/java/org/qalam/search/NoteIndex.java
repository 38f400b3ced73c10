package org.qalam.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.SingleInstanceLockFactory;
import org.apache.lucene.util.BytesRef;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

/**
 * The words of all notes, in memory: nothing of them is written anywhere (docs/decisions/0111). Any
 * thread; what {@link #put} and {@link #remove} are given is found after the next {@link #refresh}.
 */
final class NoteIndex implements AutoCloseable {
  static final String ID = "id";
  static final String TITLE = "title";
  static final String TEXT = "text";
  static final String TAG = "tag";
  static final String MODIFIED = "modified";

  /** Matches of a note that are looked at for its snippet. */
  private static final int MATCHES = 2_000;

  /** Longer ones are none that a person gave. */
  private static final int TAG_LENGTH = 100;

  private static final FieldType WORDS = words();

  /** Each file as one array: the same in pieces is half as fast. */
  private final ByteBuffersDirectory memory =
      new ByteBuffersDirectory(
          new SingleInstanceLockFactory(),
          ByteBuffersDataOutput::new,
          ByteBuffersDirectory.OUTPUT_AS_ONE_BUFFER);

  private final IndexWriter writer;
  private final SearcherManager searchers;

  NoteIndex() {
    IndexWriterConfig config = new IndexWriterConfig(new NoteAnalyzer());
    config.setRAMBufferSizeMB(32);
    config.setMergeScheduler(new SerialMergeScheduler()); // on the thread that writes
    try {
      writer = new IndexWriter(memory, config);
      searchers = new SearcherManager(writer, null);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  private static FieldType words() {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setStored(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    type.freeze();
    return type;
  }

  /** Takes a note up, in the place of what was known of it. */
  void put(Note note) {
    Document entry = new Document();
    String id = note.id().toString();
    entry.add(new StringField(ID, id, Field.Store.YES));
    entry.add(new Field(TITLE, note.title(), WORDS));
    entry.add(new Field(TEXT, note.text(), WORDS));
    for (String tag : Tags.of(note.text())) {
      if (tag.length() <= TAG_LENGTH) {
        entry.add(new StringField(TAG, tag, Field.Store.NO));
      }
    }
    long modified = note.modified().toEpochMilli();
    entry.add(new LongPoint(MODIFIED, modified));
    entry.add(new NumericDocValuesField(MODIFIED, modified));
    entry.add(new StoredField(MODIFIED, modified));
    try {
      writer.updateDocument(new Term(ID, id), entry);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  /** Forgets a note. */
  void remove(DocumentId id) {
    try {
      writer.deleteDocuments(new Term(ID, id.toString()));
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  /** From here on what was put and removed before is found and not found. */
  void refresh() {
    try {
      boolean _ = searchers.maybeRefresh();
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  /** Bytes that the index takes, without what the last notes take until they are written. */
  long bytes() {
    try {
      long sum = 0;
      for (String file : memory.listAll()) {
        sum += memory.fileLength(file);
      }
      return sum;
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  /**
   * The notes that have what is asked for, the best first: those with all the words, then those
   * with many of them. Where only tags and dates are asked for, the last changed first.
   */
  List<Hit> search(NoteQuery asked, int most) {
    return with(searcher -> {
      QueryBuilder queries = new QueryBuilder(asked, searcher.getIndexReader());
      Map<Integer, Float> found = new LinkedHashMap<>();
      for (Query query : queries.queries(most)) {
        if (found.size() < most && (found.isEmpty() || !queries.isLastResort(query))) {
          for (ScoreDoc hit : top(searcher, query, queries, most)) {
            if (found.size() < most) {
              found.putIfAbsent(hit.doc, hit.score);
            }
          }
        }
      }
      return hits(searcher, queries, found);
    });
  }

  private static ScoreDoc[] top(IndexSearcher searcher, Query query, QueryBuilder queries, int most)
      throws IOException {
    return queries.isByDate()
        ? searcher.search(query, most, new Sort(new SortField(MODIFIED, SortField.Type.LONG, true)))
            .scoreDocs
        : searcher.search(query, most).scoreDocs;
  }

  private static List<Hit> hits(
      IndexSearcher searcher, QueryBuilder queries, Map<Integer, Float> found) throws IOException {
    Optional<Query> marked = queries.marked();
    Optional<Weight> weight = Optional.empty();
    if (marked.isPresent()) {
      weight =
          Optional.of(searcher.createWeight(searcher.rewrite(marked.get()), ScoreMode.COMPLETE, 1));
    }
    StoredFields stored = searcher.storedFields();
    List<Hit> hits = new ArrayList<>();
    for (Map.Entry<Integer, Float> each : found.entrySet()) {
      int doc = each.getKey();
      float score = Float.isNaN(each.getValue()) ? 0 : each.getValue();
      Optional<Matches> matches = Optional.empty();
      if (weight.isPresent()) {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        matches = Optional.ofNullable(weight.get().matches(leaf, doc - leaf.docBase));
      }
      hits.add(hit(stored.document(doc), matches, score));
    }
    return hits;
  }

  private static Hit hit(Document entry, Optional<Matches> matches, float score)
      throws IOException {
    String title = entry.get(TITLE);
    String text = entry.get(TEXT);
    List<Snippet.Match> inText = beyondTitle(places(matches, TEXT), title, text);
    List<Snippet.Match> inTitle = places(matches, TITLE);
    inTitle.sort((one, other) -> Integer.compare(one.range().start(), other.range().start()));
    Optional<Snippet.Cut> cut =
        inText.isEmpty() ? Optional.empty() : Optional.of(Snippet.around(text, inText));
    return new Hit(
        new DocumentId(UUID.fromString(entry.get(ID))),
        title,
        Snippet.joined(inTitle, title.length()),
        cut.map(Snippet.Cut::snippet).orElseGet(() -> Snippet.beginning(text)),
        cut.map(Snippet.Cut::place),
        score);
  }

  /** A text's first line, which is its title as well, is shown only where nothing else is found. */
  private static List<Snippet.Match> beyondTitle(
      List<Snippet.Match> matches, String title, String text) {
    int at = text.indexOf(title);
    int line = text.indexOf('\n');
    if (title.isEmpty() || at < 0 || at > line) {
      return matches;
    }
    List<Snippet.Match> beyond =
        matches.stream().filter(match -> match.range().start() > line).toList();
    return beyond.isEmpty() ? matches : beyond;
  }

  private static List<Snippet.Match> places(Optional<Matches> matches, String field)
      throws IOException {
    List<Snippet.Match> places = new ArrayList<>();
    MatchesIterator each = matches.isEmpty() ? null : matches.get().getMatches(field);
    while (each != null && places.size() < MATCHES && each.next()) {
      if (each.startOffset() >= 0 && each.endOffset() > each.startOffset()) {
        TextRange range = new TextRange(each.startOffset(), each.endOffset());
        places.add(new Snippet.Match(range, each.getQuery()));
      }
    }
    return places;
  }

  /** Those of some notes that the question's tags and dates let through. */
  Set<DocumentId> allowed(NoteQuery asked, Collection<DocumentId> ids) {
    return with(searcher -> {
      QueryBuilder queries = new QueryBuilder(asked, searcher.getIndexReader());
      Query these =
          new TermInSetQuery(ID, ids.stream().map(id -> new BytesRef(id.toString())).toList());
      Set<DocumentId> allowed = new HashSet<>();
      for (ScoreDoc hit :
          searcher.search(queries.filtered(these), Math.max(1, ids.size())).scoreDocs) {
        allowed.add(
            new DocumentId(UUID.fromString(searcher.storedFields().document(hit.doc).get(ID))));
      }
      return allowed;
    });
  }

  /** Notes that were found by their meaning, with what they were found by. */
  List<Hit> described(List<NoteVectors.Near> found) {
    return with(searcher -> {
      List<Hit> hits = new ArrayList<>();
      for (NoteVectors.Near near : found) {
        Query one = new TermQuery(new Term(ID, near.id().toString()));
        for (ScoreDoc doc : searcher.search(one, 1).scoreDocs) {
          Document entry = searcher.storedFields().document(doc.doc);
          String text = entry.get(TEXT);
          boolean isThere = near.range().end() <= text.length() && !near.range().isEmpty();
          Snippet snippet = Snippet.beginning(isThere ? near.range().of(text) : text);
          Optional<TextRange> place = isThere ? Optional.of(near.range()) : Optional.empty();
          hits.add(new Hit(near.id(), entry.get(TITLE), List.of(), snippet, place, near.cosine()));
        }
      }
      return hits;
    });
  }

  /** Notes as they were taken up; those that are gone are left out. */
  List<Note> read(Collection<DocumentId> ids) {
    return with(searcher -> {
      List<Note> notes = new ArrayList<>();
      for (DocumentId id : ids) {
        Query one = new TermQuery(new Term(ID, id.toString()));
        for (ScoreDoc doc : searcher.search(one, 1).scoreDocs) {
          Document entry = searcher.storedFields().document(doc.doc);
          long modified = entry.getField(MODIFIED).numericValue().longValue();
          notes.add(
              new Note(id, entry.get(TITLE), entry.get(TEXT), Instant.ofEpochMilli(modified)));
        }
      }
      return notes;
    });
  }

  /** The words of a question, by how much each tells among these notes. */
  QuestionWords weigh(String question) {
    return with(searcher -> QuestionWords.of(question, searcher.getIndexReader()));
  }

  private interface Work<T> {
    T in(IndexSearcher searcher) throws IOException;
  }

  private <T> T with(Work<T> work) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return work.in(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  private static UncheckedIOException impossible(IOException e) {
    return new UncheckedIOException("an index in memory can be written and read", e);
  }

  /** Lets go of the memory. Closing twice is harmless. */
  @Override
  public void close() {
    try {
      searchers.close();
      writer.rollback();
      memory.close();
    } catch (IOException e) {
      throw impossible(e);
    }
  }
}
