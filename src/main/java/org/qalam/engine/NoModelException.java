package org.qalam.engine;

/** No model is chosen. The caller can offer to add one. */
public final class NoModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NoModelException() {
    super("no model is chosen");
  }
}
