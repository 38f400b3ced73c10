package org.qalam.ui.print;

import org.qalam.task.UiThread;

/** Where printing a document stands. */
@UiThread
public sealed interface PrintState {
  /** Nothing is shown. */
  record Closed() implements PrintState {}

  /**
   * The text is being set.
   *
   * @param pages so many have begun
   */
  record Setting(int pages) implements PrintState {}

  /** The pages are there. */
  record Ready(int pages) implements PrintState {}

  /** The printer is being given the pages. */
  record Sending(int pages) implements PrintState {}

  /**
   * The text cannot be set.
   *
   * @param sentence why
   */
  record Failed(String sentence) implements PrintState {}
}
