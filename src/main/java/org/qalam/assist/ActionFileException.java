package org.qalam.assist;

/** A file of an action, or of a list of actions, cannot be used. The message is one sentence. */
public final class ActionFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String problem;

  /**
   * @param file its name
   * @param problem what is wrong there and what it has to be, without a full stop
   */
  public ActionFileException(String file, String problem) {
    super(file + ": " + problem);
    this.file = file;
    this.problem = problem;
  }

  /**
   * @param file its name
   * @param problem what is wrong there and what it has to be, without a full stop
   */
  public ActionFileException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
    this.file = file;
    this.problem = problem;
  }

  /** What is wrong there, without the file's name and a full stop. */
  public String problem() {
    return problem;
  }

  /** The file's name. */
  public String file() {
    return file;
  }
}
