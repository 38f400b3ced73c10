package org.qalam.task;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One named platform thread with a queue; work that comes after its end fails with {@link
 * CancellationException}. (Never a virtual thread: those have crashed on Windows ARM64.)
 */
public final class Worker implements TaskRunner, AutoCloseable {
  private final String name;
  private final ExecutorService executor;
  private volatile Thread thread;

  /** Starts the thread, named {@code name}; it does not keep the program alive. */
  public Worker(String name) {
    this.name = name;
    Thread[] made = new Thread[1];
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              made[0] = Thread.ofPlatform().name(name).daemon(true).unstarted(task);
              thread = made[0];
              return made[0];
            });
    pool.prestartAllCoreThreads();
    this.thread = made[0];
    this.executor = pool;
  }

  @Override
  public <T> CompletableFuture<T> submit(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(() -> {
        try {
          result.complete(work.call());
        } catch (Throwable e) {
          result.completeExceptionally(e);
        }
      });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new CancellationException(name + " has ended"));
    }
    return result;
  }

  /** Whether the caller runs on this worker's thread. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /**
   * Asserts the thread.
   *
   * @throws IllegalStateException on any other thread
   */
  public void requireCurrent() {
    if (!isCurrent()) {
      throw new IllegalStateException(
          "expected thread '" + name + "', found '" + Thread.currentThread().getName() + "'");
    }
  }

  /** Finishes what is queued, waiting at most {@code patience}; true when all of it was done. */
  public boolean closeWithin(Duration patience) {
    executor.shutdown();
    try {
      return executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Finishes what is queued, waiting at most ten seconds. Closing twice is harmless. */
  @Override
  public void close() {
    boolean _ = closeWithin(Duration.ofSeconds(10));
  }
}
