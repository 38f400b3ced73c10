package org.qalam.ui.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.qalam.document.Decision;
import org.qalam.document.Output;
import org.qalam.task.UiThread;

/**
 * Keeps what the writer decides about answers and about single changes in them. A change can be
 * decided on while its answer is still being written: that is kept at once, with as much of the
 * answer as there is, since the program may end before the answer does. Confined to the JavaFX
 * thread.
 */
@UiThread
final class Ledger {
  private final OutputHistory history;
  private final List<Review.Choice> waiting = new ArrayList<>();

  /** The answer that is being written, as far as it has come. */
  private Optional<Supplier<Output>> soFar = Optional.empty();

  Ledger(OutputHistory history) {
    this.history = history;
  }

  /** What became of an answer; where it is about the whole of it, that is a decision too. */
  Answer note(Answer answer, Output.Fate fate, boolean isWhole) {
    answer
        .output()
        .ifPresent(output -> {
          history.setFate(output.id(), fate);
          Optional<Decision.Verdict> verdict = isWhole ? verdict(fate) : Optional.empty();
          verdict.ifPresent(
              made -> history.decided(List.of(decision(output, Instant.now(), made, "", ""))));
        });
    return answer.withFate(fate);
  }

  private static Optional<Decision.Verdict> verdict(Output.Fate fate) {
    return switch (fate) {
      case REPLACED -> Optional.of(Decision.Verdict.REPLACED);
      case INSERTED -> Optional.of(Decision.Verdict.INSERTED);
      case COPIED -> Optional.of(Decision.Verdict.COPIED);
      case PENDING, DISCARDED, RETRIED, STOPPED -> Optional.empty();
    };
  }

  /**
   * An answer is being written.
   *
   * @param output gives it as far as it has come, always with the id that the whole one will have
   */
  void expect(Supplier<Output> output) {
    soFar = Optional.of(output);
  }

  /** Changes that the writer has decided on. */
  void hear(List<Review.Choice> choices) {
    waiting.addAll(choices);
    if (soFar.isPresent() && !waiting.isEmpty()) {
      Output output = soFar.get().get();
      history.keep(output);
      decide(output);
    }
  }

  /** The changes that were decided on belong to this answer, which is whole. */
  void attribute(Answer answer) {
    soFar = Optional.empty();
    answer.output().ifPresent(this::decide);
    waiting.clear();
  }

  private void decide(Output output) {
    history.decided(
        waiting.stream()
            .map(choice ->
                decision(
                    output,
                    choice.made(),
                    choice.verdict(),
                    choice.edit().before(),
                    choice.edit().after()))
            .toList());
    waiting.clear();
  }

  /** Nothing more is decided about what was at hand. */
  void forget() {
    soFar = Optional.empty();
    waiting.clear();
  }

  private static Decision decision(
      Output output, Instant made, Decision.Verdict verdict, String before, String after) {
    return new Decision(output.id(), output.document(), made, verdict, before, after);
  }
}
