package org.qalam.task;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop, set once by any thread and polled by the thread that works; and before that a
 * request to wait, which any thread may set and take back.
 */
public final class CancellationToken {
  private final @Nullable CancellationToken parent;

  /** The token that all of this family wait at. */
  private final CancellationToken root;

  private volatile boolean cancelled;

  // Of a root alone, guarded by it.
  private boolean paused;
  private long heldNanos;

  public CancellationToken() {
    this.parent = null;
    this.root = this;
  }

  /** A token that is cancelled with {@code parent}, or alone, and paused with it. */
  public CancellationToken(CancellationToken parent) {
    this.parent = parent;
    this.root = parent.root;
  }

  /** Asks the work to stop, also where it waits; asking twice is harmless. */
  public void cancel() {
    cancelled = true;
    synchronized (root) {
      root.notifyAll();
    }
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

  /** Asks the work to wait at its next {@link #awaitResumed()}; asking twice is harmless. */
  public void pause() {
    synchronized (root) {
      root.paused = true;
    }
  }

  public boolean isPaused() {
    synchronized (root) {
      return root.paused;
    }
  }

  /** Lets the work go on. */
  public void resume() {
    synchronized (root) {
      root.paused = false;
      root.notifyAll();
    }
  }

  /**
   * Called by the thread that works, where it can wait: returns at once, or when the work is
   * resumed or cancelled. It takes no time of the processor meanwhile.
   */
  public void awaitResumed() {
    synchronized (root) {
      if (!root.paused) {
        return;
      }
      long since = System.nanoTime();
      boolean interrupted = false;
      while (root.paused && !isCancelled()) {
        try {
          root.wait();
        } catch (InterruptedException e) {
          interrupted = true;
          break;
        }
      }
      root.heldNanos += System.nanoTime() - since;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Nanoseconds that work has waited in {@link #awaitResumed()} so far, all pauses together. */
  public long heldNanos() {
    synchronized (root) {
      return root.heldNanos;
    }
  }
}
