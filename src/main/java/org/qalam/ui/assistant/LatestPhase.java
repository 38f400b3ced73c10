package org.qalam.ui.assistant;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Phase;

/**
 * Carries phases from the engine's thread to the JavaFX thread, which sees the latest one only:
 * however fast they come, one update is pending at most. A {@link Phase.Retrying} and the last
 * {@link Phase.Part} are never skipped.
 */
final class LatestPhase implements Consumer<Phase> {
  private final Executor ui;
  private final Consumer<Phase> show;
  private final AtomicReference<@Nullable Seen> pending = new AtomicReference<>();

  /**
   * @param ui runs work on the JavaFX thread
   * @param show takes the phase there
   */
  LatestPhase(Executor ui, Consumer<Phase> show) {
    this.ui = ui;
    this.show = show;
  }

  /** Called on the engine's thread. */
  @Override
  public void accept(Phase phase) {
    Seen before = pending.getAndUpdate(seen -> Seen.add(seen, phase));
    if (before == null) {
      ui.execute(this::flush);
    }
  }

  private void flush() {
    Seen seen = pending.getAndSet(null);
    if (seen == null) {
      return;
    }
    if (seen.part() != null && !seen.part().equals(seen.latest())) {
      show.accept(seen.part());
    }
    if (seen.retrying() != null && !seen.retrying().equals(seen.latest())) {
      show.accept(seen.retrying());
    }
    show.accept(seen.latest());
  }

  private record Seen(Phase.@Nullable Part part, Phase.@Nullable Retrying retrying, Phase latest) {
    static Seen add(@Nullable Seen seen, Phase phase) {
      return switch (phase) {
        case Phase.Part part -> new Seen(part, null, phase);
        case Phase.Retrying retrying ->
            new Seen(seen == null ? null : seen.part(), retrying, phase);
        default ->
            new Seen(
                seen == null ? null : seen.part(), seen == null ? null : seen.retrying(), phase);
      };
    }
  }
}
