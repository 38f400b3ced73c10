package org.qalam.ui.privacy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Notices that nobody is there, or that the machine has slept: its clock has gone on much further
 * between two looks than it should have. Confined to the JavaFX thread.
 */
final class IdleWatch {
  /** Between two looks. */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** A window that is busy can be late by some seconds; a machine that slept is later. */
  private static final Duration SLEPT = Duration.ofSeconds(45);

  private final InstantSource clock;
  private Instant lastActive;
  private Instant lastLook;

  IdleWatch(InstantSource clock) {
    this.clock = clock;
    this.lastActive = clock.instant();
    this.lastLook = lastActive;
  }

  /** Somebody is there. */
  void active() {
    lastActive = clock.instant();
  }

  /**
   * To be called every {@link #LOOK}.
   *
   * @param isWorking whether something goes on that the writer waits for
   * @return whether it is time to lock
   */
  boolean look(LockAfter limit, boolean isWorking) {
    Instant now = clock.instant();
    boolean slept = Duration.between(lastLook, now).compareTo(SLEPT) > 0;
    lastLook = now;
    if (now.isBefore(lastActive) || isWorking) { // the clock was set back
      lastActive = now;
    }
    return slept || limit.isOver(Duration.between(lastActive, now));
  }
}
