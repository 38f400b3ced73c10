package org.qalam.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Tells how large a model's keys and values get, by running it over a sample of text. */
@FunctionalInterface
public interface CacheCalibrator {
  /**
   * Runs the model in a finished folder; takes seconds.
   *
   * @return the largest absolute value of every channel: layer 0 key, layer 0 value, layer 1 key,
   *     ...; each (heads * head size)
   * @throws ImportException with one sentence for people, where the model cannot be run
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  List<float[]> largest(Path folder, Progress progress, CancellationToken cancellation)
      throws ImportException, IOException;
}
