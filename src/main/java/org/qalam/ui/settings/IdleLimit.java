package org.qalam.ui.settings;

import java.time.Duration;
import java.util.Optional;

/** After which time without work the model's memory is given back. */
public enum IdleLimit {
  NEVER(0),
  FIVE_MINUTES(5),
  FIFTEEN_MINUTES(15),
  ONE_HOUR(60);

  static final IdleLimit DEFAULT = FIFTEEN_MINUTES;

  private final int minutes;

  IdleLimit(int minutes) {
    this.minutes = minutes;
  }

  /** Reads a setting; anything unknown is the default. */
  static IdleLimit parse(String text) {
    for (IdleLimit limit : values()) {
      if (limit.setting().equals(text)) {
        return limit;
      }
    }
    return DEFAULT;
  }

  /** Minutes, 0 for never. */
  String setting() {
    return String.valueOf(minutes);
  }

  /** Empty for never. */
  Optional<Duration> duration() {
    return minutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes));
  }
}
