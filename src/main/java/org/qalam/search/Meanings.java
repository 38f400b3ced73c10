package org.qalam.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
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

  private final NoteVectors vectors = new NoteVectors();
  private final Callable<TextVectors> loader;
  private final Path file;
  private final Optional<Seal> seal;
  private final String model;
  private final BooleanSupplier isBusy;
  private final Thread thread;

  // Guarded by this.
  private final Map<DocumentId, Note> waiting = new LinkedHashMap<>();
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
   */
  Meanings(
      Callable<TextVectors> loader,
      String model,
      Path file,
      Optional<Seal> seal,
      BooleanSupplier isBusy) {
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
    notifyAll();
  }

  /** All notes that there are have been put. */
  synchronized void complete() {
    isComplete = true;
    notifyAll();
  }

  synchronized void remove(DocumentId id) {
    waiting.remove(id);
    vectors.remove(id);
  }

  /** Notes near a question, the nearest first; none before anything is computed. */
  List<NoteVectors.Near> nearest(String question, int most) {
    Optional<TextVectors> known = computer();
    if (question.isBlank() || known.isEmpty()) {
      return List.of();
    }
    NoteVectors.Vector asked;
    synchronized (known.get()) {
      if (computer().isEmpty()) { // it was closed meanwhile
        return List.of();
      }
      asked = NoteVectors.Vector.of(known.get().of(question));
    }
    return vectors.nearest(asked, most, LEAST);
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
    synchronized (made) {
      made.close();
    }
  }

  /** The next note that is to be known; once, when all are, the file is put in order. */
  private synchronized Optional<Note> next(Optional<VectorFile> kept) throws InterruptedException {
    isWorking = false;
    notifyAll();
    while (waiting.isEmpty() && !isClosed) {
      if (kept.isPresent() && isComplete && !isTidy) {
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

  private void compute(Note note, TextVectors made, VectorFile kept) throws InterruptedException {
    List<NoteVectors.Part> parts = NoteVectors.parts(note.title(), note.text());
    List<NoteVectors.Vector> all = new ArrayList<>();
    for (NoteVectors.Part part : parts) {
      Optional<NoteVectors.Vector> known = kept.find(part.read());
      if (known.isEmpty()) {
        giveWay();
        synchronized (made) {
          known = Optional.of(NoteVectors.Vector.of(made.of(part.read())));
        }
        kept.put(part.read(), known.get());
      }
      all.add(known.get());
    }
    synchronized (this) {
      if (!isClosed && !waiting.containsKey(note.id())) {
        vectors.put(note.id(), parts, all);
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
  }
}
