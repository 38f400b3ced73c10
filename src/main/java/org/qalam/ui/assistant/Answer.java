package org.qalam.ui.assistant;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.qalam.assist.Action;
import org.qalam.assist.CitedAnswer;
import org.qalam.assist.Comparison;
import org.qalam.assist.Finding;
import org.qalam.assist.Proposal;
import org.qalam.assist.QuestionAnswering;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.ui.diff.WordDiff;

/**
 * An answer on screen, fresh or out of the history.
 *
 * @param output what is kept of it; empty where no document was open
 * @param document that it was made for
 * @param findings what the checks found
 * @param diff against the original
 * @param edits its single changes
 * @param refined the answer that it is a follow-up to
 * @param comparison what came back of the original's numbers, names and the like
 * @param stopped whether the writer stopped it before its end and it does not stand for the whole
 *     passage
 * @param reopened whether it comes out of the history
 * @param fate what the writer did with it so far
 */
record Answer(
    Optional<Output> output,
    Optional<DocumentId> document,
    Action action,
    String instruction,
    String original,
    Optional<String> refined,
    String text,
    List<Finding> findings,
    WordDiff diff,
    List<Edit> edits,
    Comparison comparison,
    boolean stopped,
    boolean reopened,
    Output.Fate fate) {
  private static final Set<String> CHECKS =
      Arrays.stream(Finding.Check.values()).map(Enum::name).collect(Collectors.toSet());

  Answer {
    findings = List.copyOf(findings);
    edits = List.copyOf(edits);
  }

  /** Whether the answer says that the text is right as it is. */
  boolean isUnchanged() {
    return action.result() == Action.Result.REPLACE
        && !original.isBlank()
        && text.strip().equals(original.strip());
  }

  /** Whether the answer goes in the place of a passage. */
  boolean replaces() {
    return action.result() == Action.Result.REPLACE && !original.isBlank();
  }

  /** Whether it answers a question about the text or all documents, with passages. */
  boolean isCited() {
    return action.id().equals(QuestionAnswering.ASK.id()) || isFromNotes();
  }

  /** Whether it answers a question about all documents: it belongs to none of them. */
  boolean isFromNotes() {
    return action.id().equals(QuestionAnswering.ASK_NOTES.id());
  }

  /** The passages that it was made from; those of one text have no places yet. */
  List<CitedAnswer.Source> sources() {
    if (!isCited()) {
      return List.of();
    }
    return isFromNotes() ? CitedAnswer.readNotes(original) : CitedAnswer.read(original, "");
  }

  /** What goes into the text or onto the clipboard: numbers of passages mean nothing there. */
  String bare() {
    return isCited() ? CitedAnswer.uncited(text) : text;
  }

  /** The passage that it is about, to be found again in the text; empty where that is all of it. */
  String passage() {
    return isCited() ? "" : original;
  }

  /** Whether it was stopped before its end, whatever part of the passage it stands for. */
  boolean endedEarly() {
    return stopped || fate == Output.Fate.STOPPED;
  }

  /** Whether its changes can be decided on one by one, in the text. */
  boolean isReviewable() {
    return replaces()
        && !isUnchanged()
        && !stopped
        && !text.isBlank()
        && action.shape() != Action.Shape.OTHER;
  }

  /** Whether it is one change, of which most words are others. */
  boolean isOneRewriting() {
    return edits.size() == 1 && edits.getFirst().isRewriting();
  }

  /** Whether it is to be read as another text rather than as changes of the passage. */
  boolean isOtherText() {
    return diff.isMostlyChanged() || action.shape() == Action.Shape.OTHER;
  }

  /** Whether a check found a fault that makes the answer unlikely to be what was asked for. */
  boolean isDoubtful() {
    return findings.stream().anyMatch(Finding::isFault);
  }

  /** Whether the writer should look before it goes into the text. */
  boolean isDubious() {
    return isDoubtful() || (!isCited() && !comparison.passes());
  }

  /**
   * A fresh answer; it is kept where a document was open. Compares it with its original, which
   * takes milliseconds and for long texts longer: not on the JavaFX thread.
   */
  static Answer of(Asked asked, Proposal proposal, Optional<DocumentId> document) {
    WordDiff diff = WordDiff.between(asked.original(), proposal.text());
    return of(
        UUID.randomUUID(),
        asked,
        proposal,
        document,
        diff,
        Edit.of(asked.original(), proposal.text(), diff));
  }

  /**
   * The same where its changes were looked for while it was written.
   *
   * @param output its id, with which a part of it may have been kept already
   */
  static Answer of(
      UUID output,
      Asked asked,
      Proposal proposal,
      Optional<DocumentId> document,
      GrowingEdits growing) {
    WordDiff diff = WordDiff.between(asked.original(), proposal.text());
    return of(output, asked, proposal, document, diff, growing.all(proposal.text(), diff));
  }

  private static Answer of(
      UUID outputId,
      Asked asked,
      Proposal proposal,
      Optional<DocumentId> document,
      WordDiff diff,
      List<Edit> edits) {
    Output.Fate fate = proposal.stopped() ? Output.Fate.STOPPED : Output.Fate.PENDING;
    Optional<Output> output =
        document.map(id ->
            new Output(
                outputId,
                id,
                Instant.now(),
                asked.action().id(),
                asked.instruction(),
                asked.original(),
                proposal.text(),
                proposal.model(),
                proposal.prompt(),
                proposal.parameters(),
                lines(proposal.findings()),
                proposal.promptTokens(),
                proposal.newTokens(),
                proposal.seconds(),
                fate));
    return new Answer(
        output,
        document,
        asked.action(),
        asked.instruction(),
        asked.original(),
        asked.refined(),
        proposal.text(),
        proposal.findings(),
        diff,
        edits,
        asked.compare(proposal.text()),
        proposal.stopped() && !proposal.whole(),
        false,
        fate);
  }

  /** An earlier answer, read back; likewise not on the JavaFX thread. */
  static Answer of(Output output, Action action) {
    Asked asked = new Asked(action, output.instruction(), output.original(), Optional.empty());
    WordDiff diff = WordDiff.between(output.original(), output.text());
    return new Answer(
        Optional.of(output),
        Optional.of(output.document()),
        action,
        output.instruction(),
        output.original(),
        Optional.empty(),
        output.text(),
        findings(output.findings()),
        diff,
        Edit.of(output.original(), output.text(), diff),
        asked.compare(output.text()),
        output.fate() == Output.Fate.STOPPED,
        true,
        output.fate());
  }

  /** Writes findings for {@link Output#findings()}, one a line. */
  private static String lines(List<Finding> findings) {
    return findings.stream()
        .map(finding -> (finding.check().name() + " " + finding.detail()).strip())
        .collect(Collectors.joining("\n"));
  }

  private static List<Finding> findings(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(parts -> CHECKS.contains(parts[0]))
        .map(
            parts -> new Finding(Finding.Check.valueOf(parts[0]), parts.length > 1 ? parts[1] : ""))
        .toList();
  }

  Answer withFate(Output.Fate next) {
    return new Answer(
        output,
        document,
        action,
        instruction,
        original,
        refined,
        text,
        findings,
        diff,
        edits,
        comparison,
        stopped,
        reopened,
        next);
  }
}
