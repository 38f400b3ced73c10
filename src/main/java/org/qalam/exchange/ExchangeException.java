package org.qalam.exchange;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file could not be read or written. The message is one sentence that names it. */
public class ExchangeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What the caller may do about it. */
  public enum Reason {
    /** There is no such file, or it is a folder. */
    MISSING,
    /** It holds something other than text. */
    NOT_TEXT,
    /** It is of a kind that is read, but damaged, or made to do harm. */
    DAMAGED,
    /** It is longer than a document may be. */
    TOO_LARGE,
    /** The disk is full. */
    DISK_FULL,
    /** Anything else: no permission, a broken disk. */
    FAILED
  }

  private final Reason reason;
  private final transient Path file;

  public ExchangeException(Reason reason, Path file, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.file = file;
  }

  public Reason reason() {
    return reason;
  }

  public Path file() {
    return file;
  }
}
