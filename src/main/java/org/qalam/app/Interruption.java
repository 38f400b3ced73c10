package org.qalam.app;

import sun.misc.Signal;

/**
 * What happens when the system asks the program to end, or a person does by Ctrl+C. The run-time
 * library for models takes itself down when Java ends in order, and a run that still goes on then
 * ends in a segmentation fault. So commands end at once; what they write is made for that (0020).
 */
final class Interruption {
  /** What a shell tells of a program that a signal ended: this and the signal's number. */
  private static final int BY_SIGNAL = 128;

  private Interruption() {}

  /** From now on a signal ends the program without further ado. */
  static void endsAtOnce() {
    on(signal -> Runtime.getRuntime().halt(BY_SIGNAL + signal.getNumber()));
  }

  /** From now on a signal runs {@code close}, on a thread of its own. */
  static void closes(Runnable close) {
    on(_ -> close.run());
  }

  private static void on(sun.misc.SignalHandler handler) {
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      try {
        Signal.handle(new Signal(name), handler);
      } catch (IllegalArgumentException e) {
        // Windows has no HUP, and a JVM started with -Xrs leaves signals to others.
      }
    }
  }
}
