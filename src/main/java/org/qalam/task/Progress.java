package org.qalam.task;

/** Hears how far a long work has come. Called on the working thread; must return quickly. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (done, total) -> {};

  /**
   * Reports the units (bytes, tokens) done so far.
   *
   * @param done units done, 0 to {@code total}
   * @param total all units of this work
   */
  void report(long done, long total);
}
