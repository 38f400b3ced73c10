package org.qalam.task;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Runs work in the order it was submitted, one after the other, away from the caller. */
@FunctionalInterface
public interface TaskRunner {
  /**
   * Queues work; the future fails with the exception that the work threw. Callbacks of the future
   * run on the working thread unless they name an executor.
   */
  <T> CompletableFuture<T> submit(Callable<T> work);
}
