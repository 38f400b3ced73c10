package org.qalam.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Saves models as this machine's kernels like them. A prepared model loads sooner and its weights
 * stay in files that the system maps into memory and may drop; it takes more of the disk.
 */
public interface ModelPreparer {
  /**
   * Prepares a model, again where it was before. Takes as long as several loads, and as much memory
   * as one.
   *
   * @param folder the model's own folder, which must be writable
   * @param progress hears of hundredths of the work
   * @throws ModelLoadException where the model cannot be loaded or the disk says no; the folder is
   *     then as before
   */
  void prepare(Path folder, int threads, Progress progress, CancellationToken cancellation)
      throws ModelLoadException;

  /** Removes what {@link #prepare} added, if anything. */
  void discard(Path folder) throws ModelLoadException;

  /** Bytes of disk that a prepared model takes besides its own; 0 where it is not prepared. */
  long preparedBytes(Path folder);

  /** Whether the next load will take the prepared files, as far as is known before reading them. */
  boolean isPrepared(Path folder) throws ModelLoadException;

  /**
   * Bytes of disk that {@link #prepare} needs.
   *
   * @return empty where the model cannot be prepared
   */
  Optional<Need> need(Path folder) throws ModelLoadException;

  /**
   * What preparing takes of the disk, in bytes.
   *
   * @param lasting about what stays in use afterwards
   * @param meanwhile what must be free when it begins
   */
  record Need(long lasting, long meanwhile) {}
}
