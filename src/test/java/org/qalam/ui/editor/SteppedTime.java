package org.qalam.ui.editor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.qalam.store.Autosave;

/** Time that passes when the test says so. */
public final class SteppedTime implements Autosave.Time {
  private record Alarm(long at, Runnable action) {}

  private final List<Alarm> alarms = new ArrayList<>();
  private long nanos;

  /** Lets time pass; what is due is done on the calling thread. */
  public void pass(Duration duration) {
    nanos += duration.toNanos();
    List<Alarm> due = alarms.stream().filter(alarm -> alarm.at() <= nanos).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> alarm.action().run());
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void after(Duration delay, Runnable action) {
    alarms.add(new Alarm(nanos + delay.toNanos(), action));
  }
}
