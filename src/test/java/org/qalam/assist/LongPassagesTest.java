package org.qalam.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.assist.Finding.Check;
import org.qalam.engine.GenerationRequest;
import org.qalam.task.CancellationToken;
import org.qalam.tokenizer.ChatMessage;

/** Texts that are longer than the engine's context of 2,048 tokens, up to 200,000 characters. */
class LongPassagesTest {
  private static final int CONTEXT = 2048;
  private static final String OTHER_POINT = "It tells the town of its books.";
  private static final String POINT =
      "The library counts its books and tells the town, which counts the books of the library and"
          + " tells the library of its books, and the library tells the town of the books.";

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

  /** About so many characters in paragraphs of six sentences, no two of them the same. */
  private static String text(int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < characters; i++) {
      text.append("The library counts its books and tells the town ")
          .append(word(i))
          .append(i % 6 == 5 ? ".\n\n" : ". ");
    }
    return text.toString().strip();
  }

  /** A number in letters, as checks look at digits. */
  private static String word(int number) {
    return String.valueOf(number)
        .chars()
        .mapToObj(digit -> String.valueOf((char) (digit - '0' + 'a')).repeat(2))
        .collect(Collectors.joining());
  }

  /** Nine of ten sentences were answered before, which keeps it short. */
  @Test
  void aCorrectionOf200000CharactersComesThroughWhole() throws Exception {
    String text = text(200_000);
    Map<String, String> answered = new HashMap<>();
    int number = 0;
    for (Pieces.Piece piece : Pieces.of(text, Recipe.Unit.SENTENCE)) {
      if (piece.sent() && number++ % 10 != 0) {
        answered.put(piece.text(), piece.text());
      }
    }
    PieceWork.Answer answer = run("proofread", text, "", answered);
    assertEquals(text, answer.text());
    assertEquals(number - answered.size(), engine.asked.size());
    assertTrue(number > 3000, number + " sentences");
  }

  @Test
  void aSummaryOf200000CharactersIsMadeInLevelsThatReadAll() throws Exception {
    engine.otherwise(_ -> POINT + " " + OTHER_POINT);
    String text = text(200_000);
    PieceWork.Answer answer = run("summarize", text, "", Map.of());
    assertTrue(answer.text().startsWith(POINT));
    assertFalse(answer.stopped());
    List<Phase.Part> parts = parts();
    long first = parts.stream().filter(part -> !part.isJoining()).count();
    assertEquals(parts.getFirst().all(), first);
    assertEquals(text, read(first));
    assertEquals(new Phase.Part(1, 1, true), parts.getLast());
    assertTrue(
        parts.contains(new Phase.Part(2, parts.get((int) first).all(), true)), "a level between");
  }

  @ParameterizedTest
  @ValueSource(strings = {"summarize", "key-points", "instruct", "rewrite", "continue"})
  void whatIsAskedAndItsAnswerFitTheContext(String action) throws Exception {
    engine.otherwise(_ -> POINT);
    PieceWork.Answer _ = run(action, text(14_000), "Make it shorter.", Map.of());
    for (GenerationRequest request : engine.asked) {
      int prompt =
          engine.countTokens(request.messages()).join() + request.answerPrefix().length() / 4;
      assertTrue(prompt + 128 <= CONTEXT, prompt + " tokens were asked");
    }
  }

  @Test
  void aTextThatFitsIsAskedAboutInOnePiece() throws Exception {
    engine.otherwise(_ -> POINT);
    PieceWork.Answer answer = run("summarize", text(5_000), "", Map.of());
    assertEquals(POINT, answer.text());
    assertEquals(1, engine.asked.size());
    assertEquals(List.of(), parts());
  }

  @Test
  void aTextThatLeavesRoomForAShortAnswerIsNotCutForALongerOne() throws Exception {
    engine.otherwise(_ -> POINT);
    String text = text(9_000);
    while (engine.countTokens(List.of(ChatMessage.user(text))).join() > 1_600) {
      text = text.substring(0, text.lastIndexOf(' '));
    }
    PieceWork.Answer _ = run("summarize", text, "", Map.of());
    assertEquals(1, engine.asked.size());
  }

  @Test
  void faultsInPartsAreTold() throws Exception {
    engine.answers(REFUSED, REFUSED).otherwise(_ -> POINT);
    PieceWork.Answer answer = run("summarize", text(30_000), "", Map.of());
    int parts = parts().getFirst().all();
    assertEquals(List.of(new Finding(Check.PARTS_DOUBTFUL, "1 / " + parts)), answer.findings());
  }

  @Test
  void stopInTheMiddleOfTheLevelsKeepsThePartsThatAreDoneAndSaysWhich() throws Exception {
    engine.otherwise(_ -> POINT);
    engine.atRequest(3, cancellation::cancel);
    PieceWork.Answer answer = run("summarize", text(30_000), "", Map.of());
    assertTrue(answer.stopped());
    assertEquals(POINT + "\n\n" + POINT, answer.text());
    assertEquals(
        List.of(new Finding(Check.PARTS_DONE, "2 / " + parts().getFirst().all())),
        answer.findings());
  }

  @Test
  void partsThatDoNotGetShorterAreShownAsTheyAre() throws Exception {
    engine.otherwise(request -> request.messages().getLast().content().substring(40));
    PieceWork.Answer answer = run("key-points", text(9_000), "", Map.of());
    assertTrue(
        answer.findings().contains(new Finding(Check.NOT_JOINED, "")),
        answer.findings().toString());
    assertTrue(answer.text().length() > 6_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proofread", "rewrite"})
  void aSentenceThatIsLongerThanTheContextIsCutBetweenWords(String action) throws Exception {
    String endless =
        IntStream.range(0, 1100).mapToObj(LongPassagesTest::word).collect(Collectors.joining(" "));
    engine.otherwise(LongPassagesTest::piece);
    PieceWork.Answer answer =
        run(action, "It is so.\n\n" + endless + "\n\nIt was so.", "", Map.of());
    assertEquals("It is so.\n\n" + endless + "\n\nIt was so.", answer.text());
    assertTrue(engine.asked.size() > 2, engine.asked.size() + " pieces");
  }

  @Test
  void anInstructionIsFollowedInPartsAndSaysSo() throws Exception {
    engine.otherwise(LongPassagesTest::piece);
    String text = text(7_000);
    PieceWork.Answer answer = run("instruct", text, "Keep it.", Map.of());
    assertEquals(text, answer.text());
    assertTrue(engine.asked.size() > 2);
    assertEquals(
        List.of(
            new Finding(Check.IN_PARTS, String.valueOf(engine.asked.size())),
            new Finding(Check.UNCHANGED, "")),
        answer.findings());
  }

  @Test
  void goingOnReadsTheEndAndSaysHowMuch() throws Exception {
    engine.otherwise(_ -> "It went on.");
    String text = text(30_000);
    PieceWork.Answer answer = run("continue", text, "", Map.of());
    assertEquals("It went on.", answer.text());
    String read = engine.asked.getFirst().answerPrefix();
    assertTrue(text.endsWith(read) && text.contains("\n\n" + read), "it begins with a paragraph");
    assertTrue(read.length() > 4000, read.length() + " characters were read");
    assertEquals(Check.END_READ, answer.findings().getFirst().check());
  }

  @Test
  void whatWasAnsweredBeforeIsNotAskedAgain() throws Exception {
    String text = text(20_000);
    engine.otherwise(request -> piece(request).replace("counts", "counted"));
    engine.atRequest(100, cancellation::cancel);
    PieceWork.Answer stopped = run("proofread", text, "", Map.of());
    assertTrue(stopped.stopped());
    Map<String, String> answered = answered();
    assertEquals(99, answered.size());
    int before = engine.asked.size();
    PieceWork.Answer rest =
        work("proofread", text, "", answered, new CancellationToken())
            .run()
            .get(60, TimeUnit.SECONDS);
    assertEquals(text.replace("counts", "counted"), rest.text());
    assertEquals(sentences(text) - 99, engine.asked.size() - before);
  }

  @Test
  void aSentenceThatWasChangedMeanwhileIsAskedAgain() throws Exception {
    engine.otherwise(LongPassagesTest::piece);
    Map<String, String> answered = new HashMap<>();
    answered.put("The sun is warm.", "The sun is hot.");
    answered.put("The sea is cold today.", "The sea is cool today.");
    PieceWork.Answer answer =
        run("proofread", "The sun is warm. The sea was cold today.", "", answered);
    assertEquals("The sun is hot. The sea was cold today.", answer.text());
    assertEquals(1, engine.asked.size());
  }

  /** The piece in the prompt of an action that shows it. */
  private static String piece(GenerationRequest request) {
    String prompt = request.messages().getLast().content();
    if (prompt.endsWith("\"")) {
      return prompt.substring(prompt.indexOf('"') + 1, prompt.length() - 1);
    }
    int start = prompt.indexOf("The text:\n");
    return start < 0
        ? prompt.substring(prompt.indexOf(": ") + 2)
        : prompt.substring(start + "The text:\n".length());
  }

  private static int sentences(String text) {
    return (int) text.chars().filter(c -> c == '.').count();
  }

  /** What the first requests were about, joined as in the text. */
  private String read(long requests) {
    return engine.asked.stream()
        .limit(requests)
        .map(request -> request.messages().getLast().content())
        .map(prompt -> prompt.substring(0, prompt.lastIndexOf("\n\n")))
        .collect(Collectors.joining("\n\n"));
  }

  private List<Phase.Part> parts() {
    return phases.stream()
        .filter(Phase.Part.class::isInstance)
        .map(Phase.Part.class::cast)
        .toList();
  }

  private Map<String, String> answered() {
    return phases.stream()
        .filter(Phase.Answered.class::isInstance)
        .map(Phase.Answered.class::cast)
        .collect(Collectors.toMap(Phase.Answered::piece, Phase.Answered::answer));
  }

  private PieceWork.Answer run(
      String action, String text, String instruction, Map<String, String> answered)
      throws Exception {
    return work(action, text, instruction, answered, cancellation).run().get(60, TimeUnit.SECONDS);
  }

  private PieceWork work(
      String action,
      String text,
      String instruction,
      Map<String, String> answered,
      CancellationToken token) {
    Recipe recipe =
        Recipes.load().stream()
            .filter(known -> known.action().id().equals(action))
            .findFirst()
            .orElseThrow();
    AssistRequest request =
        new AssistRequest(recipe.action(), text, instruction, 0).knowing(answered);
    return new PieceWork(
        engine,
        recipe,
        request,
        new Speeds(),
        phase -> {
          if (!(phase instanceof Phase.Writing)) {
            phases.add(phase);
          }
        },
        token);
  }
}
