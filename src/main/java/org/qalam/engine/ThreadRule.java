package org.qalam.engine;

/** How many threads one step of a model uses. */
@FunctionalInterface
public interface ThreadRule {
  /**
   * Asked before a model is loaded and before each action, since power comes and goes.
   *
   * @param sparesBattery whether fewer are wanted while a battery gives the power
   * @return 1 or more
   */
  int threads(boolean sparesBattery);
}
