package org.qalam.store.h2;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on by one millisecond each time it is read. */
final class StepClock implements InstantSource {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant instant() {
    now = now.plusMillis(1);
    return now;
  }

  /** The time that the next look will give. */
  Instant peek() {
    return now.plusMillis(1);
  }
}
