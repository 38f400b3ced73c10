package org.qalam.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.qalam.task.CancellationToken;
import org.qalam.task.EngineThread;
import org.qalam.task.ThreadPriority;
import org.qalam.task.Worker;
import org.qalam.tokenizer.ChatMessage;

/**
 * The engine on one worker thread. It keeps the last run's key-value cache, so that a request that
 * begins like the one before (the same instructions) reads only what is new.
 */
public final class WorkerEngine implements Engine {
  private final ModelLoader loader;
  private final IntSupplier threads;
  private final Worker worker = new Worker("engine");
  private volatile @Nullable Path chosen;
  private volatile boolean loaded;
  private volatile @Nullable CancellationToken running;
  private volatile boolean closing;

  // Confined to the worker's thread.
  private @Nullable LanguageModel model;
  private @Nullable Path modelFolder;
  private @Nullable Generation generation;

  /**
   * @param threads asked each time a model is loaded
   */
  public WorkerEngine(ModelLoader loader, IntSupplier threads) {
    this.loader = loader;
    this.threads = threads;
  }

  /**
   * From now on what is computed here gives way to the program's other threads, on most systems.
   */
  public CompletableFuture<Void> giveWay() {
    return worker.submit(() -> {
      ThreadPriority.lower();
      return null;
    });
  }

  @Override
  public CompletableFuture<Void> use(Path folder) {
    chosen = folder;
    return worker.submit(() -> {
      if (!folder.equals(modelFolder)) {
        release();
      }
      return null;
    });
  }

  @Override
  public Optional<Path> chosen() {
    return Optional.ofNullable(chosen);
  }

  @Override
  public boolean isLoaded() {
    return loaded;
  }

  @Override
  public CompletableFuture<Void> load(GenerationListener listener, CancellationToken cancellation) {
    return worker.submit(() -> {
      LanguageModel _ = ready(listener, cancellation);
      return null;
    });
  }

  @Override
  public CompletableFuture<Void> unload() {
    return worker.submit(() -> {
      release();
      return null;
    });
  }

  @Override
  public CompletableFuture<GenerationResult> generate(
      GenerationRequest request, GenerationListener listener, CancellationToken cancellation) {
    return worker.submit(() -> {
      running = cancellation;
      try {
        if (closing) {
          cancellation.cancel();
        }
        return generateNow(request, listener, cancellation);
      } finally {
        running = null;
      }
    });
  }

  @EngineThread
  private GenerationResult generateNow(
      GenerationRequest request, GenerationListener listener, CancellationToken cancellation)
      throws ModelLoadException {
    LanguageModel ready;
    try {
      ready = ready(listener, cancellation);
    } catch (CancellationException e) {
      return Generation.nothing();
    }
    int[] conversation = ready.promptEncoder().encode(request.messages());
    int[] prefix = ready.tokenizer().encode(request.answerPrefix());
    int[] prompt = java.util.Arrays.copyOf(conversation, conversation.length + prefix.length);
    System.arraycopy(prefix, 0, prompt, conversation.length, prefix.length);
    Generation run = generation == null ? new Generation(ready) : generation;
    generation = run;
    try {
      return run.generate(prompt, request.stops(), request.params(), listener, cancellation);
    } catch (EngineException e) {
      release();
      throw e;
    }
  }

  @Override
  public CompletableFuture<Integer> countTokens(List<ChatMessage> messages) {
    return worker.submit(() ->
        ready(GenerationListener.NONE, new CancellationToken())
            .promptEncoder()
            .encode(messages)
            .length);
  }

  @Override
  public CompletableFuture<Integer> contextLength() {
    return worker.submit(
        () -> ready(GenerationListener.NONE, new CancellationToken()).contextLength());
  }

  @EngineThread
  private LanguageModel ready(GenerationListener listener, CancellationToken cancellation)
      throws ModelLoadException {
    worker.requireCurrent();
    Path folder = chosen;
    if (folder == null) {
      throw new NoModelException();
    }
    if (model != null && folder.equals(modelFolder)) {
      return model;
    }
    release();
    listener.loading(0);
    LanguageModel fresh =
        loader.load(
            folder,
            threads.getAsInt(),
            // Checking the files is about half of loading; the other half gives no news.
            (done, total) -> listener.loading(total == 0 ? 0 : 0.5 * done / total),
            cancellation);
    model = fresh;
    modelFolder = folder;
    loaded = true;
    listener.loading(1);
    return fresh;
  }

  @EngineThread
  private void release() {
    loaded = false;
    if (generation != null) {
      generation.close();
      generation = null;
    }
    if (model != null) {
      model.close();
      model = null;
    }
    modelFolder = null;
  }

  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    CancellationToken current = running;
    if (current != null) {
      current.cancel();
    }
    CompletableFuture<Void> _ = unload();
    worker.close();
  }
}
