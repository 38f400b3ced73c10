package org.qalam.task;

/** Makes one line of a readable length of a message that may quote a file. Any thread. */
public final class Sentence {
  /** Characters; the beginning and the end of a longer message are kept. */
  public static final int LONGEST = 600;

  private static final int END = 100;

  private Sentence() {}

  /**
   * The message with a space for every line break, U+FFFD for other control characters, and its
   * middle left out where it is long.
   */
  public static String of(String message) {
    String line = message.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "\ufffd").strip();
    return line.length() <= LONGEST
        ? line
        : line.substring(0, LONGEST - END - 3) + "..." + line.substring(line.length() - END);
  }
}
