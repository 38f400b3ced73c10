package org.qalam.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentId;
import org.qalam.task.TaskRunner;

/**
 * Saves what is being written, at most a second behind the keyboard: after {@link #QUIET} without a
 * change, and at the latest {@link #LATEST} after the first change that is not saved. Changes to
 * several documents may wait side by side; of each only the newest text is saved.
 *
 * <p>A text that could not be saved is kept and tried again, less and less often up to {@link
 * #LONGEST_PAUSE}, until it is on disk. Nothing is ever dropped.
 *
 * <p>May be called on any thread, and never waits for the disk. The listener is called on the
 * thread that brought the news, one call at a time; it must return at once and must not call back.
 */
public final class Autosave {
  /** A pause in typing that is long enough to save. */
  public static final Duration QUIET = Duration.ofMillis(400);

  /**
   * Longest that a change waits for such a pause; the disk has the rest of the second, on a machine
   * that is busy with other things too.
   */
  public static final Duration LATEST = Duration.ofMillis(700);

  /** Pause before the first new attempt after an error; each further one is twice as long. */
  public static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** Longest pause between attempts. */
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How things stand. */
  public sealed interface State {
    /** All is on disk. */
    record Saved(Instant at) implements State {}

    /** Something waits to be saved, or is being saved. */
    record Pending() implements State {}

    /**
     * The last attempt failed; the text is kept and tried again.
     *
     * @param sentence why, for people
     */
    record Failed(String sentence) implements State {}
  }

  /** Where time comes from, the date included. */
  public interface Time extends org.qalam.task.Time {
    /** The date and time. */
    Instant now();

    /** The machine's own. */
    static Time system() {
      org.qalam.task.Time clock = org.qalam.task.Time.system();
      return new Time() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return clock.nanos();
        }

