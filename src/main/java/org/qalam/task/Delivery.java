package org.qalam.task;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Hands the outcome of work on another thread over to the thread that asked for it. */
public final class Delivery {
  private Delivery() {}

  /**
   * Calls exactly one of the two on {@code executor} when the work has ended. {@code failed} gets
   * the exception that the work threw, unwrapped; what the callbacks themselves throw is logged.
   */
  public static <T> void deliver(
      CompletableFuture<T> work,
      Executor executor,
      Consumer<? super T> done,
      Consumer<Throwable> failed) {
    var _ =
        work.whenCompleteAsync(
                (result, failure) -> {
                  if (failure == null) {
                    done.accept(result);
                  } else {
                    failed.accept(unwrap(failure));
                  }
                },
                executor)
            .whenComplete((_, failure) -> {
              if (failure != null && !work.isCompletedExceptionally()) {
                System.getLogger(Delivery.class.getName())
                    .log(System.Logger.Level.ERROR, "a callback failed", failure);
              }
            });
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
