package org.qalam.ui.privacy;

import java.time.Duration;

/** Time without keys, mouse or touch after which the notes are locked. */
public enum LockAfter {
  ONE_MINUTE(1),
  FIVE_MINUTES(5),
  TEN_MINUTES(10),
  HALF_AN_HOUR(30),
  NEVER(0);

  static final LockAfter DEFAULT = TEN_MINUTES;

  private final int minutes;

  LockAfter(int minutes) {
    this.minutes = minutes;
  }

  /** Reads a setting; what is unknown counts as the default. */
  static LockAfter parse(String setting) {
    for (LockAfter each : values()) {
      if (each.setting().equals(setting)) {
        return each;
      }
    }
    return DEFAULT;
  }

  String setting() {
    return Integer.toString(minutes);
  }

  /** Whether so long a rest is long enough. */
  boolean isOver(Duration rest) {
    return minutes > 0 && rest.compareTo(Duration.ofMinutes(minutes)) >= 0;
  }
}
