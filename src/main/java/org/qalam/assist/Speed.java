package org.qalam.assist;

/**
 * How fast a model is on this machine.
 *
 * @param readPerSecond tokens of a prompt
 * @param writtenPerSecond tokens of an answer
 */
public record Speed(double readPerSecond, double writtenPerSecond) {
  public Speed {
    if (!(readPerSecond > 0 && writtenPerSecond > 0)) {
      throw new IllegalArgumentException("no speed: " + readPerSecond + ", " + writtenPerSecond);
    }
  }
}
