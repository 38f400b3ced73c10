package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.ChildProgram;
import org.qalam.Folders;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Revision;
import org.qalam.secret.DataKey;
import org.qalam.secret.FastLocks;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.BackupStore.Restored;

/**
 * Kills a program at random moments of typing, accepting, importing, backing up, compacting and
 * bringing an older file to the newest schema; one of its folders is under a passphrase. Run with
 * {@code -Dqalam.crashes=1000} for more kills.
 */
class CrashTest {
  private static final int KILLS = Integer.getInteger("qalam.crashes", 16);

  /**
   * What was typed longer ago than this is on disk. Beside a build, whose tests take all of the
   * machine, a disk may be slower; the long run is for a machine that does nothing else.
   */
  private static final long BEHIND_MILLIS = KILLS > 100 ? 1_000 : 2_500;

  /** Programs that are killed side by side. */
  private static final int BESIDE = KILLS > 100 ? 2 : 4;

  @TempDir Path folder;

  private long typedLost;
  private long longestLost;

  @Test
  void whatWasAcknowledgedIsThereAndOneSecondOfTypingAtMostIsLost() throws Exception {
    List<Integer> kills =
        inParallel(
            BESIDE,
            lane -> {
              Lane one =
                  new Lane(
                      folder.resolve("lane" + lane),
                      new Random(20261127L + lane),
                      lane == 0 ? Optional.of(DataKey.random()) : Optional.empty());
              int done = 0;
              for (int kill = lane; kill < KILLS; kill += BESIDE) {
                one.kill();
                done++;
              }
              return done;
            });
    int all = kills.stream().mapToInt(Integer::intValue).sum();
    System.out.println(
        all + " kills, " + typedLost + " typed texts lost, the oldest " + longestLost + " ms old");
    assertEquals(KILLS, all);
  }

  /** Folders of both earlier schemas; the newest program dies while it opens them. */
  @Test
  void whoDiesWhileAnOlderFileIsBroughtToTheNewestSchemaLosesNothing() throws Exception {
    int kills = Math.max(6, KILLS / 10);
    List<Integer> done =
        inParallel(
            BESIDE,
            lane -> {
              Random random = new Random(20261128L + lane);
              int ended = 0;
              for (int kill = lane; kill < kills; kill += BESIDE) {
                migrate(folder.resolve("old" + kill), kill % 2 + 1, random);
                ended++;
              }
              return ended;
            });
    assertEquals(kills, done.stream().mapToInt(Integer::intValue).sum());
  }

  private interface LaneWork {
    int run(int lane) throws Exception;
  }

