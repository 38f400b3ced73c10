package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.qalam.assist.AssistException.Reason;
import org.qalam.engine.ContextOverflowException;
import org.qalam.engine.EngineException;
import org.qalam.engine.ModelLoadException;
import org.qalam.task.CancellationToken;

class EngineAssistantTest {
  private static final String WRONG = "She dont like apples.";
  private static final String RIGHT = "She doesn't like apples.";

  private final ScriptedEngine engine = new ScriptedEngine();
  private final EngineAssistant assistant = new EngineAssistant(engine);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void proposalTellsWhatWasAskedAndWhatCameBack() throws Exception {
    use();
    engine.answers(RIGHT);
    AssistRequest request = request("proofread", WRONG, "", 0);
    Proposal proposal = propose(request).get(10, TimeUnit.SECONDS);
    assertEquals(request, proposal.request());
    assertEquals(RIGHT, proposal.text());
    assertEquals(List.of(), proposal.findings());
    assertEquals(1, proposal.attempts());
    assertEquals("tiny", proposal.model());
    assertTrue(proposal.prompt().startsWith("[system] "), proposal.prompt());
    assertTrue(proposal.prompt().contains(WRONG), proposal.prompt());
    assertEquals(10, proposal.promptTokens());
    assertEquals(4, proposal.newTokens());
    assertEquals(20, proposal.tokensPerSecond(), 1e-6);
    assertTrue(proposal.seconds() > 0);
  }

  @Test
  void askingReturnsBeforeTheTextIsReadThrough() throws Exception {
    use();
    engine.answers(RIGHT);
    Thread caller = Thread.currentThread();
    List<Thread> readers = new ArrayList<>();
    engine.whenAsked(() -> readers.add(Thread.currentThread()));
    AssistRequest request = request("proofread", WRONG, "", 0);
    Assistant.Estimate _ = assistant.estimate(request).get(10, TimeUnit.SECONDS);
    Proposal _ = propose(request).get(10, TimeUnit.SECONDS);
    assertFalse(readers.isEmpty());
    assertTrue(readers.stream().noneMatch(caller::equals), "the caller worded the prompt");
  }

  @Test
  void holdsTheModelFromTheRequestToTheAnswerWithItsSecondTry() throws Exception {
    use();
    engine.answers("", RIGHT);
    List<Integer> holds = new ArrayList<>();
    engine.whenAsked(() -> holds.add(engine.holds.get()));
    Proposal proposal = propose(request("proofread", WRONG, "", 0)).get(10, TimeUnit.SECONDS);
    assertEquals(2, proposal.attempts());
    assertEquals(List.of(1, 1), holds);
    assertEquals(0, engine.holds.get());
  }

  @Test
  void aRequestThatFailsHoldsTheModelNoLonger() {
    use();
    AssistException _ = failure(propose(request("proofread", " ", "", 0)));
    assertEquals(0, engine.holds.get());
  }

  @Test
  void anEstimateDoesNotWakeAModelThatRests() throws Exception {
    use();
    List<String> asked = new ArrayList<>();
    engine.whenAsked(() -> asked.add("asked"));
    engine.isResting = true;
    Assistant.Estimate estimate =
        assistant.estimate(request("proofread", WRONG, "", 0)).get(10, TimeUnit.SECONDS);
    assertTrue(Double.isNaN(estimate.seconds()));
    assertTrue(estimate.fits());
    assertEquals(List.of(), asked);
  }

  @Test
  void proposalTellsTheParametersThatWereUsed() throws Exception {
    use();
    for (long seed : new long[] {0, 7}) {
      engine.answers(RIGHT);
      Proposal proposal = propose(request("proofread", WRONG, "", seed)).get(10, TimeUnit.SECONDS);
      JsonNode parameters = new ObjectMapper().readTree(proposal.parameters());
      assertEquals(seed, parameters.get("seed").asLong());
      assertEquals(
          engine.asked.getLast().params().temperature(),
          parameters.get("temperature").floatValue());
      assertEquals(engine.asked.getLast().params().topP(), parameters.get("top_p").floatValue());
    }
  }

  @Test
  void instructionAndTextReachTheModel() throws Exception {
    use();
    engine.answers("Das Geschäft ist zu.");
    Proposal proposal =
        propose(request("instruct", "The shop is closed.", "Translate to German.", 0))
            .get(10, TimeUnit.SECONDS);
    assertEquals("Das Geschäft ist zu.", proposal.text());
    assertEquals(List.of(), proposal.findings());
    String asked = engine.asked.getFirst().messages().getLast().content();
    assertTrue(asked.contains("Translate to German.") && asked.contains("The shop is closed."));
  }

