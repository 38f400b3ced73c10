package org.qalam.assist;

import java.util.Map;

/**
 * What a writer asks for.
 *
 * @param text the passage, as it stands
 * @param instruction the writer's own words; for an action that needs a language its ISO 639-1 code
 *     or English name; empty for others
 * @param seed 0 asks for the best proposal, any other number for another one
 * @param document the whole document, where the action's prompt speaks of it; else empty
 * @param answered pieces of the passage that were answered before, with their answers: the model is
 *     not asked about them again
 */
public record AssistRequest(
    Action action,
    String text,
    String instruction,
    long seed,
    String document,
    Map<String, String> answered) {
  public AssistRequest {
    answered = Map.copyOf(answered);
  }

  /** A request about a passage alone, of which nothing was answered before. */
  public AssistRequest(Action action, String text, String instruction, long seed) {
    this(action, text, instruction, seed, "", Map.of());
  }

  /** The same in this document. */
  public AssistRequest in(String whole) {
    return new AssistRequest(action, text, instruction, seed, whole, answered);
  }

  /** A request for another proposal, of which nothing was answered before. */
  public AssistRequest another(long otherSeed) {
    return new AssistRequest(action, text, instruction, otherSeed, document, Map.of());
  }

  /** The same, of which this is answered already. */
  public AssistRequest knowing(Map<String, String> known) {
    return new AssistRequest(action, text, instruction, seed, document, known);
  }
}
