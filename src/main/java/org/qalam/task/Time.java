package org.qalam.task;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Where time comes from. Any thread. */
public interface Time {
  /** Nanoseconds of a clock that never jumps. */
  long nanos();

  /** Runs {@code action} after a delay, on any thread but never within this call. */
  void after(Duration delay, Runnable action);

  /** The machine's own. */
  static Time system() {
    return new Time() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void after(Duration delay, Runnable action) {
        Executor later =
            CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
        later.execute(action);
      }
    };
  }
}
