package org.qalam.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.qalam.task.CancellationToken;
import org.qalam.task.EngineThread;
import org.qalam.task.NativeMemory;
import org.qalam.task.ThreadPriority;
import org.qalam.task.Time;
import org.qalam.task.Worker;
import org.qalam.tokenizer.ChatMessage;

/**
 * The engine on one worker thread. It keeps the last run's key-value cache, so that a request that
 * begins like the one before (the same instructions) reads only what is new.
 */
public final class WorkerEngine implements Engine {
  private final ModelLoader loader;
  private final ThreadRule threads;
  private final IdleWatch idleness;
  private final Worker worker = new Worker("engine");
  private volatile @Nullable Path chosen;
  private volatile boolean loaded;
  private volatile @Nullable CancellationToken running;
  private volatile boolean closing;
  private volatile boolean resting;
  private volatile boolean sparesBattery;
  private volatile boolean guesses = true;
  private volatile boolean actionBegins;
  private final List<Runnable> idleListeners = new CopyOnWriteArrayList<>();

  // Confined to the worker's thread.
  private @Nullable LanguageModel model;
  private @Nullable Path modelFolder;
  private @Nullable Generation generation;
  private int modelThreads;

  public WorkerEngine(ModelLoader loader, ThreadRule threads) {
    this(loader, threads, Time.system());
  }

  /**
   * @param time of idleness
   */
  public WorkerEngine(ModelLoader loader, ThreadRule threads, Time time) {
    this.loader = loader;
    this.threads = threads;
    this.idleness = new IdleWatch(time, this::unloadIfIdle);
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
    boolean isOther = !folder.equals(chosen);
    chosen = folder;
    return worker.submit(() -> {
      if (isOther) {
        resting = false;
      }
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
  public boolean isResting() {
    return resting;
  }

  /** Whether answers that likely repeat their source are guessed from it (0067); they are. */
  public void setGuesses(boolean on) {
    guesses = on;
  }

  @Override
  public void setSparesBattery(boolean on) {
    sparesBattery = on;
  }

  @Override
  public void setIdleLimit(Optional<Duration> limit) {
    idleness.setLimit(limit);
  }

  @Override
  public void onIdleUnload(Runnable heard) {
    idleListeners.add(heard);
  }

  @Override
  public Hold hold() {
    if (idleness.hold()) {
      actionBegins = true;
    }
    AtomicBoolean isHeld = new AtomicBoolean(true);
    return () -> {
      if (isHeld.getAndSet(false)) {
        idleness.release();
      }
    };
  }

  private void unloadIfIdle() {
    var _ =
        worker.submit(() -> {
          // An action that began meanwhile keeps the model.
          if (loaded && idleness.isDue()) {
            rest();
            idleListeners.forEach(Runnable::run);
          }
          return null;
        });
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
      rest();
      return null;
    });
  }

  @Override
  public CompletableFuture<GenerationResult> generate(
      GenerationRequest request, GenerationListener listener, CancellationToken cancellation) {
    Hold action = hold();
    CompletableFuture<GenerationResult> answer =
        worker.submit(() -> {
          running = cancellation;
          try {
            if (closing) {
              cancellation.cancel();
            }
            return generateNow(request, listener, cancellation);
          } finally {
            running = null;
            action.close(); // before the answer is there: idleness counts from now for who hears it
          }
        });
    var _ = answer.whenComplete((_, _) -> action.close()); // where the worker has ended
    return answer;
  }

  @EngineThread
  private GenerationResult generateNow(
      GenerationRequest request, GenerationListener listener, CancellationToken cancellation)
      throws ModelLoadException {
    if (actionBegins) {
      actionBegins = false;
      if (model != null && threads.threads(sparesBattery) != modelThreads) {
        release();
      }
    }
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
    Generation run =
        generation == null ? new Generation(ready, ready::isStopToken, false) : generation;
    generation = run;
    Likely likely = guesses ? request.likely() : Likely.NOTHING;
    run.expect(ready.tokenizer().encode(likely.text()), likely.share());
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
    int count = threads.threads(sparesBattery);
    LanguageModel fresh =
        loader.load(
            folder,
            count,
            // Checking the files is about half of loading; the other half gives no news.
            (done, total) -> listener.loading(total == 0 ? 0 : 0.5 * done / total),
            cancellation);
    model = fresh;
    modelFolder = folder;
    modelThreads = count;
    loaded = true;
    resting = false;
    idleness.touch();
    listener.loading(1);
    return fresh;
  }

  @EngineThread
  private void rest() {
    resting |= model != null;
    release();
    NativeMemory.giveBack();
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
    idleness.close();
    idleListeners.clear();
  }
}
