package org.qalam.assist;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.qalam.engine.Engine;
import org.qalam.engine.FinishReason;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationRequest;
import org.qalam.engine.GenerationResult;
import org.qalam.engine.GenerationStats;
import org.qalam.engine.NoModelException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Worker;
import org.qalam.tokenizer.ChatMessage;

/**
 * An engine that writes what a test told it to, word by word, on a thread of its own, and keeps
 * what it was asked.
 */
final class ScriptedEngine implements Engine {
  /** An answer, or a failure in its place. */
  private record Line(String text, FinishReason reason, @Nullable Exception failure) {}

  final List<GenerationRequest> asked = new ArrayList<>();
  private final Deque<Line> lines = new ArrayDeque<>();
  private final Worker worker = new Worker("scripted-engine");
  private @Nullable Path folder;
  private boolean isLoaded;

  /** Whether its model was in memory and is not. */
  volatile boolean isResting;

  /** Actions under way. */
  final AtomicInteger holds = new AtomicInteger();

  private int wordsToGo = Integer.MAX_VALUE;
  private Runnable afterWords = () -> {};
  private int awaited = Integer.MAX_VALUE;
  private Runnable atRequest = () -> {};
  private Runnable whenAsked = () -> {};

  private Function<GenerationRequest, String> otherwise = ScriptedEngine::lastLine;

  /** What it answers when no answers are left. */
  ScriptedEngine otherwise(Function<GenerationRequest, String> answer) {
    otherwise = answer;
    return this;
  }

  /** The next answers, one for each request; without any the last words of the prompt come back. */
  ScriptedEngine answers(String... texts) {
    for (String text : texts) {
      lines.add(new Line(text, FinishReason.STOP_TOKEN, null));
    }
    return this;
  }

  ScriptedEngine cutOff(String text) {
    lines.add(new Line(text, FinishReason.LENGTH, null));
    return this;
  }

  ScriptedEngine fails(Exception failure) {
    lines.add(new Line("", FinishReason.STOP_TOKEN, failure));
    return this;
  }

  /** Does something after so many words, of all answers together. */
  void after(int words, Runnable action) {
    wordsToGo = words;
    afterWords = action;
  }

  /** Does something before the first word of the answer to this request, the first being 1. */
  void atRequest(int number, Runnable action) {
    awaited = number;
    atRequest = action;
  }

  /** Does something whenever it is asked to answer or to count, on the asking thread. */
  void whenAsked(Runnable action) {
    whenAsked = action;
  }

  @Override
  public CompletableFuture<GenerationResult> generate(
      GenerationRequest request, GenerationListener listener, CancellationToken cancellation) {
    whenAsked.run();
    return worker.submit(() -> {
      requireModel(listener);
      asked.add(request);
      Line line =
          lines.isEmpty()
              ? new Line(otherwise.apply(request), FinishReason.STOP_TOKEN, null)
              : lines.removeFirst();
      if (line.failure != null) {
        throw line.failure;
      }
      listener.reading(0, 10);
      listener.reading(10, 10);
      if (asked.size() == awaited) {
        atRequest.run();
      }
      return write(line, listener, cancellation);
    });
  }

  private GenerationResult write(
      Line line, GenerationListener listener, CancellationToken cancellation) {
    StringBuilder written = new StringBuilder();
    FinishReason reason = line.reason;
    int words = 0;
    for (String word : line.text.splitWithDelimiters("(?<=\\s)(?=\\S)", -1)) {
      if (cancellation.isCancelled()) {
        reason = FinishReason.CANCELLED;
        break;
      }
      if (word.isEmpty()) {
        continue;
      }
      written.append(word);
      words++;
      listener.writing(word);
      if (--wordsToGo == 0) {
        afterWords.run();
      }
    }
    return new GenerationResult(
        List.of(),
        written.toString(),
        reason,
        new GenerationStats(10, 0, 0.1, words, 0.05 * words, words, 0, 0));
  }

  private static String lastLine(GenerationRequest request) {
    String prompt = request.messages().getLast().content();
    return prompt.substring(prompt.indexOf(": ") + 2);
  }

  private void requireModel(GenerationListener listener) {
    if (folder == null) {
      throw new NoModelException();
    }
    if (!isLoaded) {
      listener.loading(0);
      listener.loading(1);
      isLoaded = true;
    }
  }

  @Override
  public CompletableFuture<Void> use(Path modelFolder) {
    return worker.submit(() -> {
      folder = modelFolder;
      isLoaded = false;
      return null;
    });
  }

  @Override
  public Optional<Path> chosen() {
    return Optional.ofNullable(folder);
  }

  @Override
  public boolean isLoaded() {
    return isLoaded;
  }

  @Override
  public boolean isResting() {
    return isResting;
  }

  @Override
  public Hold hold() {
    holds.incrementAndGet();
    boolean[] isHeld = {true};
    return () -> {
      if (isHeld[0]) {
        isHeld[0] = false;
        holds.decrementAndGet();
      }
    };
  }

  @Override
  public void setSparesBattery(boolean on) {}

  @Override
  public void setIdleLimit(Optional<Duration> limit) {}

  @Override
  public void onIdleUnload(Runnable heard) {}

  @Override
  public CompletableFuture<Void> load(GenerationListener listener, CancellationToken cancellation) {
    return worker.submit(() -> {
      requireModel(listener);
      return null;
    });
  }

  @Override
  public CompletableFuture<Void> unload() {
    return worker.submit(() -> {
      isLoaded = false;
      return null;
    });
  }

  @Override
  public CompletableFuture<Integer> countTokens(List<ChatMessage> messages) {
    whenAsked.run();
    return worker.submit(
        () -> messages.stream().mapToInt(message -> message.content().length() / 4).sum());
  }

  @Override
  public CompletableFuture<Integer> contextLength() {
    return CompletableFuture.completedFuture(2048);
  }

  @Override
  public void close() {
    worker.close();
  }
}
