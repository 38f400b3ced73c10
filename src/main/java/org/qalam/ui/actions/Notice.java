package org.qalam.ui.actions;

import java.util.List;

/** What just happened on the page. */
sealed interface Notice {
  /** Nothing that is to be told. */
  record None() implements Notice {}

  record Saved(String name) implements Notice {}

  record Exported(String name) implements Notice {}

  /** Can be taken back. */
  record Deleted(String name) implements Notice {}

  /** Changes were dropped, which can be taken back. */
  record Dropped(String name) implements Notice {}

  /**
   * Files were taken over.
   *
   * @param remarks what could not be taken over, a sentence each
   */
  record Imported(int number, List<String> remarks) implements Notice {}

  /** The file is another than the one that was being changed; saving once more replaces it. */
  record ChangedElsewhere(String name) implements Notice {}

  /**
   * Something did not work.
   *
   * @param sentence empty for something unexpected, which is in the log
   */
  record Failed(String sentence) implements Notice {}
}
