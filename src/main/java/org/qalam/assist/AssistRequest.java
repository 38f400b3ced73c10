package org.qalam.assist;

/**
 * What a writer asks for.
 *
 * @param text the passage, as it stands
 * @param instruction the writer's own words; empty for a fixed action
 * @param seed 0 asks for the best proposal, any other number for another one
 */
public record AssistRequest(Action action, String text, String instruction, long seed) {}
