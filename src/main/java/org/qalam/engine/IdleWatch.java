package org.qalam.engine;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qalam.task.Alarm;
import org.qalam.task.Time;

/**
 * Notices that nothing was asked for during a time. Any thread; the runnable is called on the
 * clock's.
 */
final class IdleWatch implements AutoCloseable {
  private final Time time;
  private final Runnable idle;
  private Optional<Duration> limit = Optional.empty();
  private int holds;
  private long since;
  private @Nullable Long alarm; // when it rings, in the clock's nanoseconds
  private @Nullable Alarm ahead;

  /**
   * @param idle called when the limit is reached; it had better ask {@link #isDue()} where it acts
   */
  IdleWatch(Time time, Runnable idle) {
    this.time = time;
    this.idle = idle;
    this.since = time.nanos();
  }

  /**
   * Something is at work until {@link #release()}; there may be several.
   *
   * @return whether it is the only one
   */
  synchronized boolean hold() {
    holds++;
    return holds == 1;
  }

  /** Ends one hold; the time begins with the end of the last one. */
  synchronized void release() {
    holds--;
    if (holds == 0) {
      touch();
    }
  }

  /** Something was done just now. */
  synchronized void touch() {
    since = time.nanos();
    setAlarm();
  }

  /** Time without work that is too long; empty for none. Counts from the last work. */
  synchronized void setLimit(Optional<Duration> allowed) {
    limit = allowed;
    setAlarm();
  }

  /** Whether nothing is at work and nothing was for long enough. */
  synchronized boolean isDue() {
    return holds == 0 && left().filter(nanos -> nanos <= 0).isPresent();
  }

  private Optional<Long> left() {
    return limit.map(allowed -> allowed.toNanos() - (time.nanos() - since));
  }

  /** One alarm is set at a time, unless an earlier one is wanted. */
  private void setAlarm() {
    Optional<Long> left = left();
    if (left.isEmpty() || holds > 0) {
      return;
    }
    long delay = Math.max(0, left.get());
    long at = time.nanos() + delay;
    if (alarm == null || at - alarm < 0) {
      alarm = at;
      close();
      ahead = Alarm.after(time, Duration.ofNanos(delay), () -> ring(at));
    }
  }

  /** Nothing is called any more because of what was so far. */
  @Override
  public synchronized void close() {
    if (ahead != null) {
      ahead.close();
    }
  }

  private void ring(long at) {
    synchronized (this) {
      if (alarm == null || alarm != at) {
        return; // an earlier one was set since
      }
      alarm = null;
      if (!isDue()) {
        setAlarm();
        return;
      }
    }
    idle.run();
  }
}
