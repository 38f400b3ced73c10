package org.qalam.ui.settings;

import java.util.Optional;

/** How a model stands with being prepared for this machine; sizes are bytes of the disk. */
public sealed interface PreparationState {
  /** It cannot be prepared, or nothing is known yet. */
  record Fixed() implements PreparationState {}

  /**
   * It can be prepared.
   *
   * @param lasting about what that takes
   * @param meanwhile what must be free for it when it begins
   * @param free what is free
   * @param problem one sentence about what went wrong last; an empty one for the unexpected
   */
  record Offered(long lasting, long meanwhile, long free, Optional<String> problem)
      implements PreparationState {
    /** Whether the disk has room for it. */
    boolean hasRoom() {
      return free >= meanwhile;
    }
  }

  /**
   * It is being prepared.
   *
   * @param fraction from 0 to 1; negative while unknown
   * @param cancelling whether it was asked to stop
   */
  record Running(double fraction, boolean cancelling) implements PreparationState {}

  /**
   * It is prepared.
   *
   * @param bytes what that takes
   * @param problem as above
   */
  record Prepared(long bytes, Optional<String> problem) implements PreparationState {}

  /** What was added is being removed. */
  record Undoing() implements PreparationState {}
}
