package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.assist.Finding.Check;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;

/** The assistant with the starter model that the build imported. */
class StarterAssistantTest {
  private static final Path STARTER = Path.of("models/smollm2-135m-instruct");
  private static final String WRONG = "She dont like apples and he have two cat.";
  private static final String LIKES = "She (doesn't|does not) like apples.*";

  private static final WorkerEngine ENGINE = new WorkerEngine(new OnnxModelLoader(), _ -> 2);
  private static final EngineAssistant ASSISTANT = new EngineAssistant(ENGINE);

  @BeforeAll
  static void choose() {
    ASSISTANT.use("starter", STARTER).join();
  }

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void correctsASentence() throws Exception {
    Proposal proposal = propose("proofread", WRONG);
    assertTrue(proposal.text().matches(LIKES), proposal.text());
    assertTrue(proposal.text().contains("two cats"), proposal.text());
    assertEquals(List.of(), proposal.findings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The garden is quiet in the evening.",
        "We walked to the station and took the train to Berlin.",
        "The sun is warm today."
      })
  void leavesASentenceWithoutMistakesAsItIs(String sentence) throws Exception {
    Proposal proposal = propose("proofread", sentence);
    assertEquals(sentence, proposal.text());
    assertEquals(List.of(new Finding(Check.UNCHANGED, "")), proposal.findings());
  }

  @Test
  void keepsBlankLinesMarksOfListsAndCode() throws Exception {
    String text =
        "- "
            + WRONG
            + "\n- [ ] The garden is quiet.\n\n\n```\nint a have = 1;\n```\n\n> "
            + WRONG
            + "\n";
    String corrected = propose("proofread", text).text();
    List<String> lines = corrected.lines().toList();
    assertEquals(text.lines().count(), lines.size(), corrected);
    assertTrue(lines.getFirst().matches("- " + LIKES), corrected);
    assertTrue(lines.get(1).startsWith("- [ ] The garden"), corrected);
    assertEquals(List.of("", "", "```", "int a have = 1;", "```", ""), lines.subList(2, 8));
    assertTrue(lines.getLast().matches("> " + LIKES), corrected);
    assertTrue(corrected.endsWith("\n"), corrected);
  }

  @Test
  void stopLeavesTheRestOfATextAsItIs() throws Exception {
    String rest = " He have two cat. They is here. The garden is quiet.";
    CancellationToken cancellation = new CancellationToken();
    Proposal proposal =
        propose(
            "proofread",
            WRONG + rest,
            0,
            phase -> {
              if (phase instanceof Phase.Writing writing
                  && writing.textSoFar().matches(LIKES + "\\. .+")) {
                cancellation.cancel();
              }
            },
            cancellation);
    assertTrue(proposal.stopped());
    assertTrue(proposal.whole());
    assertTrue(proposal.text().matches(LIKES), proposal.text());
    assertTrue(proposal.text().endsWith(rest), proposal.text());
  }

  @Test
  void stopAtTheFirstWordLeavesAShortTextAsItIs() throws Exception {
    CancellationToken cancellation = new CancellationToken();
    Proposal proposal =
        propose("proofread", WRONG, 0, phase -> stopAtWriting(phase, cancellation), cancellation);
    assertTrue(proposal.stopped());
    assertEquals(WRONG, proposal.text());
    assertTrue(proposal.newTokens() <= 2, proposal.newTokens() + " tokens were written");
  }

  @Test
  void phasesComeInOrderAndTheirTextGrows() throws Exception {
    ASSISTANT.unload().join();
    List<Phase> phases = new ArrayList<>();
    Proposal proposal = propose("proofread", WRONG, 0, phases::add, new CancellationToken());
    List<String> kinds =
        phases.stream().map(phase -> phase.getClass().getSimpleName()).distinct().toList();
    assertEquals(List.of("Loading", "Reading", "Writing"), kinds);
    String shown = "";
    for (Phase phase : phases) {
      if (phase instanceof Phase.Writing writing) {
        assertTrue(writing.textSoFar().startsWith(shown), writing.textSoFar());
        shown = writing.textSoFar();
      }
    }
    assertEquals(proposal.text(), shown);
  }

  @Test
  void anotherSeedGivesAnotherAnswerAndTheSameSeedTheSame() throws Exception {
    // From the same start: what is left of an earlier request changes the last digits of numbers.
    ASSISTANT.unload().join();
    String text = "I want to know if you maybe have found my bike, it was stolen at the station.";
    String second = propose("rewrite", text, 2).text();
    ASSISTANT.unload().join();
    assertEquals(second, propose("rewrite", text, 2).text());
    assertTrue(
        !second.equals(propose("rewrite", text, 0).text())
            || !second.equals(propose("rewrite", text, 1).text()),
        second);
  }

  @Test
  void anotherProposalForTheSameTextReadsNothingAnew() throws Exception {
    String text =
        "The library will be closed from 3 to 7 May for repairs. Books can be returned at the town"
            + " hall, and the reading room on the first floor stays open in the afternoon.";
    List<Phase> first = new ArrayList<>();
    propose("summarize", text, 0, first::add, new CancellationToken());
    List<Phase> second = new ArrayList<>();
    Proposal other = propose("summarize", text, 5, second::add, new CancellationToken());
    assertTrue(begun(first).total() - begun(first).done() > 20, begun(first).toString());
    assertEquals(2, begun(second).total() - begun(second).done(), begun(second).toString());
    assertFalse(other.text().isBlank());
  }

  /** What of a first prompt is read when it begins: the rest is kept from before. */
  private static Phase.Reading begun(List<Phase> phases) {
    return phases.stream()
        .filter(Phase.Reading.class::isInstance)
        .map(Phase.Reading.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rewrite", "concise", "summarize", "friendly", "professional", "continue"})
  void everyActionGivesText(String action) throws Exception {
    String text =
        "The library will be closed from 3 to 7 May for repairs, and books can be returned at the"
            + " town hall.";
    assertFalse(propose(action, text).text().isBlank());
  }

  private static void stopAtWriting(Phase phase, CancellationToken cancellation) {
    if (phase instanceof Phase.Writing) {
      cancellation.cancel();
    }
  }

  private static Proposal propose(String action, String text) throws Exception {
    return propose(action, text, 0);
  }

  private static Proposal propose(String action, String text, long seed) throws Exception {
    return propose(action, text, seed, _ -> {}, new CancellationToken());
  }

  private static Proposal propose(
      String action, String text, long seed, Consumer<Phase> phases, CancellationToken cancellation)
      throws Exception {
    Action chosen =
        ASSISTANT.actions().stream()
            .filter(known -> known.id().equals(action))
            .findFirst()
            .orElseThrow();
    return ASSISTANT
        .propose(new AssistRequest(chosen, text, "", seed), phases, cancellation)
        .get(120, TimeUnit.SECONDS);
  }
}
