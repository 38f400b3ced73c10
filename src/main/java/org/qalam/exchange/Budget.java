package org.qalam.exchange;

import java.nio.file.Path;
import org.qalam.exchange.ExchangeException.Reason;

/** How many paragraphs a file may have before it is taken for one that means harm. */
final class Budget {
  /** A novel has ten thousand. */
  static final int MOST = 400_000;

  private final Path file;
  private int count;

  Budget(Path file) {
    this.file = file;
  }

  /** Counts one more. */
  void count() {
    count++;
    if (count > MOST) {
      throw exceeded();
    }
  }

  /** What to say where it is too much. */
  ExchangeException exceeded() {
    return new ExchangeException(
        Reason.TOO_LARGE,
        file,
        file + " holds more text than a document can take; split it first.",
        null);
  }
}
