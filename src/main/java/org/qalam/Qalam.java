package org.qalam;

/** Starts Qalam: a window, or a command when there are arguments. */
public final class Qalam {
  private Qalam() {}

  public static void main(String[] arguments) {
    System.out.println("Qalam");
  }
}
