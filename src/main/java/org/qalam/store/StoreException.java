package org.qalam.store;

import org.jspecify.annotations.Nullable;

/**
 * The store could not do what it was asked. The message is one sentence that names the file and the
 * way out; nothing that was acknowledged before is lost.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What the caller may do about it. */
  public enum Reason {
    /** The data is under a passphrase, which is to be asked for. */
    SEALED,
    /** Another Qalam has the data open. */
    LOCKED,
    /** The data was written by a newer Qalam; it is untouched. */
    TOO_NEW,
    /** The disk is full: keep the text in the window, free some space, try again. */
    DISK_FULL,
    /** The folder cannot be written to. */
    READ_ONLY,
    /** A stored text is not what was stored. */
    DAMAGED,
    /** There is no such document or output. */
    NOT_FOUND,
    /** The store is closed. */
    CLOSED,
    /** Anything else. */
    FAILED
  }

  private final Reason reason;

  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
