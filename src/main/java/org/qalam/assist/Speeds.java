package org.qalam.assist;

import java.util.Optional;

/**
 * How fast the chosen model reads and writes on this machine, from what was seen: a mean in which
 * newer requests count more. Any thread.
 */
final class Speeds {
  /** Weight of the newest request. */
  private static final double NEWEST = 0.3;

  /** Requests with fewer tokens say little about speed. */
  private static final int ENOUGH = 8;

  private double readPerSecond = Double.NaN;
  private double writtenPerSecond = Double.NaN;

  synchronized void saw(int read, double readSeconds, int written, double writtenSeconds) {
    if (read >= ENOUGH && readSeconds > 0) {
      readPerSecond = mean(readPerSecond, read / readSeconds);
    }
    if (written >= ENOUGH && writtenSeconds > 0) {
      writtenPerSecond = mean(writtenPerSecond, written / writtenSeconds);
    }
  }

  private static double mean(double before, double now) {
    return Double.isNaN(before) ? now : before + NEWEST * (now - before);
  }

  /** What is known; empty before anything was seen. */
  synchronized Optional<Speed> known() {
    return readPerSecond > 0 && writtenPerSecond > 0
        ? Optional.of(new Speed(readPerSecond, writtenPerSecond))
        : Optional.empty();
  }

  /** Takes it for that fast until something is seen. */
  synchronized void expect(Speed speed) {
    if (Double.isNaN(readPerSecond)) {
      readPerSecond = speed.readPerSecond();
    }
    if (Double.isNaN(writtenPerSecond)) {
      writtenPerSecond = speed.writtenPerSecond();
    }
  }

  /** Another model was chosen. */
  synchronized void forget() {
    readPerSecond = Double.NaN;
    writtenPerSecond = Double.NaN;
  }

  /** Seconds for so many tokens; NaN before anything was seen. */
  synchronized double seconds(int read, int written, int pieces) {
    double perPiece = 0.02; // switching between pieces
    return read / readPerSecond + written / writtenPerSecond + pieces * perPiece;
  }
}
