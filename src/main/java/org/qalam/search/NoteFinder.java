package org.qalam.search;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentSummary;

/** Finds notes among all documents. Any thread may call; its work is done on threads of its own. */
public interface NoteFinder {
  /**
   * The documents that there are now; the first ones are read first. What has changed since the
   * last time is read anew, what is gone is forgotten.
   *
   * @return ends when all of them can be found, or with what kept them from being read
   */
  CompletableFuture<@Nullable Void> follow(List<DocumentSummary> documents);

  /**
   * The notes that have what was typed (words, {@code "a phrase"}, {@code tag:x} or {@code #x},
   * {@code after:} and {@code before:} with a date), the best first. Nothing that can be typed is
   * an error.
   *
   * @param most so many at most
   */
  CompletableFuture<List<Hit>> search(String typed, int most);

  /**
   * The passages of all notes that may answer a question, by its words and its meaning, the best
   * first; tags and dates in it narrow it down as in a search.
   *
   * @param most so many at most
   * @return when all notes that there are have been read; none where no note says anything about it
   */
  CompletableFuture<List<NotePassage>> passages(String question, int most);

  /**
   * Has {@code heard} told, on a thread of the finder's and often, how far notes are read for their
   * meaning; never where they are found by their words alone. One at a time hears it.
   */
  void onMeaning(Consumer<MeaningProgress> heard);
}
