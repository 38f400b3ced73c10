package org.qalam.ui.settings;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.qalam.task.Progress;

/** Passes the progress of a long work on to the JavaFX thread, one update pending at most. */
final class LatestFraction implements Progress {
  private final Executor ui;
  private final DoubleConsumer heard;
  private final AtomicReference<@Nullable Double> pending = new AtomicReference<>();

  /**
   * @param ui runs work on the JavaFX thread
   * @param heard hears there of a fraction from 0 to 1; of -1 while it is unknown
   */
  LatestFraction(Executor ui, DoubleConsumer heard) {
    this.ui = ui;
    this.heard = heard;
  }

  @Override
  public void report(long done, long total) {
    double fraction = total > 0 ? Math.clamp((double) done / total, 0, 1) : -1;
    if (pending.getAndSet(fraction) == null) {
      ui.execute(() -> {
        Double latest = pending.getAndSet(null);
        if (latest != null) {
          heard.accept(latest);
        }
      });
    }
  }
}
