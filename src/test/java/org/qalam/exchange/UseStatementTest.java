package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.qalam.document.Decision;
import org.qalam.document.Decision.Verdict;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;

class UseStatementTest {
  private static final DocumentId LETTER = new DocumentId(UUID.randomUUID());

  private static Output output(String action, String instruction, Output.Fate fate, int hour) {
    return new Output(
        UUID.randomUUID(),
        LETTER,
        Instant.parse("2026-11-24T%02d:42:00Z".formatted(hour)),
        action,
        instruction,
        "She dont like it.",
        "She doesn't like it.",
        "llama-3.2-1b",
        "prompt",
        "{}",
        "",
        1,
        1,
        1,
        fate);
  }

  private static Decision decision(Output output, Verdict verdict, String before, String after) {
    return new Decision(
        output.id(), LETTER, output.created().plusSeconds(90), verdict, before, after);
  }

  private static String statement(List<Output> outputs, List<Decision> decisions) {
    return UseStatement.of(
            "Letter",
            outputs,
            decisions,
            Locale.ENGLISH,
            ZoneOffset.UTC,
            action -> "<" + action + ">")
        .replace('\u202f', ' ');
  }

  @Test
  void tellsWhatWasProposedAndTakenInOrderOfTime() {
    Output late = output("instruct", "make it\nshort", Output.Fate.DISCARDED, 11);
    Output early = output("proofread", "", Output.Fate.REPLACED, 10);
    String told =
        statement(
            List.of(late, early),
            List.of(
                decision(early, Verdict.ACCEPTED, "dont", "doesn't"),
                decision(early, Verdict.REJECTED, "", ","),
                decision(early, Verdict.TAKEN_BACK, "very ", "")));
    assertEquals(
        """
        # Use of AI: Letter

        What a language model on this device proposed for this document, and what its writer did \
        with it. What was accepted and later rewritten by hand is listed too; what the writer \
        wrote without asking a model is not.

        ## Nov 24, 2026, 10:42 AM: <proofread>

        - Model: llama-3.2-1b
        - From 4 words; the model wrote 4 words
        - Accepted: “dont” to “doesn't” (Nov 24, 2026, 10:43 AM)
        - Rejected: “,” added (Nov 24, 2026, 10:43 AM)
        - Taken back: “very” taken out (Nov 24, 2026, 10:43 AM)

        ## Nov 24, 2026, 11:42 AM: <instruct>

        - Asked in the writer's own words: “make it ¶ short”
        - Model: llama-3.2-1b
        - From 4 words; the model wrote 4 words
        - It was discarded.
        """,
        told);
  }

  @Test
  void saysWhereNothingWasAsked() {
    assertTrue(statement(List.of(), List.of()).contains("No model was asked"));
  }

  /** The line that tells what became of the one answer in a statement. */
  private static String last(Output output, List<Decision> decisions) {
    return statement(List.of(output), decisions).lines().toList().getLast();
  }

  @Test
  void everyFateAndVerdictHasWordsOfItsOwn() {
    Set<String> told = new HashSet<>();
    for (Output.Fate fate : Output.Fate.values()) {
      told.add(last(output("rewrite", "", fate, 10), List.of()));
    }
    Output output = output("rewrite", "", Output.Fate.REPLACED, 10);
    for (Verdict verdict : Verdict.values()) {
      told.add(last(output, List.of(decision(output, verdict, "", ""))));
    }
    assertEquals(Output.Fate.values().length + Verdict.values().length, told.size());
  }
}