  @Test
  void withoutAModelItSaysSo() {
    AssistException e = failure(propose(request("proofread", WRONG, "", 0)));
    assertEquals(Reason.NO_MODEL, e.reason());
    assertEquals("No model is chosen; add one in the settings.", e.getMessage());
    assertEquals(Optional.empty(), assistant.model());
    assertEquals(Reason.NO_MODEL, failure(assistant.warmUp(_ -> {})).reason());
    assertEquals(
        Reason.NO_MODEL, failure(assistant.estimate(request("proofread", WRONG, "", 0))).reason());
  }

  @Test
  void emptyTextIsRefused() {
    use();
    AssistException e = failure(propose(request("proofread", " \n\t", "", 0)));
    assertEquals(Reason.NO_TEXT, e.reason());
    assertEquals(List.of(), engine.asked);
  }

  @Test
  void emptyInstructionIsRefused() {
    use();
    AssistException e = failure(propose(request("instruct", WRONG, " \n", 0)));
    assertEquals(Reason.NO_INSTRUCTION, e.reason());
    assertEquals(List.of(), engine.asked);
  }

  @Test
  void unknownActionIsRefusedWithTheNamesOfAll() {
    use();
    Action unknown = new Action("dance", "mdi2c-check", Action.Result.REPLACE, false, true);
    AssistException e = failure(propose(new AssistRequest(unknown, WRONG, "", 0)));
    assertEquals(Reason.FAILED, e.reason());
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith("There is no action 'dance'; there are: proofread, "));
  }

  @Test
  void textThatIsLargerThanTheContextIsSaidWithNumbers() {
    use();
    engine.fails(new ContextOverflowException(9000, 2048));
    AssistException e = failure(propose(request("summarize", WRONG, "", 0)));
    assertEquals(Reason.TOO_LONG, e.reason());
    assertEquals(
        "The text has 9000 tokens and the model reads at most 2048; select a shorter passage.",
        e.getMessage());
  }

  @Test
  void modelThatCannotBeLoadedIsSaidInItsWords() {
    use();
    engine.fails(
        new ModelLoadException(
            ModelLoadException.Reason.MISSING_FILE, "model.onnx is missing; import it again"));
    AssistException e = failure(propose(request("proofread", WRONG, "", 0)));
    assertEquals(Reason.MODEL_UNUSABLE, e.reason());
    assertEquals("model.onnx is missing; import it again", e.getMessage());
  }

  @Test
  void failureInTheMiddleOfATextFailsTheRequest() {
    use();
    engine.answers(RIGHT).fails(new EngineException("out of memory", new Exception()));
    AssistException e = failure(propose(request("proofread", WRONG + " He have two cat.", "", 0)));
    assertEquals(Reason.FAILED, e.reason());
    assertEquals("The model failed: out of memory", e.getMessage());
  }

  @Test
  void afterAFailureTheNextRequestIsAnswered() throws Exception {
    use();
    engine.fails(new IllegalStateException()).answers(RIGHT);
    assertEquals(
        "The model failed: IllegalStateException",
        failure(propose(request("proofread", WRONG, "", 0))).getMessage());
    Proposal proposal = propose(request("proofread", WRONG, "", 0)).get(10, TimeUnit.SECONDS);
    assertEquals(RIGHT, proposal.text());
  }

  @Test
  void warmUpLoadsTheModelAndUnloadFreesIt() throws Exception {
    use();
    List<Phase> phases = new ArrayList<>();
    assistant.warmUp(phases::add).get(10, TimeUnit.SECONDS);
    assertEquals(List.of(new Phase.Loading(0), new Phase.Loading(1)), phases);
    assertTrue(engine.isLoaded());
    assistant.unload().get(10, TimeUnit.SECONDS);
    assertEquals(false, engine.isLoaded());
  }

  @Test
  void estimateIsWithoutSecondsUntilSomethingWasMeasured() throws Exception {
    use();
    String text = "She dont like apples and he have two cat in the big house by the sea.";
    AssistRequest request = request("proofread", text, "", 0);
    Assistant.Estimate before = assistant.estimate(request).get(10, TimeUnit.SECONDS);
    assertTrue(Double.isNaN(before.seconds()));
    assertTrue(before.promptTokens() > 0 && before.expectedTokens() > 0);
    assertEquals(2048, before.contextLength());
    assertTrue(before.fits());
    engine.answers(text);
    Proposal _ = propose(request).get(10, TimeUnit.SECONDS);
    double after = assistant.estimate(request).get(10, TimeUnit.SECONDS).seconds();
    assertTrue(after > 0 && after < 60, "seconds: " + after);
    use();
    assertTrue(
        Double.isNaN(assistant.estimate(request).get(10, TimeUnit.SECONDS).seconds()),
        "another model has another speed");
  }

  @Test
  void estimateTellsHowMuchOfTheContextAndHowManyPartsALongTextTakes() throws Exception {
    use();
    String text = "She likes apples. ".repeat(1000).strip();
    Assistant.Estimate summary = estimate("summarize", text);
    assertTrue(summary.parts() > 1, summary.toString());
    assertTrue(summary.fits());
    assertTrue(summary.share() > 50 && summary.share() <= 100, summary.toString());
    Assistant.Estimate sentences = estimate("proofread", text);
    assertEquals(1, sentences.parts(), "it is sent sentence by sentence");
    assertTrue(sentences.share() < 20, sentences.toString());
    Assistant.Estimate half = estimate("summarize", text.substring(0, 3000));
    assertEquals(1, half.parts());
    assertTrue(half.share() > 30 && half.share() < 60, half.toString());
  }

  @Test
  void aLongerTextTakesMoreTimeInMoreParts() throws Exception {
    use();
    String text = "She likes the apples in the big garden by the sea in the evening. ";
    engine.answers(text.strip());
    Proposal _ = propose(request("proofread", text, "", 0)).get(10, TimeUnit.SECONDS);
    for (String action : List.of("summarize", "instruct", "rewrite", "proofread")) {
      double one = estimate(action, text.repeat(300)).seconds();
      double two = estimate(action, text.repeat(600)).seconds();
      assertEquals(2, two / one, 0.2, action);
    }
  }

  @Test
  void aModelIsMeasuredBeforeAnythingWasAskedAndARequestEndsThat() throws Exception {
    use();
    assertTrue(Double.isNaN(estimate("proofread", "She dont like it.").seconds()));
    engine.answers("Yesterday we were walking to the library in the old part of the town.");
    assistant.measureSpeed().get(10, TimeUnit.SECONDS);
    assertTrue(assistant.speed().isPresent());
    assertTrue(estimate("proofread", "She dont like it.").seconds() > 0);
    int asked = engine.asked.size();
    assistant.measureSpeed().get(10, TimeUnit.SECONDS);
    assertEquals(asked, engine.asked.size(), "once is enough");

    assistant.use("other", Path.of("other")).join();
    assertTrue(assistant.speed().isEmpty());
    assistant.expect(new Speed(10, 5));
    assertEquals(Optional.of(new Speed(10, 5)), assistant.speed());

    assistant.use("third", Path.of("third")).join();
    engine.answers("one two three four five six seven eight nine ten", "She does not like it.");
    CompletableFuture<Void> measured = assistant.measureSpeed();
    Proposal proposal =
        propose(request("proofread", "She dont like it.", "", 0)).get(10, TimeUnit.SECONDS);
    measured.get(10, TimeUnit.SECONDS);
    assertFalse(proposal.text().isEmpty());
  }

  private Assistant.Estimate estimate(String action, String text) throws Exception {
    String instruction = action.equals("instruct") ? "Make it shorter." : "";
    return assistant.estimate(request(action, text, instruction, 0)).get(10, TimeUnit.SECONDS);
  }

  private void use() {
    assistant.use("tiny", Path.of("tiny")).join();
  }

  private AssistRequest request(String action, String text, String instruction, long seed) {
    Action chosen =
        assistant.actions().stream()
            .filter(known -> known.id().equals(action))
            .findFirst()
            .orElseThrow();
    return new AssistRequest(chosen, text, instruction, seed);
  }

  private CompletableFuture<Proposal> propose(AssistRequest request) {
    return assistant.propose(request, _ -> {}, new CancellationToken());
  }

  private static AssistException failure(CompletableFuture<?> future) {
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS));
    return assertInstanceOf(AssistException.class, e.getCause());
  }
}
