package org.qalam.machine;

/** What could not be found out, and why: only worth a line in the log. */
final class Unknown {
  private Unknown() {}

  /** Gives {@code otherwise}; the JVM's own errors are thrown on. */
  static <T> T because(Throwable failure, T otherwise) {
    if (failure instanceof VirtualMachineError broken) {
      throw broken;
    }
    System.getLogger(Unknown.class.getName())
        .log(System.Logger.Level.DEBUG, "the machine does not tell", failure);
    return otherwise;
  }
}
