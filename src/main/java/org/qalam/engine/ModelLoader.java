package org.qalam.engine;

import java.nio.file.Path;
import org.qalam.task.CancellationToken;
import org.qalam.task.EngineThread;
import org.qalam.task.Progress;

/** Loads a model folder. */
@FunctionalInterface
public interface ModelLoader {
  /**
   * Loads the model in a folder; the caller closes it.
   *
   * @param threads threads that one step of the model uses, 1 or more
   * @throws ModelLoadException where that is impossible
   */
  @EngineThread
  LanguageModel load(Path folder, int threads, Progress progress, CancellationToken cancellation)
      throws ModelLoadException;
}
