package org.qalam.ui.assistant;

import java.util.Optional;
import org.qalam.assist.AssistRequest;
import org.qalam.document.DocumentId;
import org.qalam.task.CancellationToken;

/** A request under way. Confined to the JavaFX thread, except for its cancellation. */
final class Job {
  private final AssistRequest request;
  private final Asked asked;
  private final Optional<DocumentId> document;
  private final Passage passage;
  private final int proposals;
  private final Resumption.Keeper keeper;
  private final CancellationToken cancellation = new CancellationToken();
  private double estimatedSeconds = Double.NaN;

  Job(
      AssistRequest request,
      Asked asked,
      Optional<DocumentId> document,
      Passage passage,
      int proposals,
      Resumption.Keeper keeper) {
    this.request = request;
    this.asked = asked;
    this.document = document;
    this.passage = passage;
    this.proposals = proposals;
    this.keeper = keeper;
  }

  AssistRequest request() {
    return request;
  }

  /** What the answer is an answer to. */
  Asked asked() {
    return asked;
  }

  /** The document that was open when it was asked for. */
  Optional<DocumentId> document() {
    return document;
  }

  Passage passage() {
    return passage;
  }

  /** How many the writer wants, of which this one is the first. */
  int proposals() {
    return proposals;
  }

  /** What is answered of it so far. */
  Resumption.Keeper keeper() {
    return keeper;
  }

  CancellationToken cancellation() {
    return cancellation;
  }

  /** For the whole request; NaN while unknown. */
  double estimatedSeconds() {
    return estimatedSeconds;
  }

  void setEstimatedSeconds(double seconds) {
    estimatedSeconds = seconds;
  }
}
