package org.qalam.document;

import java.time.Instant;
import java.util.UUID;

/**
 * What a model once proposed for a document, kept with all that led to it.
 *
 * @param action name of the action, such as {@code proofread}
 * @param instruction the writer's own words; empty for a fixed action
 * @param original passage that it was asked about
 * @param text the proposal
 * @param model id of the model
 * @param prompt the messages that were sent, rendered
 * @param parameters sampling parameters, as JSON
 * @param findings what the checks found, one a line; empty where all was well
 * @param promptTokens tokens read
 * @param newTokens tokens written
 * @param seconds from request to end
 */
public record Output(
    UUID id,
    DocumentId document,
    Instant created,
    String action,
    String instruction,
    String original,
    String text,
    String model,
    String prompt,
    String parameters,
    String findings,
    int promptTokens,
    int newTokens,
    double seconds,
    Fate fate) {
  /** What the writer did with it. */
  public enum Fate {
    /** Nothing yet, or the program ended before. */
    PENDING,
    REPLACED,
    INSERTED,
    COPIED,
    DISCARDED,
    /** The writer asked for another one instead. */
    RETRIED,
    /** It was stopped before its end. */
    STOPPED
  }
}
