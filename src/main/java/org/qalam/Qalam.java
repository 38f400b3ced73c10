package org.qalam;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import org.qalam.app.Interruption;
import org.qalam.app.Program;

/** Starts Qalam: a window, or a command when there are arguments. */
public final class Qalam {
  /** What a shell tells of a program that a signal ended: this and the signal's number. */
  private static final int BY_SIGNAL = 128;

  private Qalam() {}

  /** Ends the process with the exit code: 0 on success, 1 where work failed, 2 for wrong use. */
  public static void main(String[] arguments) {
    // AWT sets letters and draws pages, and has no windows here: on macOS its own would wait for
    // JavaFX's thread, and that for them.
    System.setProperty("java.awt.headless", "true");
    Interruption.runs(signal -> Runtime.getRuntime().halt(BY_SIGNAL + signal));
    Program program =
        new Program(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            Program.outputCharset());
    System.exit(program.run(arguments));
  }
}