  private static List<Integer> inParallel(int lanes, LaneWork work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        int number = lane;
        tasks.add(() -> work.run(number));
      }
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    }
  }

  private static void migrate(Path home, int version, Random random) throws Exception {
    Files.createDirectories(home);
    try (InputStream in = CrashTest.class.getResourceAsStream("version-" + version + ".zip");
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = home.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
    try (ChildProgram child =
        ChildProgram.start(WritingProgram.class, home, random.nextLong(), "")) {
      assertEquals("opening", child.readLine());
      Thread.sleep(random.nextInt(1_500));
      List<String> _ = child.kill();
    }
    try (H2DocumentStore store = H2DocumentStore.open(home)) {
      assertEquals(Optional.empty(), store.repair());
      Map<String, String> texts =
          store.list().stream()
              .collect(
                  Collectors.toMap(
                      DocumentSummary::title,
                      summary -> store.find(summary.id()).orElseThrow().text(),
                      (one, other) -> one));
      assertEquals("# A letter\n\nDear Samira, don't wait for me. 🌍", texts.get("To Samira"));
      assertEquals("مذكرة\n\nكتبتُ هذا النصَّ بالعربية، ثم English.", texts.get("مذكرة"));
      assertEquals("word ".repeat(120_000), texts.get("Long"));
      assertTrue(
          store.bin().stream().anyMatch(deleted -> deleted.summary().title().equals("Gone")));
    }
    Folders.delete(home);
  }

  private synchronized void lost(long typed, long oldest) {
    typedLost += typed;
    longestLost = Math.max(longestLost, oldest);
  }

  /** One folder whose program is killed again and again. */
  private final class Lane {
    private final Path home;
    private final Random random;
    private final Set<DocumentId> made = new HashSet<>();
    private final Set<DocumentId> deleted = new HashSet<>();
    private final Map<UUID, DocumentId> accepted = new HashMap<>();
    private final Map<UUID, DocumentId> kept = new HashMap<>();

    /** Numbers that are surely on disk. */
    private final Map<DocumentId, Long> saved = new HashMap<>();

    /** Numbers that were typed since the last kill, with their times. */
    private final Map<DocumentId, List<long[]>> typed = new HashMap<>();

    private long lastMillis;
    private boolean isBackedUp;

    private final Optional<DataKey> key;
    private final RecoveryKey recovery = RecoveryKey.random();

    /**
     * @param key under which the folder's documents are
     */
    Lane(Path home, Random random, Optional<DataKey> key) throws IOException {
      this.home = Files.createDirectories(home);
      this.random = random;
      this.key = key;
      if (key.isPresent()) {
        KeyRing ring =
            FastLocks.lock(key.get(), Passphrase.of(SecretStoreTest.PASSPHRASE), recovery);
        try (H2DocumentStore store = H2DocumentStore.open(home)) {
          store.protect(key.get(), ring);
        }
      }
    }

    void kill() throws Exception {
      typed.clear();
      try (ChildProgram child =
          ChildProgram.start(WritingProgram.class, home, random.nextLong(), recovery.words())) {
        assertEquals("opening", child.readLine());
        // One of five dies while it opens the file.
        if (random.nextInt(5) > 0) {
          assertEquals("open", child.readLine());
        }
        Thread.sleep(random.nextInt(2_000));
        child.kill().forEach(this::note);
      }
      check();
    }

    private void note(String line) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "typed" -> {
          if (words.length == 4 && words[3].length() == 13) {
            long millis = Long.parseLong(words[3]);
            lastMillis = Math.max(lastMillis, millis);
            typed
                .computeIfAbsent(DocumentId.parse(words[1]), _ -> new ArrayList<>())
                .add(new long[] {Long.parseLong(words[2]), millis});
          }
        }
        case "saved" -> {
          // A number that is cut short is a smaller one, which is on disk too.
          if (words.length == 3 && !words[2].isEmpty()) {
            saved.merge(DocumentId.parse(words[1]), Long.parseLong(words[2]), Math::max);
          }
        }
        case "accepted" -> pair(words, accepted);
        case "kept" -> pair(words, kept);
        case "made" -> {
          if (isWhole(words[1])) {
            made.add(DocumentId.parse(words[1]));
            deleted.remove(DocumentId.parse(words[1]));
          }
        }
        case "deleted" -> {
          if (isWhole(words[1])) {
            deleted.add(DocumentId.parse(words[1]));
          }
        }
        case "backed-up" -> isBackedUp = true;
        default -> {} // the last line may be cut short
      }
    }

    private static boolean isWhole(String id) {
      return id.length() == 36;
    }

    private static void pair(String[] words, Map<UUID, DocumentId> into) {
      if (words.length == 3 && isWhole(words[2])) {
        into.put(UUID.fromString(words[1]), DocumentId.parse(words[2]));
      }
    }

    private void check() throws Exception {
      try (H2DocumentStore store =
          key.isPresent() ? H2DocumentStore.open(home, key.get()) : H2DocumentStore.open(home)) {
        assertEquals(Optional.empty(), store.repair());
        for (Map.Entry<DocumentId, List<long[]>> one : typed.entrySet()) {
          long found = SavingProgram.number(store.find(one.getKey()).orElseThrow().text());
          List<long[]> newer = one.getValue().stream().filter(text -> text[0] > found).toList();
          long oldest = newer.isEmpty() ? 0 : lastMillis - newer.getFirst()[1];
          lost(newer.size(), oldest);
          assertTrue(
              oldest <= BEHIND_MILLIS,
              () -> "what was typed " + oldest + " ms before the kill is not there");
        }
        for (Map.Entry<DocumentId, Long> one : saved.entrySet()) {
          long found = SavingProgram.number(store.find(one.getKey()).orElseThrow().text());
          assertTrue(found >= one.getValue(), () -> found + " instead of " + one);
          one.setValue(found);
        }
        Set<DocumentId> there =
            store.list().stream().map(DocumentSummary::id).collect(Collectors.toSet());
        assertTrue(there.containsAll(made), "an imported document is not there");
        Set<DocumentId> bin =
            store.bin().stream()
                .map(document -> document.summary().id())
                .collect(Collectors.toSet());
        for (DocumentId id : deleted) {
          // Where the program was killed after it had taken it back and before it said so.
          assertTrue(bin.contains(id) || there.contains(id), "a deleted document is not there");
        }
        for (Map.Entry<UUID, DocumentId> one : accepted.entrySet()) {
          assertTrue(
              store.decisions(one.getValue()).stream()
                  .map(Decision::output)
                  .anyMatch(one.getKey()::equals),
              "an accepted change is not in the ledger");
        }
        for (Map.Entry<UUID, DocumentId> one : kept.entrySet()) {
          assertTrue(
              store.revisions(one.getValue()).stream()
                  .map(Revision::id)
                  .anyMatch(one.getKey()::equals),
              "a version with a name is not there");
          long _ = SavingProgram.number(store.revisionText(one.getKey()));
        }
      }
      if (isBackedUp) {
        try (H2DocumentStore other = H2DocumentStore.open(home.resolve("other"))) {
          Restored restored = other.restore(home.resolve("all.backup"), key);
          assertTrue(restored.isWhole(), "a backup that was acknowledged is not whole");
        }
        Folders.delete(home.resolve("other"));
      }
    }
  }
}
