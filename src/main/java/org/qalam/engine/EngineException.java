package org.qalam.engine;

import org.qalam.task.Sentence;

/** The run-time failed while a model was working. The model should be loaded again. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public EngineException(String message, Throwable cause) {
    super(Sentence.of(message), cause);
  }
}
