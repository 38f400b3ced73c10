package org.qalam.assist;

/** A request could not be answered. The document is untouched. */
public final class AssistException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What the caller may do about it. */
  public enum Reason {
    /** No model is chosen: offer to add one. */
    NO_MODEL,
    /** The model cannot be loaded: the message names the file. */
    MODEL_UNUSABLE,
    /** The text is larger than the model's context: select less. */
    TOO_LONG,
    /** There is no text to work on. */
    NO_TEXT,
    /** No instruction was given. */
    NO_INSTRUCTION,
    /** Anything else. */
    FAILED
  }

  private final Reason reason;

  public AssistException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public AssistException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
