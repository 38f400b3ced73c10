package org.qalam.search;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.TextSummary;
import org.qalam.secret.Seal;
import org.qalam.task.ThreadPriority;
import org.qalam.task.Worker;

/**
 * Finds notes among all documents as one types. It is told the list of documents whenever that
 * changes, reads what is new in it, and has an index of the words in memory, which nothing is ever
 * written of (docs/decisions/0111). While it reads, what is read already is found.
 *
 * <p>Any thread may call; it reads on a thread of its own that gives way to others, and searches on
 * another one.
 */
public final class NoteSearch implements NoteFinder, AutoCloseable {
  /** Documents that are asked for at once: so long waits who wants to save one. */
  private static final int BATCH = 24;

  /** Documents after which they can be found for the first time, while many are read. */
  private static final int SHOWN_AFTER = 240;

  private final Source source;
  private final Worker reading = new Worker("reading notes");
  private static final int FUSED = 30;
  private static final int RANK = 60;

  /** Of two in the same place in both orders, the one that is found by its meaning comes first. */
  private static final double WORDS_WEIGHT = 0.9;

  /** Words of a question from which on its meaning counts although notes have them. */
  private static final int SENTENCE = 3;

  private final Optional<Meanings> meanings;
  private final Worker searching = new Worker("search");

  /** What a question means is found out while its words are looked for. */
  private final Worker asking = new Worker("meaning of questions");

  private final NoteIndex index = new NoteIndex();
  private final NotePassages passages;

  // Guarded by this.
  private List<DocumentSummary> wanted = List.of();
  private long lists;
  private final List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();
  private boolean isReading;
  private boolean isClosed;

  // Of the reading thread.
  private final Map<DocumentId, DocumentSummary> known = new HashMap<>();
  private long followed = -1; // the number of the list that is being read
  private int at; // in that list
  private int sinceShown;
  private int shownAfter = SHOWN_AFTER;

  /** Where texts come from. */
  public interface Source {
    /**
     * Reads documents, on a thread of the source's own.
     *
     * @return those that there are and that can be read
     */
    CompletableFuture<List<Document>> read(List<DocumentId> ids);
  }

  /** By words alone. */
  public NoteSearch(Source source) {
    this(source, Optional.empty());
  }

  /** By words and by meaning, of texts in the open. */
  public NoteSearch(
      Source source,
      Callable<TextVectors> vectors,
      String model,
      Path kept,
      BooleanSupplier isBusy) {
    this(source, vectors, model, kept, Optional.empty(), isBusy);
  }

  /**
   * By words and by meaning.
   *
   * @param vectors loads what computes vectors, on a thread of the search's own
   * @param model its name; vectors of another one are computed anew
   * @param kept a file for what is computed
   * @param seal what is sealed there with, where the texts are sealed
   * @param isBusy whether a language model works, which is to have the processor for itself
   */
  public NoteSearch(
      Source source,
      Callable<TextVectors> vectors,
      String model,
      Path kept,
      Optional<Seal> seal,
      BooleanSupplier isBusy) {
    this(source, Optional.of(new Meanings(vectors, model, kept, seal, isBusy, true)));
  }

  /**
   * By words, and by meaning as far as vectors are kept already; none is computed but those of
   * questions.
   *
   * @param vectors loads what computes them, on a thread of the search's own
   * @param model its name
   * @param kept the file, which is there
   * @param seal what is sealed there with
   */
  public static NoteSearch withKept(
      Source source, Callable<TextVectors> vectors, String model, Path kept, Optional<Seal> seal) {
    return new NoteSearch(
        source, Optional.of(new Meanings(vectors, model, kept, seal, () -> false, false)));
  }

  private NoteSearch(Source source, Optional<Meanings> meanings) {
    this.source = source;
    this.meanings = meanings;
    this.passages = new NotePassages(index, meanings);
    var _ =
        reading.submit(() -> {
          ThreadPriority.lower();
          return true;
        });
  }

