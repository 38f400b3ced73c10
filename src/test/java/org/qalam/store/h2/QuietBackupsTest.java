package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.Folders;
import org.qalam.document.DocumentId;
import org.qalam.store.journal.Backups;
import org.qalam.store.journal.Entry;
import org.qalam.task.Time;

class QuietBackupsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-26T08:00:00Z");

  /** What should be done later; the test says when. */
  private final ConcurrentLinkedQueue<Runnable> later = new ConcurrentLinkedQueue<>();

  private H2DocumentStore open() {
    Time time =
        new Time() {
          @Override
          public long nanos() {
            return 0;
          }

          @Override
          public void after(Duration delay, Runnable action) {
            later.add(action);
          }
        };
    return H2DocumentStore.open(folder, "file", () -> now, time, Schema.migrations());
  }

  private void look() {
    later.remove().run();
  }

  private List<String> backups() throws IOException {
    Path backups = folder.resolve("backups");
    return Files.exists(backups)
        ? Folders.names(backups).stream().filter(name -> name.endsWith(".backup")).toList()
        : List.of();
  }

  private void awaitBackups(int number) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (backups().size() < number && System.nanoTime() - end < 0) {
      Thread.sleep(5);
    }
    assertEquals(number, backups().size());
  }

  @Test
  void oneIsMadeAtClosingWhenTheLastIsOldAndSomethingChanged() throws Exception {
    open().close();
    assertEquals(List.of(), backups(), "there is nothing to keep yet");
    DocumentId id;
    try (H2DocumentStore store = open()) {
      id = store.create("", "one").id();
    }
    assertEquals(1, backups().size());
    now = now.plus(QuietBackups.AGE).minusSeconds(1);
    try (H2DocumentStore store = open()) {
      store.save(id, "two", 0);
    }
    assertEquals(1, backups().size(), "the last one is young");
    now = now.plusSeconds(1);
    open().close();
    assertEquals(2, backups().size());
    now = now.plus(Duration.ofDays(1));
    open().close();
    assertEquals(2, backups().size(), "nothing has changed");
    now = now.minus(Duration.ofDays(30));
    try (H2DocumentStore store = open()) {
      store.save(id, "after the clock was set back", 0);
    }
    assertEquals(3, backups().size());
  }

  @Test
  void oneIsMadeBesideSavingAndIsOfOneMoment() throws Exception {
    try (H2DocumentStore store = open()) {
      List<DocumentId> ids = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        ids.add(store.create("", "0").id());
      }
      look();
      // Each round gives all documents the next number, in their order.
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (int round = 1; backups().isEmpty() && System.nanoTime() - end < 0; round++) {
        for (DocumentId id : ids) {
          store.save(id, Integer.toString(round), 0);
        }
      }
      awaitBackups(1);
    }
    List<Integer> numbers = new ArrayList<>();
    new Backups(folder.resolve("backups"), Optional.empty())
        .read(entry -> {
          if (entry instanceof Entry.Text text) {
            numbers.add(Integer.parseInt(text.copy().text()));
          }
        });
    assertEquals(60, numbers.size());
    int least = numbers.stream().min(Integer::compare).orElseThrow();
    assertTrue(numbers.stream().allMatch(number -> number <= least + 1), numbers.toString());
  }

  @Test
  void whatIsDamagedIsNotBackedUpAndMendedAtTheNextOpening() throws Exception {
    DocumentId id;
    try (H2DocumentStore store = open()) {
      id = store.create("", "good").id();
    }
    List<String> before = backups();
    now = now.plus(Duration.ofDays(1));
    try (H2DocumentStore store = open()) {
      DocumentId _ = store.create("", "another").id();
      H2File file = new H2File(folder.toAbsolutePath().resolve("qalam.mv.db"), "file");
      try (Handle handle = file.open()) {
        handle.execute("UPDATE text_part SET body = 'bad' WHERE body = 'good'");
      }
    }
    assertEquals(before, backups());
    try (H2DocumentStore store = open()) {
      assertEquals(1, store.repair().orElseThrow().restored());
      assertEquals("good", store.find(id).orElseThrow().text());
    }
    assertEquals(2, backups().size());
  }
}
