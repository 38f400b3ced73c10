package org.qalam.ui.privacy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
  private Instant now = Instant.parse("2026-11-27T10:00:00Z");
  private final IdleWatch watch = new IdleWatch(() -> now);

  /** Time goes by, with a look every five seconds; whether one of them said that it is time. */
  private boolean pass(Duration time, boolean isWorking) {
    boolean isTime = false;
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      now = now.plusSeconds(5);
      isTime |= watch.look(LockAfter.FIVE_MINUTES, isWorking);
    }
    return isTime;
  }

  @Test
  void aRestThatIsLongEnoughLocks() {
    assertFalse(pass(Duration.ofMinutes(4), false));
    watch.active();
    assertFalse(pass(Duration.ofMinutes(4), false), "somebody was there");
    assertTrue(pass(Duration.ofMinutes(1), false));
  }

  @Test
  void whatIsWaitedForIsNoRest() {
    assertFalse(pass(Duration.ofHours(1), true));
    assertFalse(pass(Duration.ofMinutes(4), false));
    assertTrue(pass(Duration.ofMinutes(2), false));
  }

  @Test
  void aMachineThatSleptLocksAtOnce() {
    assertFalse(pass(Duration.ofMinutes(1), false));
    watch.active();
    now = now.plus(Duration.ofMinutes(2));
    assertTrue(watch.look(LockAfter.NEVER, true));
  }

  @Test
  void aClockThatIsSetBackDoesNot() {
    assertFalse(pass(Duration.ofMinutes(1), false));
    now = now.minus(Duration.ofDays(400));
    assertFalse(pass(Duration.ofMinutes(4), false));
    assertTrue(pass(Duration.ofMinutes(2), false));
  }

  @Test
  void aWindowThatIsBusyForSomeSecondsDoesNotLock() {
    watch.active();
    now = now.plusSeconds(30);
    assertFalse(watch.look(LockAfter.FIVE_MINUTES, false));
  }
}
