package org.qalam.catalog;

import java.time.Duration;
import java.time.Instant;

/**
 * What an interrupted import left, to be gone on with. It is no model and is never listed as one.
 *
 * @param id of the model that it was to become
 * @param bytes that it takes of the disk
 * @param lastWorkedOn when a tensor was last added to it
 */
public record UnfinishedImport(String id, long bytes, Instant lastWorkedOn) {
  /** So long is kept what nobody goes on with. */
  public static final Duration KEPT = Duration.ofDays(14);
}
