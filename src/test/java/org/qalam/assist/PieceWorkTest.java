package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qalam.assist.Finding.Check;
import org.qalam.engine.GenerationRequest;
import org.qalam.task.CancellationToken;

class PieceWorkTest {
  private static final String WRONG = "She dont like apples.";
  private static final String RIGHT = "She doesn't like apples.";
  private static final String REFUSED = "I'm sorry, but I can't help with that.";

  private final ScriptedEngine engine = new ScriptedEngine();
  private final CancellationToken cancellation = new CancellationToken();
  private final List<Phase> phases = new ArrayList<>();

  @BeforeEach
  void choose() {
    engine.use(Path.of("model")).join();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void goodAnswerIsAskedForOnce() throws Exception {
    engine.answers("Sure, here is the corrected text:\n\n" + RIGHT);
    PieceWork.Answer answer = run("proofread", WRONG);
    assertEquals(RIGHT, answer.text());
    assertEquals(List.of(), answer.findings());
    assertEquals(1, answer.attempts());
    assertEquals(1, engine.asked.size());
  }

  @Test
  void answerThatFailsIsAskedForOnceMoreMoreFirmly() throws Exception {
    engine.answers(REFUSED, RIGHT);
    PieceWork.Answer answer = run("proofread", WRONG);
    assertEquals(RIGHT, answer.text());
    assertEquals(List.of(), answer.findings());
    assertEquals(2, answer.attempts());
    assertEquals(2, engine.asked.size());
    assertEquals(0, engine.asked.getFirst().params().temperature());
    assertTrue(engine.asked.getLast().params().temperature() > 0);
    assertTrue(system(engine.asked.getLast()).length() > system(engine.asked.getFirst()).length());
  }

  @Test
  void answerThatFailsTwiceIsFlagged() throws Exception {
    engine.answers(REFUSED, REFUSED);
    PieceWork.Answer answer = run("summarize", "The library is closed in May. It opens in June.");
    assertEquals(REFUSED, answer.text());
    assertEquals(List.of(Check.REFUSAL), checks(answer));
    assertEquals(2, engine.asked.size());
  }

  @Test
  void betterOfTwoFailedAnswersIsTaken() throws Exception {
    engine.answers(
        "Il est dans le jardin et il lit.", REFUSED + " Il est dans le jardin et il lit.");
    PieceWork.Answer answer = run("continue", "The man is in the garden and he reads the paper.");
    assertEquals("Il est dans le jardin et il lit.", answer.text());
    assertEquals(List.of(Check.LANGUAGE), checks(answer));
  }

  @Test
  void correctionThatFailsKeepsTheWritersWords() throws Exception {
    engine.answers(RIGHT, REFUSED, REFUSED, "They are here.");
    PieceWork.Answer answer = run("proofread", WRONG + " He have two cat. They is here.");
    assertEquals(RIGHT + " He have two cat. They are here.", answer.text());
    assertEquals(List.of(new Finding(Check.PARTLY_KEPT, "1 / 3")), answer.findings());
  }

  @Test
  void correctionThatIsCutOffKeepsTheWritersWords() throws Exception {
    engine.cutOff("She doesn't like").cutOff("She doesn't like");
    PieceWork.Answer answer = run("proofread", WRONG);
    assertEquals(WRONG, answer.text());
    assertEquals(List.of(new Finding(Check.PARTLY_KEPT, "1 / 1")), answer.findings());
  }

  @Test
  void rewritingThatIsCutOffIsFlagged() throws Exception {
    engine.cutOff("She has never liked").cutOff("She has never liked");
    PieceWork.Answer answer = run("rewrite", WRONG);
    assertEquals("She has never liked", answer.text());
    assertEquals(List.of(Check.CUT_OFF), checks(answer));
  }

  @Test
  void blankLinesMarksAndCodeStayAsTheyAre() throws Exception {
    engine.answers("The list", RIGHT, "He has two cats.");
    PieceWork.Answer answer =
        run(
            "proofread",
            "# The lists\n\n- " + WRONG + "\r\n\n```\na have b\n```\n1. He have two cat.\n");
    assertEquals(
        "# The list\n\n- " + RIGHT + "\r\n\n```\na have b\n```\n1. He has two cats.\n",
        answer.text());
  }

  @Test
  void emphasisAndLinksComeBackAndTheModelDoesNotSeeThem() throws Exception {
    engine.answers(RIGHT, "It is really cold.", "We have had no warmth for days, says the office.");
    PieceWork.Answer corrected =
        run("proofread", "- **" + WRONG + "**\n- It is _realy_ [cold](https://a.example/b).\n");
    assertEquals(
        "- **" + RIGHT + "**\n- It is _really_ [cold](https://a.example/b).\n", corrected.text());
    PieceWork.Answer reworded =
        run("rewrite", "The heating broke on *Monday*, says [the office](https://a.example/c).");
    assertEquals(
        "We have had no warmth for days, says [the office](https://a.example/c).", reworded.text());
    for (GenerationRequest request : engine.asked) {
      String asked = request.messages().getLast().content();
      assertFalse(asked.contains("*") || asked.contains("https"), asked);
    }
  }

  @Test
  void theModelReadsWholeSentencesWhereLinesWereBrokenAtAWidth() throws Exception {
    String wrapped = "The people in the house on the corner of our street\ndont like apples.";
    engine.answers("The people in the house on the corner of our street don't like apples.");
    PieceWork.Answer answer = run("proofread", wrapped + "\n");
    assertEquals(wrapped.replace("dont", "don't") + "\n", answer.text());
    assertEquals(1, engine.asked.size());
    assertTrue(engine.asked.getFirst().messages().getLast().content().contains("street dont like"));
  }

  @Test
  void textThatIsRightIsUnchanged() throws Exception {
    engine.answers(RIGHT);
    PieceWork.Answer answer = run("proofread", RIGHT);
    assertEquals(RIGHT, answer.text());
    assertEquals(List.of(Check.UNCHANGED), checks(answer));
  }

  @Test
  void textWithoutWordsNeedsNoModel() throws Exception {
    PieceWork.Answer answer = run("proofread", "1 + 2 = 3\n");
    assertEquals("1 + 2 = 3\n", answer.text());
    assertEquals(List.of(), engine.asked);
  }

  @Test
  void stopInACorrectionKeepsWhatIsFinishedAndLeavesTheRest() throws Exception {
    engine.answers(RIGHT, "He has two cats.", "They are here.");
    engine.after(5, cancellation::cancel);
    PieceWork.Answer answer = run("proofread", WRONG + " He have two cat.\n\nThey is here.\n");
    assertTrue(answer.stopped());
    assertEquals(RIGHT + " He have two cat.\n\nThey is here.\n", answer.text());
    assertEquals(List.of(), answer.findings());
    assertEquals(2, engine.asked.size());
  }

  @Test
  void stopInARewritingKeepsFinishedParagraphsAndLeavesTheOthers() throws Exception {
    engine.answers("She has never liked apples.", "He owns two cats.");
    engine.after(7, cancellation::cancel);
    PieceWork.Answer answer = run("rewrite", WRONG + "\n\nHe have two cat.\n\nThey is here.");
    assertTrue(answer.stopped());
    assertTrue(answer.whole());
    assertEquals("She has never liked apples.\n\nHe have two cat.\n\nThey is here.", answer.text());
  }

  @Test
  void stopBeforeAParagraphsFirstWordLeavesItAsItIs() throws Exception {
    engine.answers("She has never liked apples.", "He owns two cats.");
    engine.atRequest(2, cancellation::cancel);
    PieceWork.Answer answer = run("rewrite", WRONG + "\n\nHe have two cat.\n\nThey is here.");
    assertTrue(answer.stopped());
    assertEquals("She has never liked apples.\n\nHe have two cat.\n\nThey is here.", answer.text());
  }

  @Test
  void stopAtTheEndOfAParagraphKeepsIt() throws Exception {
    engine.answers("She has never liked apples.");
    engine.after(5, cancellation::cancel);
    PieceWork.Answer answer = run("rewrite", WRONG + "\n\nHe have two cat.");
    assertTrue(answer.stopped());
    assertEquals("She has never liked apples.\n\nHe have two cat.", answer.text());
  }

  @Test
  void stopInASummaryKeepsWhatIsWritten() throws Exception {
    engine.answers("The library is closed in May and opens again in June.");
    engine.after(3, cancellation::cancel);
    PieceWork.Answer answer = run("summarize", "The library is closed in May. It opens in June.");
    assertTrue(answer.stopped());
    assertEquals("The library is", answer.text());
    assertEquals(List.of(), answer.findings());
  }

  @Test
  void stopBeforeTheFirstWordGivesNothing() throws Exception {
    cancellation.cancel();
    PieceWork.Answer answer = run("summarize", "The library is closed in May. It opens in June.");
    assertTrue(answer.stopped());
    assertEquals("", answer.text());
  }

  @Test
  void stoppedAnswerIsNotAskedForAgain() throws Exception {
    engine.answers(REFUSED, RIGHT);
    engine.after(2, cancellation::cancel);
    PieceWork.Answer answer = run("proofread", WRONG);
    assertTrue(answer.stopped());
    assertEquals(1, engine.asked.size());
    assertEquals(WRONG, answer.text());
  }

  @Test
  void answerThatGoesRoundInCirclesIsEndedAndAskedForAgain() throws Exception {
    String loop = "The cat is here again. ".repeat(500);
    engine.answers(loop, "He sat down on the wall and looked at the boats.");
    PieceWork.Answer answer = run("continue", "The old man walked to the harbour in the rain.");
    assertEquals("He sat down on the wall and looked at the boats.", answer.text());
    assertFalse(answer.stopped());
    Phase.Retrying retrying =
        assertInstanceOf(
            Phase.Retrying.class,
            phases.stream().filter(Phase.Retrying.class::isInstance).findFirst().orElseThrow());
    assertEquals(Check.REPETITION, retrying.because().check());
    assertTrue(answer.newTokens() < 200, answer.newTokens() + " words of the loop were waited for");
  }

  @Test
  void phasesComeInOrder() throws Exception {
    engine.answers(REFUSED, RIGHT);
    PieceWork.Answer answer = run("proofread", WRONG);
    assertEquals(RIGHT, answer.text());
    assertEquals(
        List.of("Loading", "Reading", "Writing", "Retrying", "Reading", "Writing"), kinds());
    assertEquals(new Phase.Loading(0), phases.getFirst());
    Phase.Writing last = assertInstanceOf(Phase.Writing.class, phases.getLast());
    assertEquals(RIGHT, last.textSoFar());
  }

  @Test
  void whatIsShownGrowsOverAllPieces() throws Exception {
    engine.answers(RIGHT, "He has two cats.");
    PieceWork.Answer answer = run("proofread", WRONG + " He have two cat.");
    List<String> shown =
        phases.stream()
            .filter(Phase.Writing.class::isInstance)
            .map(phase -> ((Phase.Writing) phase).textSoFar())
            .toList();
    assertEquals("She", shown.getFirst());
    assertEquals(answer.text(), shown.getLast());
    for (int i = 1; i < shown.size(); i++) {
      assertTrue(shown.get(i).startsWith(shown.get(i - 1)), shown.get(i));
    }
    assertEquals(List.of("Loading", "Reading", "Writing"), kinds());
  }

  @Test
  void whatIsCertainIsToldAfterEachSentence() throws Exception {
    engine.answers(RIGHT, "He has two cats.");
    String text = WRONG + " He have two cat.";
    PieceWork.Answer answer = run("proofread", text);
    List<Phase.Reached> reached =
        phases.stream()
            .filter(Phase.Writing.class::isInstance)
            .map(phase -> ((Phase.Writing) phase).reached())
            .distinct()
            .toList();
    assertEquals(
        List.of(
            Phase.Reached.NOTHING,
            new Phase.Reached(WRONG.length(), RIGHT.length(), true),
            new Phase.Reached(WRONG.length() + 1, RIGHT.length() + 1, true),
            new Phase.Reached(text.length(), answer.text().length(), true)),
        reached);
  }

  @Test
  void paragraphsWordedAnewAreToldOneByOneAndWhetherTheyPassTheirChecks() throws Exception {
    String first = "The library is closed in May. It opens in June.";
    String firstAnew = "The library is closed in May and opens in June.";
    String second = "The garden is closed in winter. It opens in March.";
    engine.answers(firstAnew, REFUSED, REFUSED);
    PieceWork.Answer answer = run("rewrite", first + "\n\n" + second);
    List<Phase.Reached> reached =
        phases.stream()
            .filter(Phase.Writing.class::isInstance)
            .map(phase -> ((Phase.Writing) phase).reached())
            .distinct()
            .toList();
    assertEquals(new Phase.Reached(first.length(), firstAnew.length(), true), reached.get(1));
    assertEquals(
        new Phase.Reached(first.length() + 2 + second.length(), answer.text().length(), false),
        reached.getLast());
  }

  @Test
  void anotherTextIsNotCertainBeforeItsEnd() throws Exception {
    engine.answers("La biblioteca está cerrada.", "El jardín está cerrado.");
    PieceWork.Answer _ = run("translate", "The library is closed.\n\nThe garden is closed.");
    assertTrue(
        phases.stream()
            .filter(Phase.Writing.class::isInstance)
            .allMatch(phase -> ((Phase.Writing) phase).reached().equals(Phase.Reached.NOTHING)));
  }

  @Test
  void aRewritingInOnePieceIsNotCertainBeforeItsEnd() throws Exception {
    engine.answers("The library is closed in May and opens in June.");
    PieceWork.Answer _ = run("rewrite", "The library is closed in May. It opens in June.");
    assertTrue(
        phases.stream()
            .filter(Phase.Writing.class::isInstance)
            .allMatch(phase -> ((Phase.Writing) phase).reached().equals(Phase.Reached.NOTHING)));
  }

  @Test
  void aParagraphThatIsStoppedIsNotWhole() throws Exception {
    engine.answers("The library is closed in May and opens in June.");
    engine.after(4, cancellation::cancel);
    PieceWork.Answer answer = run("rewrite", "The library is closed in May. It opens in June.");
    assertTrue(answer.stopped());
    assertFalse(answer.whole());
    assertFalse(answer.text().isBlank());
  }

  @Test
  void seedZeroIsTheLikeliestAnswerAndOthersAreOther() throws Exception {
    for (long seed : new long[] {0, 1, 2}) {
      engine.answers(RIGHT);
      assertEquals(RIGHT, run("proofread", WRONG, seed).text());
    }
    assertEquals(0, engine.asked.getFirst().params().temperature());
    assertTrue(engine.asked.get(1).params().temperature() > 0);
    assertEquals(
        3, engine.asked.stream().map(request -> request.params().seed()).distinct().count());
  }

  @Test
  void costsOfAllPiecesAndAttemptsAreAddedUp() throws Exception {
    engine.answers(REFUSED, RIGHT, "He has two cats.");
    PieceWork.Answer answer = run("proofread", WRONG + " He have two cat.");
    assertEquals(30, answer.promptTokens());
    assertEquals(8 + 4 + 4, answer.newTokens());
    assertEquals(20, answer.tokensPerSecond(), 1e-6);
  }

  @Test
  void textOfThousandsOfSentencesComesThrough() throws Exception {
    String text =
        IntStream.range(1000, 2200)
            .mapToObj(i -> "This is sentence number " + i + ".")
            .collect(Collectors.joining(" "));
    PieceWork.Answer answer = work("proofread", text, 0, _ -> {}).run().get(60, TimeUnit.SECONDS);
    assertEquals(text, answer.text());
    assertEquals(1200, engine.asked.size());
    assertEquals(List.of(Check.UNCHANGED), checks(answer));
  }

  private List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    for (Phase phase : phases) {
      String kind = phase.getClass().getSimpleName();
      if (phase instanceof Phase.Answered) {
        continue;
      }
      if (kinds.isEmpty() || !kinds.getLast().equals(kind)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static List<Check> checks(PieceWork.Answer answer) {
    return answer.findings().stream().map(Finding::check).toList();
  }

  private static String system(GenerationRequest request) {
    return request.messages().getFirst().content();
  }

  private PieceWork.Answer run(String action, String text) throws Exception {
    return run(action, text, 0);
  }

  private PieceWork.Answer run(String action, String text, long seed) throws Exception {
    return work(action, text, seed, phases::add).run().get(60, TimeUnit.SECONDS);
  }

  private PieceWork work(String action, String text, long seed, Consumer<Phase> heard) {
    Recipe recipe =
        Recipes.load().stream()
            .filter(known -> known.action().id().equals(action))
            .findFirst()
            .orElseThrow();
    AssistRequest request = new AssistRequest(recipe.action(), text, "", seed);
    return new PieceWork(engine, recipe, request, new Speeds(), heard, cancellation);
  }
}
