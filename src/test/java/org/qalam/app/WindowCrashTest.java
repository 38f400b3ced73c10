package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.ChildProgram;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.machine.Machine;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;

/**
 * Kills the window at random moments of opening, typing with keys, accepting what the starter model
 * proposes, and closing; one of its two folders is under a passphrase. Run with {@code
 * -Dqalam.window-crashes=500} for more kills.
 */
class WindowCrashTest {
  private static final int KILLS = Integer.getInteger("qalam.window-crashes", 2);

  /** What was typed longer ago is on disk; beside a build a disk may be slower. */
  private static final long BEHIND_MILLIS = KILLS > 50 ? 1_000 : 2_500;

  /** Of the machine; with none texts are not checked and meanings not looked for. */
  private static final long MEMORY = KILLS > 50 ? Machine.here().memory() : 0;

  private static final int BESIDE = 2;
  private static final String PASSPHRASE = "moon over; القاهرة";
  private static final Path STARTER = Path.of("models/smollm2-135m-instruct");
  private static final List<String> WAYS = List.of("accept", "type", "close", "type");

  @TempDir Path folder;

  private int accepted;
  private int typed;
  private long longest;

  @Test
  void whatTheWindowShowedASecondAgoIsThere() throws Exception {
    List<Callable<Integer>> lanes = new ArrayList<>();
    for (int number = 0; number < BESIDE; number++) {
      int first = number;
      lanes.add(() -> {
        Lane lane = new Lane(first);
        int kills = 0;
        for (int kill = first; kill < KILLS; kill += BESIDE) {
          lane.kill(WAYS.get(kills % WAYS.size()));
          kills++;
        }
        return kills;
      });
    }
    int all = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(BESIDE)) {
      for (Future<Integer> lane : threads.invokeAll(lanes)) {
        all += lane.get();
      }
    }
    System.out.println(
        all
            + " kills of the window, "
            + typed
            + " in typing, "
            + accepted
            + " after a correction was accepted, the oldest text lost "
            + longest
            + " ms old");
    assertEquals(KILLS, all);
  }

  private synchronized void seen(boolean isTyped, boolean isAccepted, long oldest) {
    typed += isTyped ? 1 : 0;
    accepted += isAccepted ? 1 : 0;
    longest = Math.max(longest, oldest);
  }

  /** One folder whose window is killed again and again. */
  private final class Lane {
    private final Path home;
    private final Path temporary;
    private final Random random;
    private final Optional<DataKey> key;

    /** What every document was found to be after the last kill. */
    private final Map<DocumentId, String> known = new HashMap<>();

    Lane(int number) throws Exception {
      home = Files.createDirectories(folder.resolve("home" + number));
      temporary = Files.createDirectories(folder.resolve("temporary" + number));
      random = new Random(20261127L + number);
      key = number == 0 ? Optional.of(DataKey.random()) : Optional.empty();
      Path model = Files.createDirectories(home.resolve("models/smollm2-135m-instruct"));
      try (var files = Files.list(STARTER)) {
        for (Path file : files.toList()) {
          Files.createLink(model.resolve(file.getFileName()), file);
        }
      }
      try (DocumentStore store = H2DocumentStore.open(home);
          Passphrase passphrase = Passphrase.of(PASSPHRASE)) {
        known.put(store.create("", "First.").id(), "First.");
        if (key.isPresent()) {
          store.protect(key.get(), KeyRing.lock(key.get(), passphrase, RecoveryKey.random()));
        }
      }
    }

    void kill(String way) throws Exception {
      List<String> lines;
      try (ChildProgram child =
          ChildProgram.startWindow(
              WritingHand.class,
              way.equals("accept") ? List.of() : List.of("-XX:TieredStopAtLevel=1"),
              temporary,
              home,
              random.nextLong(),
              key.isPresent() ? PASSPHRASE : "",
              way,
              MEMORY)) {
        lines = new ArrayList<>(until(child, random.nextInt(6) == 0 ? "opening" : after(way)));
        Thread.sleep(random.nextInt(way.equals("type") ? 3_000 : 1_500));
        lines.addAll(child.kill());
        assertNotEquals(WritingHand.FAILED, child.exitCode(), () -> "the hand failed, " + way);
      }
      check(lines);
    }

    /** The moment from which the time to the kill is counted. */
    private String after(String way) {
      return switch (way) {
        case "accept" -> random.nextBoolean() ? "asked" : "accepted";
        case "close" -> "closing";
        default -> "open";
      };
    }

    private static List<String> until(ChildProgram child, String moment) throws IOException {
      List<String> lines = new ArrayList<>();
      do {
        lines.add(child.readLine());
      } while (!lines.getLast().startsWith(moment + " "));
      return lines;
    }

    private void check(List<String> lines) throws Exception {
      List<String> texts = new ArrayList<>();
      List<Long> times = new ArrayList<>();
      long acceptedAt = Long.MAX_VALUE;
      for (String line : lines) {
        String[] words = line.split(" ", -1);
        if (!line.endsWith(" .")) {
          continue; // cut short by the kill
        }
        if (line.startsWith("text ")) {
          times.add(Long.parseLong(words[1]));
          texts.add(new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8));
        } else if (line.startsWith("accepted ")) {
          acceptedAt = Long.parseLong(words[1]);
        }
      }
      try (DocumentStore store =
          key.isPresent() ? H2DocumentStore.open(home, key.get()) : H2DocumentStore.open(home)) {
        assertEquals(Optional.empty(), store.repair());
        Map<DocumentId, String> found = new HashMap<>();
        for (DocumentSummary summary : store.list()) {
          found.put(summary.id(), store.find(summary.id()).map(Document::text).orElseThrow());
        }
        known.forEach((id, text) -> assertEquals(text, found.get(id)));
        List<DocumentId> fresh =
            found.keySet().stream().filter(id -> !known.containsKey(id)).toList();
        assertTrue(fresh.size() <= 1, fresh.size() + " new documents");
        long oldest = 0;
        if (!texts.isEmpty()) {
          String text = fresh.isEmpty() ? "" : found.getOrDefault(fresh.getFirst(), "");
          int at = text.isEmpty() ? -1 : texts.lastIndexOf(text);
          assertTrue(text.isEmpty() || at >= 0, () -> "the window never showed this text: " + text);
          oldest = at + 1 < texts.size() ? times.getLast() - times.get(at + 1) : 0;
          long lost = oldest;
          assertTrue(
              lost <= BEHIND_MILLIS,
              () ->
                  "what was typed "
                      + lost
                      + " ms before is not there: of "
                      + texts.size()
                      + " texts in "
                      + (times.getLast() - times.getFirst())
                      + " ms the "
                      + (at + 1)
                      + "th is, of "
                      + fresh.size()
                      + " new documents");
          if (acceptedAt < times.getLast() - BEHIND_MILLIS) {
            assertFalse(
                store.decisions(fresh.getFirst()).stream()
                    .filter(decision -> decision.verdict() == Decision.Verdict.ACCEPTED)
                    .toList()
                    .isEmpty(),
                "what was accepted is not in the ledger");
          }
        }
        seen(!texts.isEmpty(), acceptedAt < Long.MAX_VALUE, oldest);
        known.putAll(found);
      }
    }
  }
}
