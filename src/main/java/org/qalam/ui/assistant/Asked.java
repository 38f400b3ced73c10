package org.qalam.ui.assistant;

import java.util.Optional;
import org.qalam.assist.Action;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Comparison;

/**
 * What an answer is an answer to, as the writer sees it.
 *
 * @param action which it is a result of; a follow-up keeps the action of the answer that it is
 *     about, for its result belongs in the same place
 * @param instruction the writer's own words; empty for a fixed action
 * @param original the passage
 * @param refined the answer that a follow-up is about; empty for a request about the passage
 */
record Asked(Action action, String instruction, String original, Optional<String> refined) {
  /** Holds an answer against the passage; words of the writer's own may ask for a translation. */
  Comparison compare(String answer) {
    boolean mayTranslate = !instruction.isBlank() || action.isOwn();
    return Comparison.of(action.result(), mayTranslate, original, answer);
  }

  /** A request about a passage. */
  static Asked about(AssistRequest request) {
    return new Asked(request.action(), request.instruction(), request.text(), Optional.empty());
  }
}
