package org.qalam.convert;

/** A checkpoint cannot be imported; the message is one sentence: which file, what, what to do. */
public final class ImportException extends Exception {
  private static final long serialVersionUID = 1;

  public ImportException(String message) {
    super(message);
  }

  public ImportException(String message, Throwable cause) {
    super(message, cause);
  }
}
