package org.qalam.ui.assistant;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.AssistException;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Assistant;
import org.qalam.assist.Phase;
import org.qalam.document.Output;
import org.qalam.task.CancellationToken;
import org.qalam.task.Delivery;
import org.qalam.task.UiThread;

/**
 * The second and third proposal of an action, made one after the other while the first can be used
 * already. They wait behind it as versions of the answer. What is stopped half-way is dropped, for
 * nobody has seen it. Confined to the JavaFX thread.
 */
@UiThread
final class FurtherProposals {
  private final Assistant assistant;
  private final AnswerDesk desk;
  private final OutputHistory history;
  private final LongSupplier seeds;
  private final Executor ui;
  private final ReadOnlyObjectWrapper<Optional<Coming>> coming =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private @Nullable Run run;

  /**
   * The proposal that is being made.
   *
   * @param number counted from 1, which is the first proposal
   * @param all how many were asked for
   */
  record Coming(int number, int all, Work work, boolean isPaused) {}

  /** A proposal under way. */
  private record Run(Job first, int number, int all, CancellationToken cancellation) {}

  /**
   * @param seeds gives another number each time
   * @param ui runs work on the JavaFX thread
   */
  FurtherProposals(
      Assistant assistant,
      AnswerDesk desk,
      OutputHistory history,
      LongSupplier seeds,
      Executor ui) {
    this.assistant = assistant;
    this.desk = desk;
    this.history = history;
    this.seeds = seeds;
    this.ui = ui;
  }

  /** Makes the rest of {@code all} proposals, of which the first is on the desk. */
  void begin(Job first, int all) {
    next(first, 2, all);
  }

  private void next(Job first, int number, int all) {
    if (number > all || !desk.awaitsMore(first.passage())) {
      run = null;
      coming.set(Optional.empty());
      return;
    }
    Run started = new Run(first, number, all, new CancellationToken());
    run = started;
    coming.set(Optional.of(new Coming(number, all, Work.starting(), false)));
    AssistRequest request = first.request().another(seeds.getAsLong());
    Delivery.deliver(
        assistant
            .propose(
                request,
                new LatestPhase(ui, phase -> progressed(started, phase)),
                started.cancellation())
            .thenApply(proposal -> Answer.of(first.asked(), proposal, first.document())),
        ui,
        answer -> answered(started, answer),
        failure -> failed(started, failure));
  }

  private void progressed(Run from, Phase phase) {
    coming
        .get()
        .filter(_ -> from.equals(run))
        .ifPresent(now ->
            coming.set(
                Optional.of(
                    new Coming(
                        now.number(),
                        now.all(),
                        now.work().after(phase, Double.NaN),
                        now.isPaused()))));
  }

  private void answered(Run from, Answer answer) {
    if (!from.equals(run) || answer.fate() == Output.Fate.STOPPED) {
      return;
    }
    answer.output().ifPresent(history::add);
    if (desk.isAbout(from.first().passage())) {
      desk.addBehind(answer);
    }
    next(from.first(), from.number() + 1, from.all());
  }

  private void failed(Run from, Throwable failure) {
    if (!from.equals(run)) {
      return;
    }
    stop();
    if (failure instanceof AssistException known) {
      desk.fail(String.valueOf(known.getMessage()));
    } else {
      System.getLogger(FurtherProposals.class.getName())
          .log(System.Logger.Level.ERROR, "another proposal: unexpected error", failure);
      desk.fail("");
    }
  }

  /** Makes no more of them; those that are finished stay. Does nothing where none is under way. */
  void stop() {
    if (run != null) {
      run.cancellation().cancel();
      run = null;
      coming.set(Optional.empty());
    }
  }

  /** Has the one under way wait, or go on. */
  void pauseOrResume() {
    if (run == null || coming.get().isEmpty()) {
      return;
    }
    Coming now = coming.get().get();
    if (now.isPaused()) {
      run.cancellation().resume();
    } else {
      run.cancellation().pause();
    }
    coming.set(Optional.of(new Coming(now.number(), now.all(), now.work(), !now.isPaused())));
  }

  /** What is being made; empty where nothing more comes. */
  ReadOnlyObjectProperty<Optional<Coming>> comingProperty() {
    return coming.getReadOnlyProperty();
  }
}
