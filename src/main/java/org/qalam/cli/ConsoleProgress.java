package org.qalam.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import org.qalam.task.Progress;

/** Shows progress on standard error when that is a terminal, at most four times a second. */
final class ConsoleProgress implements Progress {
  private static final long QUIET_NANOS = 250_000_000;

  private final PrintWriter err;
  private final String what;
  private long last = System.nanoTime() - QUIET_NANOS;

  private ConsoleProgress(PrintWriter err, String what) {
    this.err = err;
    this.what = what;
  }

  /** Progress of {@code what}, or none where nobody watches. */
  static Progress of(PrintWriter err, String what) {
    return isWatched() ? new ConsoleProgress(err, what) : NONE;
  }

  /** Says what takes a while, to somebody who waits at a terminal. */
  static void say(PrintWriter err, String what) {
    if (isWatched()) {
      err.println(what);
      err.flush();
    }
  }

  private static boolean isWatched() {
    // An image without jdk.internal.le has no console at all.
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  @Override
  public void report(long done, long total) {
    long now = System.nanoTime();
    if (total <= 0 || (now - last < QUIET_NANOS && done < total)) {
      return;
    }
    last = now;
    err.printf("\r%s %d %%", what, 100 * done / total);
    if (done >= total) {
      err.println();
    }
    err.flush();
  }
}
