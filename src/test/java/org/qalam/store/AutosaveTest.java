package org.qalam.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.store.Autosave.State;
import org.qalam.store.StoreException.Reason;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.task.TaskRunner;
import org.qalam.task.Worker;

class AutosaveTest {
  @TempDir Path folder;

  private final SteppedTime time = new SteppedTime();
  private final List<State> states = new ArrayList<>();
  private H2DocumentStore store;
  private DocumentId document;
  private boolean diskFull;
  private int attempts;
  private Autosave autosave;

  @BeforeEach
  void open() {
    store = H2DocumentStore.open(folder);
    document = store.create("", "").id();
    autosave = new Autosave(store, this::run, time, states::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** The store's thread, on a disk that may be full. */
  private <T> CompletableFuture<T> run(Callable<T> work) {
    attempts++;
    if (diskFull) {
      return CompletableFuture.failedFuture(
          new StoreException(Reason.DISK_FULL, "The disk is full."));
    }
    try {
      return CompletableFuture.completedFuture(work.call());
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Test
  void savesAfterAPause() {
    autosave.changed(document, "one", 3);
    time.pass(399);
    assertEquals("", text());
    assertEquals(List.of(new State.Pending()), states);
    time.pass(1);
    assertEquals("one", text());
    assertEquals(List.of(new State.Pending(), new State.Saved(time.now())), states);
  }

  @Test
  void savesInTheMiddleOfSteadyTyping() {
    StringBuilder typed = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      typed.append('a');
      autosave.changed(document, typed.toString(), typed.length());
      time.pass(100);
    }
    assertEquals("a".repeat(7), text());
    assertEquals(1, attempts);
  }

  @Test
  void flushSavesAtOnceAndSaysWhenItIsDone() {
    assertTrue(autosave.flush().isDone());
    autosave.changed(document, "last words", 0);
    CompletableFuture<?> flushed = autosave.flush();
    assertTrue(flushed.isDone());
    assertEquals("last words", text());
    assertInstanceOf(State.Saved.class, autosave.state());
  }

  @Test
  void keepsTheTextOfADocumentThatIsNoLongerOpen() {
    DocumentId other = store.create("", "").id();
    autosave.changed(document, "first", 0);
    autosave.changed(other, "second", 0);
    time.pass(400);
    assertEquals("first", text());
    assertEquals("second", store.find(other).orElseThrow().text());
  }

  @Test
  void keepsTryingWithGrowingPausesUntilTheDiskHasSpace() {
    diskFull = true;
    autosave.changed(document, "precious", 0);
    time.pass(400);
    assertEquals(new State.Failed("The disk is full."), autosave.state());
    time.pass(60_000);
    // At 1, 3, 7, 15, 31, then each 30 seconds after the first attempt.
    assertEquals(1 + 5, attempts);
    autosave.changed(document, "precious, and more", 0);
    assertInstanceOf(State.Failed.class, autosave.state());
    diskFull = false;
    time.pass(30_000);
    assertEquals("precious, and more", text());
    assertInstanceOf(State.Saved.class, autosave.state());
    autosave.changed(document, "quick again", 0);
    time.pass(400);
    assertEquals("quick again", text());
  }

  @Test
  void flushReportsTheErrorAndKeepsTheText() {
    diskFull = true;
    autosave.changed(document, "kept", 0);
    CompletableFuture<?> flushed = autosave.flush();
    CompletionException e = assertThrows(CompletionException.class, flushed::join);
    assertInstanceOf(StoreException.class, e.getCause());
    diskFull = false;
    assertTrue(autosave.flush().isDone());
    assertEquals("kept", text());
  }

  @Test
  void savesWhatWasTypedWhileTheDiskWorked() {
    List<Runnable> queue = new ArrayList<>();
    Autosave slow =
        new Autosave(
            store,
            new TaskRunner() {
              @Override
              public <T> CompletableFuture<T> submit(Callable<T> work) {
                CompletableFuture<T> result = new CompletableFuture<>();
                queue.add(() -> AutosaveTest.this.run(work).thenAccept(result::complete).join());
                return result;
              }
            },
            time,
            states::add);
    slow.changed(document, "one", 0);
    time.pass(400);
    slow.changed(document, "two", 0);
    CompletableFuture<?> flushed = slow.flush();
    queue.removeFirst().run();
    assertEquals("one", text());
    assertFalse(flushed.isDone());
    queue.removeFirst().run();
    assertEquals("two", text());
    assertTrue(flushed.isDone());
    assertTrue(queue.isEmpty());
  }

  @Test
  void worksWithARealThreadAndARealClock() throws Exception {
    store.close();
    try (Worker worker = new Worker("store")) {
      store = worker.submit(() -> H2DocumentStore.open(folder)).get(10, TimeUnit.SECONDS);
      CompletableFuture<State> saved = new CompletableFuture<>();
      Autosave real =
          new Autosave(
              store,
              worker,
              Autosave.Time.system(),
              state -> {
                if (state instanceof State.Saved) {
                  saved.complete(state);
                }
              });
      real.changed(document, "typed", 5);
      saved.get(10, TimeUnit.SECONDS);
      assertEquals("typed", worker.submit(() -> text()).get(10, TimeUnit.SECONDS));
      worker
          .submit(() -> {
            store.close();
            return true;
          })
          .get(10, TimeUnit.SECONDS);
    }
    store = H2DocumentStore.open(folder);
  }

  /** Whatever the rhythm of typing, no change is older than the limit before it is on disk. */
  @Property(tries = 200)
  void isNeverMoreThanTheLimitBehindTheKeyboard(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 1_000) Integer> pauses) {
    SteppedTime clock = new SteppedTime();
    long[] typedAt = new long[pauses.size() + 1];
    int[] onDisk = new int[1];
    DocumentStore memory =
        new DocumentStoreStub() {
          @Override
          public long save(DocumentId id, String text, int caret) {
            int newest = Integer.parseInt(text);
            long oldest = typedAt[onDisk[0] + 1];
            assertTrue(
                clock.nanos() - oldest <= Autosave.LATEST.toNanos(),
                () -> "change " + (onDisk[0] + 1) + " waited " + (clock.nanos() - oldest) + " ns");
            onDisk[0] = newest;
            return newest;
          }
        };
    Autosave typing = new Autosave(memory, AutosaveTest::here, clock, state -> {});
    DocumentId id = DocumentId.random();
    for (int i = 0; i < pauses.size(); i++) {
      typedAt[i + 1] = clock.nanos();
      typing.changed(id, Integer.toString(i + 1), 0);
      clock.pass(pauses.get(i));
    }
    clock.pass(400);
    assertEquals(pauses.size(), onDisk[0]);
    assertInstanceOf(State.Saved.class, typing.state());
  }

  private static <T> CompletableFuture<T> here(Callable<T> work) {
    try {
      return CompletableFuture.completedFuture(work.call());
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private String text() {
    return store.find(document).orElseThrow().text();
  }

  /** A clock that stands still until a test moves it. */
  private static final class SteppedTime implements Autosave.Time {
    private record Alarm(long at, long number, Runnable action) {}

    private final PriorityQueue<Alarm> alarms =
        new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
    private long nanos;
    private long count;

    void pass(long millis) {
      long end = nanos + millis * 1_000_000;
      for (Alarm next = alarms.peek(); next != null && next.at() <= end; next = alarms.peek()) {
        alarms.remove();
        nanos = next.at();
        next.action().run();
      }
      nanos = end;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void after(Duration delay, Runnable action) {
      alarms.add(new Alarm(nanos + delay.toNanos(), count++, action));
    }
  }
}
