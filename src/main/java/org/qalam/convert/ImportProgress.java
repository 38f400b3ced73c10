package org.qalam.convert;

import org.qalam.task.Progress;

/** Hears how far an import has come, and whether it goes on with an earlier one. */
@FunctionalInterface
public interface ImportProgress extends Progress {
  /** Hears nothing. */
  ImportProgress NONE = (_, _) -> {};

  /**
   * Hears, before anything else, that an interrupted import of the same source is gone on with.
   *
   * @param done tensors that are there already and were verified
   * @param total tensors that the model has
   */
  default void resumed(int done, int total) {}
}
