package org.qalam.convert;

import org.qalam.task.Sentence;

/** A checkpoint cannot be imported; the message is one sentence: which file, what, what to do. */
public final class ImportException extends Exception {
  private static final long serialVersionUID = 1;

  public ImportException(String message) {
    super(Sentence.of(message));
  }

  public ImportException(String message, Throwable cause) {
    super(Sentence.of(message), cause);
  }
}
