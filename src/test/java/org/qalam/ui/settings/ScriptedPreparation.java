package org.qalam.ui.settings;

import java.util.HashSet;
import java.util.Set;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelPreparation;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Prepares models in name only, as the test says. */
public final class ScriptedPreparation implements ModelPreparation {
  static final Standing.Unprepared ROOMY =
      new Standing.Unprepared(2_200_000_000L, 5_300_000_000L, 80_000_000_000L);
  static final Standing.Prepared DONE = new Standing.Prepared(2_193_000_000L);

  final Set<String> prepared = new HashSet<>();
  Standing.Unprepared disk = ROOMY;
  Work work = (_, _) -> {};

  /** What preparing does before it is done. */
  interface Work {
    void run(Progress progress, CancellationToken cancellation) throws CatalogException;
  }

  @Override
  public Standing standing(InstalledModel model) {
    if (model.bundled()) {
      return new Standing.Fixed();
    }
    return prepared.contains(model.id()) ? DONE : disk;
  }

  @Override
  public void prepare(InstalledModel model, Progress progress, CancellationToken cancellation)
      throws CatalogException {
    work.run(progress, cancellation);
    prepared.add(model.id());
  }

  @Override
  public void undo(InstalledModel model) {
    prepared.remove(model.id());
  }
}
