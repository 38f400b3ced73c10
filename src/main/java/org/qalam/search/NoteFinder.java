package org.qalam.search;

import java.util.List;
import java.util.concurrent.CompletableFuture;
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
}
