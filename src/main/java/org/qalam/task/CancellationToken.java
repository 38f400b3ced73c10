package org.qalam.task;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A request to stop, set once by any thread and polled by the thread that works. */
public final class CancellationToken {
  private final @Nullable CancellationToken parent;
  private volatile boolean cancelled;

  public CancellationToken() {
    this.parent = null;
  }

  /** A token that is cancelled with {@code parent}, or alone. */
  public CancellationToken(CancellationToken parent) {
    this.parent = parent;
  }

  /** Asks the work to stop; asking twice is harmless. */
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled || (parent != null && parent.isCancelled());
  }

  /**
   * Ends the work where it was asked to stop.
   *
   * @throws CancellationException after {@link #cancel()}
   */
  public void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancellationException("cancelled");
    }
  }
}
