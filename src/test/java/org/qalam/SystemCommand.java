package org.qalam;

import java.io.IOException;

/** A program of the operating system, such as {@code mount}. */
public final class SystemCommand {
  private SystemCommand() {}

  /** Runs it to its end; whether it did its work. Where there is no such program it did not. */
  public static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
