package org.qalam.ui.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.qalam.assist.AssistRequest;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.task.CancellationToken;

/**
 * A request under way. Confined to the JavaFX thread, except for its cancellation and {@link
 * #outputId}.
 */
final class Job {
  private final AssistRequest request;
  private final Asked asked;
  private final Optional<DocumentId> document;
  private final Passage passage;
  private final int proposals;
  private final Resumption.Keeper keeper;
  private final CancellationToken cancellation = new CancellationToken();
  private final UUID outputId = UUID.randomUUID();
  private final List<Edit> edits = new ArrayList<>();
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

  /** Of the output that comes of it. */
  UUID outputId() {
    return outputId;
  }

  /** A part of the answer is certain. */
  void grow(GrowingEdits.Part part) {
    edits.addAll(part.edits());
  }

  /** The answer as far as it has come, for a document that was open. */
  Output soFar(DocumentId of, String model) {
    return new Output(
        outputId,
        of,
        Instant.now(),
        asked.action().id(),
        asked.instruction(),
        asked.original(),
        Edit.applied(asked.original(), edits),
        model,
        "",
        "{}",
        "",
        0,
        0,
        0,
        Output.Fate.STOPPED);
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
