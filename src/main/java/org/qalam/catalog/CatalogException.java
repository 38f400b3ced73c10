package org.qalam.catalog;

import org.qalam.task.Sentence;

/** A model folder is not as it should be. The message is one sentence with the way out. */
public final class CatalogException extends Exception {
  private static final long serialVersionUID = 1;

  /** What the caller may do about it. */
  public enum Reason {
    /** A file, or the whole model, is not there. */
    MISSING,
    /** A file is not what the manifest says. */
    CHANGED,
    /** The manifest is of another version or kind. */
    UNSUPPORTED,
    /** The model came with the program and cannot be removed. */
    IN_USE,
    /** The disk said no. */
    FAILED
  }

  private final Reason reason;

  public CatalogException(Reason reason, String message) {
    super(Sentence.of(message));
    this.reason = reason;
  }

  public CatalogException(Reason reason, String message, Throwable cause) {
    super(Sentence.of(message), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
