package org.qalam.task;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An action at a later time that can be taken back: from then on nothing that it would have used is
 * held in memory, though the time has not come. Any thread.
 */
public final class Alarm implements AutoCloseable {
  private final AtomicReference<@Nullable Runnable> action;

  private Alarm(Runnable action) {
    this.action = new AtomicReference<>(action);
  }

  /** Runs {@code action} once, after a delay, on any thread but never within this call. */
  public static Alarm after(Time time, Duration delay, Runnable action) {
    Alarm alarm = new Alarm(action);
    time.after(delay, alarm::ring);
    return alarm;
  }

  private void ring() {
    Runnable due = action.getAndSet(null);
    if (due != null) {
      due.run();
    }
  }

  /** Takes it back, where it is still to come. */
  @Override
  public void close() {
    action.set(null);
  }
}
