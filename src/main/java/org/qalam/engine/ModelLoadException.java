package org.qalam.engine;

import org.qalam.task.Sentence;

/** A model could not be loaded. The message is one sentence that names the file and the way out. */
public final class ModelLoadException extends Exception {
  private static final long serialVersionUID = 1;

  /** What the caller may do about it. */
  public enum Reason {
    /** A file of the model is not there: import it again. */
    MISSING_FILE,
    /** A file is not what its manifest says: import it again. */
    CHANGED_FILE,
    /** The model is of a kind that Qalam does not run. */
    UNSUPPORTED,
    /** The machine has too little memory: close programs or take a smaller model. */
    OUT_OF_MEMORY,
    /** The run-time refused it. */
    FAILED
  }

  private final Reason reason;

  public ModelLoadException(Reason reason, String message) {
    super(Sentence.of(message));
    this.reason = reason;
  }

  public ModelLoadException(Reason reason, String message, Throwable cause) {
    super(Sentence.of(message), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
