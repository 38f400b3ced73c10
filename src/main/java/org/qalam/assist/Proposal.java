package org.qalam.assist;

import java.util.List;

/**
 * A finished answer, cleaned and checked. The writer decides what becomes of it.
 *
 * @param text the cleaned answer
 * @param findings what is wrong with it; empty where nothing is
 * @param stopped whether the writer stopped it before its end
 * @param whole whether it stands for the whole passage: what was not reached is in it as it was
 * @param attempts 1, or 2 where the first answer failed its checks
 * @param prompt the messages that were sent, rendered as text
 * @param parameters sampling parameters, as JSON
 * @param seconds from request to end
 */
public record Proposal(
    AssistRequest request,
    String text,
    List<Finding> findings,
    boolean stopped,
    boolean whole,
    int attempts,
    String model,
    String prompt,
    String parameters,
    int promptTokens,
    int newTokens,
    double tokensPerSecond,
    double seconds) {
  public Proposal {
    findings = List.copyOf(findings);
  }
}