        @Override
        public void after(Duration delay, Runnable action) {
          clock.after(delay, action);
        }
      };
    }
  }

  /**
   * A text that is not on disk yet.
   *
   * @param number tells changes apart
   * @param since {@link Time#nanos()} of the first change that is not saved
   * @param last of the newest change
   */
  private record Unsaved(long number, String text, int caret, long since, long last) {}

  /** A text and where its caret is. */
  public record Text(String text, int caret) {}

  private final DocumentStore store;
  private final TaskRunner storeThread;
  private final Time time;
  private final Consumer<State> listener;

  // All below is guarded by this.
  private final Map<DocumentId, Unsaved> unsaved = new HashMap<>();
  private final List<CompletableFuture<@Nullable Void>> flushes = new ArrayList<>();
  private State state;
  private long changes;
  private boolean saving;
  private int failures;
  private long alarm; // nanos of the alarm that counts
  private boolean alarmSet;

  /**
   * Starts with nothing to save.
   *
   * @param storeThread the store's thread; all calls to {@code store} are made there
   */
  public Autosave(
      DocumentStore store, TaskRunner storeThread, Time time, Consumer<State> listener) {
    this.store = store;
    this.storeThread = storeThread;
    this.time = time;
    this.listener = listener;
    this.state = new State.Saved(time.now());
  }

  /** How things stand now. */
  public synchronized State state() {
    return state;
  }

  /**
   * Notes a document's newest text and caret.
   *
   * @param text the whole text
   * @param caret offset in it
   */
  public synchronized void changed(DocumentId document, String text, int caret) {
    long now = time.nanos();
    Unsaved before = unsaved.get(document);
    unsaved.put(
        document, new Unsaved(++changes, text, caret, before == null ? now : before.since(), now));
    if (!(state instanceof State.Failed)) {
      report(new State.Pending());
    }
    if (!saving && failures == 0) {
      setAlarm(due(), now);
    }
  }

  /** A document's newest text, where that is not on disk yet. */
  public synchronized Optional<Text> unsaved(DocumentId document) {
    return Optional.ofNullable(unsaved.get(document))
        .map(newest -> new Text(newest.text(), newest.caret()));
  }

  /**
   * Saves at once.
   *
   * @return ends when all that was noted so far is on disk, or with the {@link StoreException} that
   *     prevented it (the text is still kept, and tried again)
   */
  public synchronized CompletableFuture<@Nullable Void> flush() {
    CompletableFuture<@Nullable Void> flushed = new CompletableFuture<>();
    if (unsaved.isEmpty() && !saving) {
      flushed.complete(null);
      return flushed;
    }
    flushes.add(flushed);
    if (!saving) {
      save();
    }
    return flushed;
  }

  /** When the next document wants to be saved, in {@link Time#nanos()}. */
  private long due() {
    long due = Long.MAX_VALUE;
    boolean first = true;
    for (Unsaved text : unsaved.values()) {
      long wanted = Math.min(text.last() - text.since() + QUIET.toNanos(), LATEST.toNanos());
      long at = text.since() + wanted;
      if (first || at - due < 0) {
        due = at;
        first = false;
      }
    }
    return due;
  }

  private void setAlarm(long at, long now) {
    // An alarm that rings too early looks at the time and sets itself anew, so typing sets few.
    if (alarmSet && alarm - at <= 0) {
      return;
    }
    alarm = at;
    alarmSet = true;
    time.after(Duration.ofNanos(Math.max(at - now, 0)), () -> ring(at));
  }

  private synchronized void ring(long at) {
    if (!alarmSet || alarm != at) {
      return;
    }
    alarmSet = false;
    if (saving || unsaved.isEmpty()) {
      return;
    }
    long now = time.nanos();
    if (failures > 0 || due() - now <= 0) {
      save();
    } else {
      setAlarm(due(), now);
    }
  }

  private void save() {
    saving = true;
    alarmSet = false;
    Map<DocumentId, Unsaved> batch = Map.copyOf(unsaved);
    List<CompletableFuture<@Nullable Void>> waiting = List.copyOf(flushes);
    flushes.clear();
    CompletableFuture<?> work;
    try {
      work =
          storeThread.submit(() -> {
            RuntimeException failure = null;
            for (Map.Entry<DocumentId, Unsaved> entry : batch.entrySet()) {
              try {
                Unsaved text = entry.getValue();
                store.save(entry.getKey(), text.text(), text.caret());
                saved(entry.getKey(), text);
              } catch (RuntimeException e) {
                failure = e;
              }
            }
            if (failure != null) {
              throw failure;
            }
            return batch.size();
          });
    } catch (RuntimeException e) {
      work = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<?> _ = work.whenComplete((count, error) -> ended(waiting, error));
  }

  private synchronized void saved(DocumentId document, Unsaved text) {
    Unsaved newest = unsaved.get(document);
    if (newest != null && newest.number() == text.number()) {
      unsaved.remove(document);
    } else if (newest != null) {
      // Typed while the disk worked: the oldest change that is not saved is younger than that.
      unsaved.put(
          document,
          new Unsaved(newest.number(), newest.text(), newest.caret(), text.last(), newest.last()));
    }
  }

  private void ended(List<CompletableFuture<@Nullable Void>> waiting, @Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException wrapped ? wrapped.getCause() : error;
    synchronized (this) {
      saving = false;
      long now = time.nanos();
      if (cause != null) {
        failures++;
        report(new State.Failed(sentence(cause)));
        setAlarm(now + pause().toNanos(), now);
      } else {
        failures = 0;
        report(unsaved.isEmpty() ? new State.Saved(time.now()) : new State.Pending());
        if (!unsaved.isEmpty()) {
          setAlarm(due(), now);
        }
      }
      if (!flushes.isEmpty()) {
        save();
      }
    }
    for (CompletableFuture<@Nullable Void> flushed : waiting) {
      if (cause == null) {
        flushed.complete(null);
      } else {
        flushed.completeExceptionally(cause);
      }
    }
  }

  private Duration pause() {
    Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static String sentence(Throwable error) {
    return error instanceof StoreException
        ? String.valueOf(error.getMessage())
        : "The text could not be saved and is kept in the window (" + error + ").";
  }

  private void report(State next) {
    if (!next.equals(state)) {
      state = next;
      listener.accept(next);
    }
  }
}
