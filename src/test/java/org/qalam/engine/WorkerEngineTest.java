package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;
import org.qalam.tokenizer.ChatMessage;

/** The engine with the starter model that the build imported. */
class WorkerEngineTest {
  private static final Path STARTER = Path.of("models/smollm2-135m-instruct");
  private static final List<ChatMessage> FRANCE =
      List.of(ChatMessage.user("What is the capital of France? Answer in one word."));

  private final WorkerEngine engine = new WorkerEngine(new OnnxModelLoader(), _ -> 2);

  @AfterEach
  void close() {
    engine.close();
    engine.close();
  }

  @Test
  void starterKnowsTheCapitalOfFrance() throws Exception {
    engine.use(STARTER).join();
    StringBuilder heard = new StringBuilder();
    GenerationResult result =
        generate(FRANCE, 20, listener(heard::append), new CancellationToken());
    assertTrue(result.text().contains("Paris"), result.text());
    assertEquals(result.text(), heard.toString());
    assertEquals(FinishReason.STOP_TOKEN, result.finishReason());
    assertTrue(engine.isLoaded());
  }

  @Test
  void secondRequestReadsOnlyWhatIsNewAndAnswersTheSame() throws Exception {
    engine.use(STARTER).join();
    GenerationResult first = generate(FRANCE, 20, GenerationListener.NONE, new CancellationToken());
    GenerationResult second =
        generate(FRANCE, 20, GenerationListener.NONE, new CancellationToken());
    assertEquals(0, first.stats().reusedTokens());
    assertEquals(second.stats().promptTokens() - 2, second.stats().reusedTokens());
    assertEquals(first.ids(), second.ids());
  }

  @Test
  void promptFromBeforeAnotherOneIsNotReadAgainAndAnswersTheSame() throws Exception {
    engine.use(STARTER).join();
    List<ChatMessage> long1 =
        List.of(ChatMessage.user("Name one of these: " + "apple, ".repeat(60)));
    List<ChatMessage> long2 = List.of(ChatMessage.user("Which is red? " + "green, ".repeat(80)));
    GenerationResult first = generate(long1, 20, GenerationListener.NONE, new CancellationToken());
    generate(long2, 20, GenerationListener.NONE, new CancellationToken());
    GenerationResult again = generate(long1, 20, GenerationListener.NONE, new CancellationToken());
    assertEquals(again.stats().promptTokens() - 2, again.stats().reusedTokens());
    assertEquals(first.ids(), again.ids());
  }

  @Test
  void stopEndsTheAnswerWithinOneTokenAndKeepsIt() throws Exception {
    engine.use(STARTER).join();
    CancellationToken cancellation = new CancellationToken();
    int[] pieces = new int[1];
    GenerationResult result =
        generate(
            List.of(ChatMessage.user("Write a long story about a lighthouse.")),
            400,
            listener(_ -> {
              if (++pieces[0] == 5) {
                cancellation.cancel();
              }
            }),
            cancellation);
    assertEquals(FinishReason.CANCELLED, result.finishReason());
    assertEquals(5, pieces[0]);
    assertFalse(result.text().isBlank());
  }

  @Test
  void closingStopsARunningRequest() throws Exception {
    engine.use(STARTER).join();
    CountDownLatch writing = new CountDownLatch(1);
    CompletableFuture<GenerationResult> answer =
        engine.generate(
            GenerationRequest.of(
                List.of(ChatMessage.user("Write a long story about a lighthouse.")),
                GenerationParams.greedy(4000)),
            listener(_ -> writing.countDown()),
            new CancellationToken());
    assertTrue(writing.await(60, TimeUnit.SECONDS));
    engine.close();
    assertEquals(FinishReason.CANCELLED, answer.get(5, TimeUnit.SECONDS).finishReason());
    assertFalse(engine.isLoaded());
  }

  @Test
  void answerGoesOnFromItsPrefix() throws Exception {
    engine.use(STARTER).join();
    GenerationResult result =
        engine
            .generate(
                new GenerationRequest(
                    FRANCE,
                    "The capital of France is",
                    List.of("."),
                    GenerationParams.greedy(20),
                    Likely.NOTHING),
                GenerationListener.NONE,
                new CancellationToken())
            .get(60, TimeUnit.SECONDS);
    assertEquals(" Paris", result.text());
  }

  @Test
  void promptThatIsLargerThanTheContextIsSaidWithNumbers() {
    engine.use(STARTER).join();
    CompletionException e =
        assertThrows(
            CompletionException.class,
            () ->
                engine
                    .generate(
                        GenerationRequest.of(
                            List.of(ChatMessage.user("word ".repeat(9000))),
                            GenerationParams.greedy(10)),
                        GenerationListener.NONE,
                        new CancellationToken())
                    .join());
    ContextOverflowException overflow =
        assertInstanceOf(ContextOverflowException.class, e.getCause());
    assertEquals(8192, overflow.contextLength());
    assertTrue(overflow.tokens() > 9000);
  }

  @Test
  void requestWithoutAModelSaysSo() {
    CompletionException e =
        assertThrows(CompletionException.class, () -> engine.countTokens(FRANCE).join());
    assertInstanceOf(NoModelException.class, e.getCause());
  }

  @Test
  void unloadedModelComesBackByItself() throws Exception {
    engine.use(STARTER).join();
    engine.load(GenerationListener.NONE, new CancellationToken()).get(60, TimeUnit.SECONDS);
    assertTrue(engine.isLoaded());
    engine.unload().get(10, TimeUnit.SECONDS);
    assertFalse(engine.isLoaded());
    assertTrue(engine.countTokens(FRANCE).get(60, TimeUnit.SECONDS) > 10);
    assertTrue(engine.isLoaded());
  }

  private GenerationResult generate(
      List<ChatMessage> messages,
      int tokens,
      GenerationListener listener,
      CancellationToken cancellation)
      throws Exception {
    return engine
        .generate(
            GenerationRequest.of(messages, GenerationParams.greedy(tokens)), listener, cancellation)
        .get(120, TimeUnit.SECONDS);
  }

  private static GenerationListener listener(java.util.function.Consumer<String> heard) {
    return new GenerationListener() {
      @Override
      public void writing(String piece) {
        heard.accept(piece);
      }
    };
  }
}
