package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.qalam.task.CancellationToken;
import org.qalam.tokenizer.ChatMessage;
import org.qalam.ui.editor.SteppedTime;

/** Threads, pauses and idleness, with a model of letters and a clock that the test moves. */
class EngineCareTest {
  private static final Path FOLDER = Path.of("stub");
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SteppedTime time = new SteppedTime();
  private final List<StubModel> loads = Collections.synchronizedList(new ArrayList<>());
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private volatile int cores = 4;
  private final WorkerEngine engine =
      new WorkerEngine(
          (_, threads, _, _) -> {
            StubModel model = new StubModel(threads, () -> log.add("closed"));
            loads.add(model);
            log.add("loaded");
            return model;
          },
          spares -> spares ? cores / 2 : cores,
          time);

  EngineCareTest() {
    engine.use(FOLDER).join();
    engine.onIdleUnload(() -> log.add("idle"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private CompletableFuture<GenerationResult> ask(
      int tokens, Consumer<String> heard, CancellationToken cancellation) {
    return engine.generate(
        GenerationRequest.of(List.of(ChatMessage.user("a")), GenerationParams.greedy(tokens)),
        new GenerationListener() {
          @Override
          public void loading(double fraction) {
            log.add("loading");
          }

          @Override
          public void writing(String piece) {
            heard.accept(piece);
          }
        },
        cancellation);
  }

  private GenerationResult ask(int tokens) throws Exception {
    return ask(tokens, _ -> {}, new CancellationToken()).get(60, TimeUnit.SECONDS);
  }

  /** Lets time pass, and the engine's thread do what is due. */
  private void pass(Duration duration) {
    time.pass(duration);
    Void _ = engine.use(FOLDER).join();
  }

  // ---- idleness ----

  @Test
  void unloadsAfterTheLimitAndComesBackByItself() throws Exception {
    engine.setIdleLimit(Optional.of(QUARTER));
    assertEquals("bcd", ask(3).text());
    pass(QUARTER.minus(SECOND));
    assertTrue(engine.isLoaded());
    pass(SECOND);
    assertFalse(engine.isLoaded());
    assertTrue(engine.isResting());
    assertEquals(List.of("loading", "loaded", "loading", "closed", "idle"), log);
    log.clear();
    assertEquals("bcd", ask(3).text());
    assertEquals(List.of("loading", "loaded", "loading"), log);
    assertFalse(engine.isResting());
  }

  @Test
  void everyActionBeginsTheTimeAnew() throws Exception {
    engine.setIdleLimit(Optional.of(QUARTER));
    for (int i = 0; i < 5; i++) {
      GenerationResult _ = ask(3);
      pass(QUARTER.minus(SECOND));
      assertTrue(engine.isLoaded());
    }
    pass(SECOND);
    assertFalse(engine.isLoaded());
    assertEquals(1, loads.size());
  }

  @Test
  void countingTokensIsNoAction() throws Exception {
    engine.setIdleLimit(Optional.of(QUARTER));
    GenerationResult _ = ask(3);
    pass(QUARTER.minus(SECOND));
    Integer _ = engine.countTokens(List.of(ChatMessage.user("abc"))).get(60, TimeUnit.SECONDS);
    pass(SECOND);
    assertFalse(engine.isLoaded());
  }

  @Test
  void aModelThatWasOnlyCountedWithIsUnloadedToo() throws Exception {
    engine.setIdleLimit(Optional.of(QUARTER));
    Integer _ = engine.countTokens(List.of(ChatMessage.user("abc"))).get(60, TimeUnit.SECONDS);
    assertTrue(engine.isLoaded());
    pass(QUARTER);
    assertFalse(engine.isLoaded());
  }

  @Test
  void neverUnloadsWithoutALimit() throws Exception {
    GenerationResult _ = ask(3);
    pass(Duration.ofDays(30));
    assertTrue(engine.isLoaded());
  }

  @Test
  void aShorterLimitCountsFromTheLastAction() throws Exception {
    engine.setIdleLimit(Optional.of(Duration.ofHours(1)));
    GenerationResult _ = ask(3);
    pass(Duration.ofMinutes(20));
    engine.setIdleLimit(Optional.of(QUARTER));
    pass(Duration.ZERO);
    assertFalse(engine.isLoaded());
  }

  @Test
  void aLongerLimitIsHeededToo() throws Exception {
    engine.setIdleLimit(Optional.of(QUARTER));
    GenerationResult _ = ask(3);
    engine.setIdleLimit(Optional.of(Duration.ofHours(1)));
    pass(Duration.ofMinutes(59));
    assertTrue(engine.isLoaded());
    pass(Duration.ofMinutes(1));
    assertFalse(engine.isLoaded());
  }

  @Test
  void anActionBetweenItsRequestsIsNotIdle() throws Exception {
    engine.setIdleLimit(Optional.of(QUARTER));
    Engine.Hold action = engine.hold();
    GenerationResult _ = ask(3);
    pass(QUARTER.multipliedBy(2));
    assertTrue(engine.isLoaded());
    action.close();
    action.close();
    pass(QUARTER.minus(SECOND));
    assertTrue(engine.isLoaded());
    pass(SECOND);
    assertFalse(engine.isLoaded());
  }

  // ---- threads ----

  @Test
  void changedThreadsAreTakenUpBetweenActions() throws Exception {
    Engine.Hold action = engine.hold();
    GenerationResult _ = ask(3);
    engine.setSparesBattery(true);
    GenerationResult _ = ask(3);
    assertEquals(List.of(4), loads.stream().map(model -> model.threads).toList());
    action.close();
    GenerationResult _ = ask(3);
    GenerationResult _ = ask(3);
    assertEquals(List.of(4, 2), loads.stream().map(model -> model.threads).toList());
    cores = 2; // unplugged, say
    GenerationResult _ = ask(3);
    assertEquals(List.of(4, 2, 1), loads.stream().map(model -> model.threads).toList());
  }

  // ---- pauses ----

  @Test
  void waitsBetweenTokensKeepsTheTextAndGoesOn() throws Exception {
    engine.setIdleLimit(Optional.of(QUARTER));
    CancellationToken cancellation = new CancellationToken();
    StringBuilder heard = new StringBuilder();
    CountDownLatch five = new CountDownLatch(5);
    CompletableFuture<GenerationResult> answer =
        ask(
            20,
            piece -> {
              heard.append(piece);
              five.countDown();
              if (five.getCount() == 0 && heard.length() == 5) {
                cancellation.pause();
              }
            },
            cancellation);
    assertTrue(five.await(60, TimeUnit.SECONDS));
    awaitPause();
    int steps = loads.getFirst().steps.get();
    time.pass(QUARTER.multipliedBy(4));
    assertEquals("bcdef", heard.toString());
    assertEquals(steps, loads.getFirst().steps.get());
    assertFalse(answer.isDone());
    assertTrue(engine.isLoaded());
    cancellation.resume();
    GenerationResult result = answer.get(60, TimeUnit.SECONDS);
    assertEquals("bcdefghijklmnopqrstu", result.text());
    assertEquals(FinishReason.LENGTH, result.finishReason());
    assertFalse(log.contains("closed"));
  }

  @Test
  void stopEndsAPausedAnswerWithWhatIsThere() throws Exception {
    CancellationToken cancellation = new CancellationToken();
    CompletableFuture<GenerationResult> answer =
        ask(20, _ -> cancellation.pause(), new CancellationToken(cancellation));
    awaitPause();
    cancellation.cancel();
    GenerationResult result = answer.get(60, TimeUnit.SECONDS);
    assertEquals("b", result.text());
    assertEquals(FinishReason.CANCELLED, result.finishReason());
  }

  @Test
  void pausedBeforeItBeginsItReadsNothing() throws Exception {
    CancellationToken cancellation = new CancellationToken();
    cancellation.pause();
    CompletableFuture<GenerationResult> answer = ask(20, _ -> {}, cancellation);
    awaitPause();
    assertEquals(0, loads.getFirst().steps.get());
    cancellation.cancel();
    assertEquals(FinishReason.CANCELLED, answer.get(60, TimeUnit.SECONDS).finishReason());
  }

  @Test
  void closingEndsAPausedAnswer() throws Exception {
    CancellationToken cancellation = new CancellationToken();
    CompletableFuture<GenerationResult> answer = ask(20, _ -> cancellation.pause(), cancellation);
    awaitPause();
    engine.close();
    assertEquals(FinishReason.CANCELLED, answer.get(60, TimeUnit.SECONDS).finishReason());
    assertTrue(log.contains("closed"));
  }

  /** Until an engine's thread waits in a pause, where it takes no time of the processor. */
  private static void awaitPause() throws InterruptedException {
    for (int i = 0; i < 60_000; i++) {
      if (Thread.getAllStackTraces().entrySet().stream()
          .anyMatch(entry -> isPaused(entry.getKey(), entry.getValue()))) {
        return;
      }
      Thread.sleep(1);
    }
    throw new AssertionError("no engine's thread came to wait");
  }

  private static boolean isPaused(Thread thread, StackTraceElement[] frames) {
    return thread.getName().equals("engine")
        && thread.getState() == Thread.State.WAITING
        && Arrays.stream(frames).anyMatch(frame -> frame.getMethodName().equals("awaitResumed"));
  }
}
