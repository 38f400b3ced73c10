package org.qalam.machine;

import java.util.OptionalInt;

/** What one system tells of its machine. Any thread; asked anew each time; never fails. */
interface Platform {
  /**
   * Physical cores that this process may run on, the slow ones left out where the system tells them
   * apart; empty where it tells nothing.
   */
  OptionalInt performanceCores();

  PowerSource power();

  /** A system that tells nothing. */
  Platform SILENT =
      new Platform() {
        @Override
        public OptionalInt performanceCores() {
          return OptionalInt.empty();
        }

        @Override
        public PowerSource power() {
          return PowerSource.UNKNOWN;
        }
      };
}
