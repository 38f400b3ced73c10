package org.qalam.catalog;

import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Saves the writer's own models a second time, as this machine's processor likes them: they load
 * sooner and take less memory then, and more of the disk (0081). Works on the disk, for seconds to
 * minutes: any thread but the JavaFX one, one call at a time.
 */
public interface ModelPreparation {
  /** How a model stands with it, and what it takes of the disk. */
  Standing standing(InstalledModel model) throws CatalogException;

  /**
   * Prepares a model.
   *
   * @param progress hears of hundredths of the work
   * @throws CatalogException with one sentence for people; the model works as before then
   * @throws java.util.concurrent.CancellationException when cancelled; likewise
   */
  void prepare(InstalledModel model, Progress progress, CancellationToken cancellation)
      throws CatalogException;

  /** Removes what {@link #prepare} added, if anything. */
  void undo(InstalledModel model) throws CatalogException;

  /** How a model stands; all numbers are bytes. */
  sealed interface Standing {
    /** It came with the program, or was made for another one, and stays as it is. */
    record Fixed() implements Standing {}

    /**
     * It can be prepared.
     *
     * @param lasting about what that takes more of the disk
     * @param meanwhile what must be free for it when it begins
     * @param free what is free
     */
    record Unprepared(long lasting, long meanwhile, long free) implements Standing {
      /** Whether the disk has room for it. */
      public boolean hasRoom() {
        return free >= meanwhile;
      }
    }

    /** It is prepared, which takes so much more of the disk. */
    record Prepared(long bytes) implements Standing {}
  }
}
