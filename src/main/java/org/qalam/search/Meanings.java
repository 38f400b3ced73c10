package org.qalam.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.qalam.document.DocumentId;
import org.qalam.secret.Seal;
import org.qalam.task.ThreadPriority;

/**
 * Keeps the vectors of notes up to date: one part after the other, on a thread of its own that
 * gives way to all others and waits while a language model works. What was computed is kept in a
 * file, so an interrupted run goes on where it was. Any thread may call.
 */
final class Meanings implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Meanings.class.getName());

  /** Between two looks whether the language model still works. */
  private static final long PATIENCE_MILLIS = 250;

  /** A cosine below this says nothing: parts of any two texts have some. */
  static final float LEAST = 0.28f;

  private final VectorTable vectors = new VectorTable();
  private final Callable<TextVectors> loader;
  private final Path file;
  private final Optional<Seal> seal;
  private final String model;
  private final BooleanSupplier isBusy;
  private final boolean computes;
  private final Thread thread;

  /** Held for reading while a vector is computed: a part's and a question's at the same time. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  // Guarded by this.
  private final Map<DocumentId, Note> waiting = new LinkedHashMap<>();
  private final Set<DocumentId> all = new HashSet<>();
  private Consumer<MeaningProgress> heard = _ -> {};
  private Optional<TextVectors> computer = Optional.empty();
  private boolean isWorking;
  private boolean isComplete;
  private boolean isTidy;
  private boolean isClosed;

  /**
   * @param loader loads what computes vectors, when there is something to compute
   * @param model its name
   * @param file where vectors are kept
   * @param seal what they are sealed with there
   * @param isBusy whether a language model works, which should have the processor for itself
   * @param computes whether what is not in the file is computed; else it is left out
   */
  Meanings(
      Callable<TextVectors> loader,
      String model,
      Path file,
      Optional<Seal> seal,
      BooleanSupplier isBusy,
      boolean computes) {
    this.computes = computes;
    this.loader = loader;
    this.model = model;
    this.file = file;
    this.seal = seal;
    this.isBusy = isBusy;
    this.thread = Thread.ofPlatform().name("meanings").daemon(true).start(this::work);
  }

  /** A note is to be known by its meaning, as soon as there is time for it. */
  synchronized void put(Note note) {
    waiting.remove(note.id());
    waiting.put(note.id(), note);
    all.add(note.id());
    notifyAll();
  }

  /** All notes that there are have been put. */
  void complete() {
    synchronized (this) {
      isComplete = true;
      notifyAll();
    }
    tellProgress();
  }

  synchronized void remove(DocumentId id) {
    waiting.remove(id);
    all.remove(id);
    vectors.remove(id);
  }

  /** Who hears how many notes are known, on a thread of the search's, after each. */
  synchronized void onProgress(Consumer<MeaningProgress> hears) {
    heard = hears;
  }

  private void tellProgress() {
    MeaningProgress now;
    Consumer<MeaningProgress> hears;
    synchronized (this) {
      int left = waiting.size() + (isWorking ? 1 : 0);
      now = new MeaningProgress(Math.max(0, all.size() - left), all.size());
      hears = heard;
    }
    hears.accept(now);
  }

  /** Notes near a question, the nearest first; none before anything is computed. */
  List<NoteVectors.Near> nearest(String question, int most) {
    return vector(question).map(asked -> vectors.nearest(asked, most, LEAST)).orElse(List.of());
  }

  /** The vector of a few words; empty for none, and before there is what computes it. */
  Optional<NoteVectors.Vector> vector(String words) {
    use.readLock().lock();
    try {
      return words.isBlank()
          ? Optional.empty()
          : computer().map(known -> NoteVectors.Vector.of(known.of(words)));
    } finally {
      use.readLock().unlock();
    }
  }

  private synchronized Optional<TextVectors> computer() {
    return computer;
  }

  /** Waits until all that was put is known; for commands and measurements. */
  synchronized void await() throws InterruptedException {
    while (!isClosed
        && (isWorking || !waiting.isEmpty() || (isComplete && !isTidy && computer.isPresent()))) {
      wait();
    }
  }

  private void work() {
    ThreadPriority.lower();
    try {
      Optional<Note> next = next(Optional.empty());
      if (next.isEmpty()) {
        return;
      }
      giveWay(); // loading takes the processor as well
      TextVectors made = loader.call();
      try (VectorFile kept = new VectorFile(file, model, made.of("").length, seal)) {
        synchronized (this) {
          computer = Optional.of(made);
        }
        for (; next.isPresent(); next = next(Optional.of(kept))) {
          compute(next.get(), made, kept);
          finished();
          tellProgress();
        }
      } finally {
        letGo(made);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "notes cannot be found by their meaning", e);
      close();
    }
  }

  private void letGo(TextVectors made) {
    synchronized (this) {
      computer = Optional.empty();
    }
    use.writeLock().lock();
    try {
      made.close();
    } finally {
      use.writeLock().unlock();
    }
  }

  /** The next note that is to be known; once, when all are, the file is put in order. */
  private synchronized Optional<Note> next(Optional<VectorFile> kept) throws InterruptedException {
    isWorking = false;
    notifyAll();
    while (waiting.isEmpty() && !isClosed) {
      if (!computes) {
        isTidy = true; // who only looks forgets nothing
        notifyAll();
      } else if (kept.isPresent() && isComplete && !isTidy) {
        kept.get().tidy();
        isTidy = true;
        notifyAll();
      }
      wait();
    }
    if (isClosed) {
      return Optional.empty();
    }
    isWorking = true;
    DocumentId first = waiting.keySet().iterator().next();
    return Optional.ofNullable(waiting.remove(first));
  }

  private synchronized void finished() {
    isWorking = false;
    notifyAll();
  }

  private void compute(Note note, TextVectors made, VectorFile kept) throws InterruptedException {
    List<NoteVectors.Part> parts = new ArrayList<>();
    List<NoteVectors.Vector> found = new ArrayList<>();
    for (NoteVectors.Part part : NoteVectors.parts(note.title(), note.text())) {
      Optional<NoteVectors.Vector> known = kept.find(part.read());
      if (known.isEmpty() && computes) {
        giveWay();
        known = Optional.of(NoteVectors.Vector.of(made.of(part.read())));
        kept.put(part.read(), known.get());
      }
      if (known.isPresent()) {
        parts.add(part);
        found.add(known.get());
      }
    }
    synchronized (this) {
      if (!isClosed && all.contains(note.id()) && !waiting.containsKey(note.id())) {
        vectors.put(note.id(), parts, found);
      }
    }
  }

  private synchronized void giveWay() throws InterruptedException {
    while (isBusy.getAsBoolean() && !isClosed) {
      wait(PATIENCE_MILLIS);
    }
    if (isClosed) {
      throw new InterruptedException("closed");
    }
  }

  /** Ends the work; what is computed stays in the file. Closing twice is harmless. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    if (Thread.currentThread() != thread) {
      try {
        thread.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    vectors.close();
  }
}