  @Override
  public CompletableFuture<@Nullable Void> follow(List<DocumentSummary> documents) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    synchronized (this) {
      wanted = List.copyOf(documents);
      lists++;
      waiting.add(done);
      if (!isReading && !isClosed) {
        isReading = true;
        next();
      }
    }
    return done;
  }

  private void next() {
    var _ =
        reading
            .submit(() -> {
              step();
              return true;
            })
            .exceptionally(failure -> {
              giveUp(failure);
              return false;
            });
  }

  /** Reads a few documents and comes back for more. On the reading thread. */
  private void step() {
    List<DocumentSummary> now;
    long list;
    synchronized (this) {
      now = wanted;
      list = lists;
    }
    boolean hasForgotten = false;
    if (list != followed) {
      followed = list;
      at = 0;
      shownAfter = SHOWN_AFTER;
      hasForgotten = forget(now);
    }
    Map<DocumentId, DocumentSummary> batch = new LinkedHashMap<>();
    for (; at < now.size() && batch.size() < BATCH; at++) {
      DocumentSummary each = now.get(at);
      if (!each.equals(known.get(each.id()))) {
        batch.put(each.id(), each);
      }
    }
    if (!batch.isEmpty()) {
      for (Document document : source.read(List.copyOf(batch.keySet())).join()) {
        Note note = note(document);
        index.put(note);
        meanings.ifPresent(known -> known.put(note));
      }
      known.putAll(batch); // also what could not be read: it is asked for when it has changed
      sinceShown += batch.size();
    }
    boolean isDone = at == now.size();
    if (hasForgotten || sinceShown >= shownAfter || (isDone && sinceShown > 0)) {
      sinceShown = 0;
      shownAfter *= 2; // each time makes a part of the index that is to be searched
      index.refresh();
    }
    goOn(isDone ? list : -1);
  }

  private boolean forget(List<DocumentSummary> now) {
    Set<DocumentId> there = new HashSet<>();
    now.forEach(each -> there.add(each.id()));
    List<DocumentId> gone = known.keySet().stream().filter(id -> !there.contains(id)).toList();
    gone.forEach(index::remove);
    meanings.ifPresent(each -> gone.forEach(each::remove));
    gone.forEach(known::remove);
    return !gone.isEmpty();
  }

  /**
   * @param finished the number of the list of which all is read
   */
  private void goOn(long finished) {
    List<CompletableFuture<@Nullable Void>> done = List.of();
    synchronized (this) {
      if (isClosed) {
        isReading = false;
      } else if (finished == lists) {
        isReading = false;
        meanings.ifPresent(Meanings::complete);
        done = List.copyOf(waiting);
        waiting.clear();
      } else {
        next();
      }
    }
    done.forEach(each -> each.complete(null));
  }

  private void giveUp(Throwable failure) {
    List<CompletableFuture<@Nullable Void>> failed;
    synchronized (this) {
      isReading = false;
      failed = List.copyOf(waiting);
      waiting.clear();
    }
    failed.forEach(each -> each.completeExceptionally(failure));
  }

  private static Note note(Document document) {
    return new Note(
        document.id(),
        TextSummary.of(document.title(), document.text()).title(),
        document.text(),
        document.modified());
  }

  @Override
  public CompletableFuture<List<Hit>> search(String typed, int most) {
    NoteQuery asked = NoteQuery.parse(typed, ZoneId.systemDefault());
    // A word or two that notes have are looked up; what is asked about is a sentence.
    boolean isSentence = asked.parts().size() >= SENTENCE;
    Optional<CompletableFuture<List<NoteVectors.Near>>> near =
        isSentence ? Optional.of(near(asked)) : Optional.empty();
    return searching.submit(() -> {
      List<Hit> byWords = index.search(asked, Math.max(most, FUSED));
      if (meanings.isEmpty() || (!isSentence && !byWords.isEmpty())) {
        return first(most, byWords);
      }
      return first(most, fused(asked, byWords, near.orElseGet(() -> near(asked)).join()));
    });
  }

  private static List<Hit> first(int most, List<Hit> all) {
    return all.subList(0, Math.min(most, all.size()));
  }

  @Override
  public CompletableFuture<List<NotePassage>> passages(String question, int most) {
    // The last word of a question is finished, whatever it ends with.
    NoteQuery asked = NoteQuery.parse(question + " ", ZoneId.systemDefault());
    return read()
        .thenCompose(_ -> {
          CompletableFuture<List<NoteVectors.Near>> near = near(asked);
          return searching.submit(() -> passages.find(asked, allowed(asked, near.join()), most));
        });
  }

  /** Ends when what is being read is read, or cannot be: else notes would be said to lack it. */
  private CompletableFuture<Boolean> read() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    synchronized (this) {
      if (isReading) {
        waiting.add(done);
      } else {
        done.complete(null);
      }
    }
    return done.handle((_, _) -> true);
  }

  @Override
  public void onMeaning(Consumer<MeaningProgress> heard) {
    meanings.ifPresent(known -> known.onProgress(heard));
  }

  /** What is near the question by its meaning; found on a thread of its own. */
  private CompletableFuture<List<NoteVectors.Near>> near(NoteQuery asked) {
    // The model knows English alone: of another script it would only guess.
    boolean isReadable = asked.words().codePoints().anyMatch(NoteSearch::isLatin);
    return meanings
        .filter(_ -> isReadable)
        .map(known -> asking.submit(() -> known.nearest(asked.words(), FUSED)))
        .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
  }

  /** Those that the question's tags and dates let through. */
  private List<NoteVectors.Near> allowed(NoteQuery asked, List<NoteVectors.Near> near) {
    Set<DocumentId> allowed =
        index.allowed(asked, near.stream().map(NoteVectors.Near::id).toList());
    return near.stream().filter(each -> allowed.contains(each.id())).toList();
  }

  /**
   * Hits by words and by meaning in one order: each has the sum of 1 / (60 + place) of its places
   * in both (reciprocal rank fusion; Cormack, Clarke and Buettcher, SIGIR 2009).
   */
  private List<Hit> fused(NoteQuery asked, List<Hit> byWords, List<NoteVectors.Near> near) {
    List<NoteVectors.Near> wanted = allowed(asked, near);
    Map<DocumentId, Double> scores = new LinkedHashMap<>();
    Map<DocumentId, Hit> hits = new HashMap<>();
    for (Hit hit : byWords) {
      hits.put(hit.id(), hit);
      scores.put(hit.id(), WORDS_WEIGHT / (RANK + hits.size()));
    }
    int rank = 0;
    for (NoteVectors.Near each : wanted) {
      rank++;
      scores.merge(each.id(), 1.0 / (RANK + rank), Double::sum);
    }
    index
        .described(wanted.stream().filter(each -> !hits.containsKey(each.id())).toList())
        .forEach(hit -> hits.put(hit.id(), hit));
    List<Hit> all = new ArrayList<>();
    scores.forEach((id, score) -> {
      Hit hit = hits.get(id);
      if (hit != null) { // else it has gone meanwhile
        all.add(hit.scored(score));
      }
    });
    all.sort(Comparator.comparingDouble((Hit hit) -> -hit.score()));
    return all;
  }

  private static boolean isLatin(int letter) {
    return Character.isLetter(letter)
        && Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN;
  }

  /** Ends when all that was read is known by its meaning too; for commands and measurements. */
  public void awaitMeanings() throws InterruptedException {
    if (meanings.isPresent()) {
      meanings.get().await();
    }
  }

  /** Bytes that the index takes in memory. */
  long bytes() {
    return index.bytes();
  }

  /** Ends both threads and lets go of the memory. Closing twice is harmless. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
    }
    meanings.ifPresent(Meanings::close);
    reading.close();
    asking.close();
    searching.close();
    index.close();
  }
}
