package org.qalam.app;

/** The data folder cannot be used; the message is one sentence with the way out. */
public final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DataFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
