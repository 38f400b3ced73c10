package org.qalam.ui.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qalam.document.Decision;
import org.qalam.document.Output;
import org.qalam.task.UiThread;

/**
 * Keeps what the writer decides about answers and about single changes in them. Changes can be
 * decided on before it is known which answer they belong to: that waits until it is. Confined to
 * the JavaFX thread.
 */
@UiThread
final class Ledger {
  private final OutputHistory history;
  private final List<Review.Choice> waiting = new ArrayList<>();

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

  /** Changes that the writer has decided on. */
  void hear(List<Review.Choice> choices) {
    waiting.addAll(choices);
  }

  /** The changes that were decided on belong to this answer. */
  void attribute(Answer answer) {
    answer
        .output()
        .ifPresent(output ->
            history.decided(
                waiting.stream()
                    .map(choice ->
                        decision(
                            output,
                            choice.made(),
                            choice.verdict(),
                            choice.edit().before(),
                            choice.edit().after()))
                    .toList()));
    waiting.clear();
  }

  /** No answer came: nothing is known of what the decisions were about. */
  void forget() {
    waiting.clear();
  }

  private static Decision decision(
      Output output, Instant made, Decision.Verdict verdict, String before, String after) {
    return new Decision(output.id(), output.document(), made, verdict, before, after);
  }
}
