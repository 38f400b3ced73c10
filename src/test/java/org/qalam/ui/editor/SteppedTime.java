package org.qalam.ui.editor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.qalam.store.Autosave;

/** Time that passes when the test says so. Any thread. */
public final class SteppedTime implements Autosave.Time {
  private record Alarm(long at, Runnable action) {}

  private final List<Alarm> alarms = new ArrayList<>();
  private long nanos;

  /** Lets time pass; what is due is done on the calling thread. */
  public void pass(Duration duration) {
    List<Alarm> due;
    synchronized (this) {
      nanos += duration.toNanos();
      due = alarms.stream().filter(alarm -> alarm.at() <= nanos).toList();
      alarms.removeAll(due);
    }
    due.forEach(alarm -> alarm.action().run());
  }

  @Override
  public synchronized Instant now() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void after(Duration delay, Runnable action) {
    alarms.add(new Alarm(nanos + delay.toNanos(), action));
  }
}
