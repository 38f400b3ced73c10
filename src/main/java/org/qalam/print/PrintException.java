package org.qalam.print;

import org.jspecify.annotations.Nullable;

/** Printers cannot be asked, or one did not take the pages. The message is one sentence. */
public class PrintException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PrintException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
