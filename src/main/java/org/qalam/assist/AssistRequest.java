package org.qalam.assist;

/**
 * What a writer asks for.
 *
 * @param text the passage, as it stands
 * @param instruction the writer's own words; for an action that needs a language its ISO 639-1 code
 *     or English name; empty for others
 * @param seed 0 asks for the best proposal, any other number for another one
 * @param document the whole document, where the action's prompt speaks of it; else empty
 */
public record AssistRequest(
    Action action, String text, String instruction, long seed, String document) {
  /** A request about a passage alone. */
  public AssistRequest(Action action, String text, String instruction, long seed) {
    this(action, text, instruction, seed, "");
  }
}
