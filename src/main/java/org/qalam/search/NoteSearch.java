package org.qalam.search;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.TextSummary;
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
  private final Worker searching = new Worker("search");
  private final NoteIndex index = new NoteIndex();

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

  public NoteSearch(Source source) {
    this.source = source;
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
        index.put(note(document));
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
    return searching.submit(() -> index.search(asked, most));
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
    reading.close();
    searching.close();
    index.close();
  }
}
