package org.qalam.task;

import java.util.concurrent.CancellationException;

/** A request to stop, set once by any thread and polled by the thread that works. */
public final class CancellationToken {
  private volatile boolean cancelled;

  /** Asks the work to stop; asking twice is harmless. */
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Ends the work where it was asked to stop.
   *
   * @throws CancellationException after {@link #cancel()}
   */
  public void throwIfCancelled() {
    if (cancelled) {
      throw new CancellationException("cancelled");
    }
  }
}
