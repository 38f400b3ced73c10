package org.qalam.app;

import java.nio.file.Path;
import java.util.List;
import org.qalam.convert.CacheCalibrator;
import org.qalam.convert.ImportException;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.onnx.CacheStatistics;
import org.qalam.machine.Machine;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Lets the engine measure a model that was just imported, on the calling thread. */
public final class EngineCalibrator implements CacheCalibrator {
  @Override
  public List<float[]> largest(Path folder, Progress progress, CancellationToken cancellation)
      throws ImportException {
    try {
      int threads = Machine.here().threads(false);
      return CacheStatistics.largest(folder, threads, progress, cancellation);
    } catch (ModelLoadException e) {
      throw new ImportException(String.valueOf(e.getMessage()), e);
    }
  }
}
