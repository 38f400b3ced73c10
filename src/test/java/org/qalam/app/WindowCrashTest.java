package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.ChildProgram;
import org.qalam.Folders;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.machine.Machine;
import org.qalam.secret.DataKey;
import org.qalam.secret.FastLocks;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;

/**
 * Kills the window at random moments of opening, typing with keys, accepting what the starter model
 * proposes, bringing a folder of notes, backing up and compacting while it closes, and bringing an
 * older file to the newest schema; one of its two folders is under a passphrase. Run with {@code
 * -Dqalam.window-crashes=1000} for more kills, on a machine that does nothing else.
 */
class WindowCrashTest {
  private static final int KILLS = Integer.getInteger("qalam.window-crashes", 2);

  /** What was typed longer ago is on disk; beside a build a disk may be slower. */
  private static final long BEHIND_MILLIS = KILLS > 50 ? 1_000 : 2_500;

  private static final int BESIDE = 2;
  private static final String PASSPHRASE = "moon over; القاهرة";
  private static final Path STARTER = Path.of("models/smollm2-135m-instruct");
  private static final int NOTES = 8;

  /** Options of the window's process, separated by spaces: a cache makes it start sooner. */
  private static final List<String> OPTIONS =
      Stream.of(System.getProperty("qalam.window-options", "").split(" ", -1))
          .filter(option -> !option.isEmpty())
          .toList();

  /** What is done before the kill. */
  private enum Way {
    ACCEPT,
    IMPORT,
    BACK_UP,
    TYPE,
    COMPACT,
    CLOSE,
    MIGRATE;

    /** The hand's word for it. */
    String hand() {
      return switch (this) {
        case ACCEPT -> "accept";
        case IMPORT -> "import";
        case TYPE, MIGRATE -> "type";
        case BACK_UP, COMPACT, CLOSE -> "close";
      };
    }

    /** From the moment to the kill, in milliseconds at most. */
    int within() {
      return switch (this) {
        case TYPE, MIGRATE -> 2_500;
        case COMPACT -> 2_500;
        case ACCEPT, CLOSE -> 1_500;
        case IMPORT, BACK_UP -> 800;
      };
    }
  }

  @TempDir Path folder;

  private final Map<String, Integer> seen = new TreeMap<>();
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
          lane.kill(way(kills + first));
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
        all + " kills of the window, " + seen + ", the oldest text lost " + longest + " ms old");
    assertEquals(KILLS, all);
  }

  /** Each in turn, but seldom what takes a minute: loading a model and all that checks texts. */
  private static Way way(int number) {
    Way way = Way.values()[number % Way.values().length];
    int round = number / Way.values().length;
    return way == Way.ACCEPT && round % 4 > 0 ? Way.values()[round % 4] : way;
  }

  private synchronized void seen(Way way, List<String> lines, long oldest) {
    String last =
        lines.stream()
            .map(line -> line.substring(0, line.indexOf(' ') + 1).strip())
            .filter(word -> !word.equals("text"))
            .reduce("", (_, word) -> word);
    int _ = seen.merge(way + " " + last, 1, Integer::sum);
    longest = Math.max(longest, oldest);
  }

  /** Notes to bring; their texts. */
  private Set<String> notes() throws IOException {
    Path notes = Files.createDirectories(folder.resolve("notes"));
    Set<String> texts = new HashSet<>();
    for (int note = 0; note < NOTES; note++) {
      String text = "A note.\n\n" + (note + " brought ").repeat(2_000).strip();
      Files.writeString(notes.resolve("note " + note + ".txt"), text, StandardCharsets.UTF_8);
      texts.add(text);
    }
    return texts;
  }

  /** A data folder, and what every document in it was found to be after the last kill. */
  private record Home(Path path, Optional<DataKey> key, Map<DocumentId, String> known) {
    DocumentStore open() {
      return key.isPresent() ? H2DocumentStore.open(path, key.get()) : H2DocumentStore.open(path);
    }

    /** What is in it now. */
    void learn() {
      try (DocumentStore store = open()) {
        known.putAll(texts(store));
      }
    }

    static Map<DocumentId, String> texts(DocumentStore store) {
      Map<DocumentId, String> texts = new HashMap<>();
      for (DocumentSummary summary : store.list()) {
        texts.put(summary.id(), store.find(summary.id()).map(Document::text).orElseThrow());
      }
      return texts;
    }
  }

  /** One folder whose window is killed again and again. */
  private final class Lane {
    private final Path temporary;
    private final Random random;
    private final Home home;
    private final Set<String> notes;
    private final Path others;
    private int kills;

    Lane(int number) throws Exception {
      others = folder.resolve("lane" + number);
      temporary = Files.createDirectories(folder.resolve("temporary" + number));
      random = new Random(20261127L + number);
      notes = notes();
      home =
          new Home(
              folder.resolve("home" + number),
              number == 0 ? Optional.of(DataKey.random()) : Optional.empty(),
              new HashMap<>());
      addModel(home.path());
      try (DocumentStore store = H2DocumentStore.open(home.path());
          Passphrase passphrase = Passphrase.of(PASSPHRASE)) {
        home.known().put(store.create("", "First.").id(), "First.");
        if (home.key().isPresent()) {
          DataKey key = home.key().get();
          store.protect(key, FastLocks.lock(key, passphrase, RecoveryKey.random()));
        }
      }
    }

    private static void addModel(Path home) throws IOException {
      Path model = Files.createDirectories(home.resolve("models/smollm2-135m-instruct"));
      try (var files = Files.list(STARTER)) {
        for (Path file : files.toList()) {
          Files.createLink(model.resolve(file.getFileName()), file);
        }
      }
    }

    void kill(Way way) throws Exception {
      Home killed =
          switch (way) {
            case MIGRATE -> older();
            case COMPACT -> halfEmpty();
            default -> home;
          };
      if (way == Way.BACK_UP) {
        Folders.delete(killed.path().resolve("backups")); // one is due therefore
      }
      List<String> options = new ArrayList<>(OPTIONS);
      if (way != Way.ACCEPT) {
        options.add("-XX:TieredStopAtLevel=1");
      }
      List<String> lines;
      try (ChildProgram child =
          ChildProgram.startWindow(
              WritingHand.class,
              options,
              temporary,
              killed.path(),
              random.nextLong(),
              killed.key().isPresent() ? PASSPHRASE : "",
              way.hand(),
              memory(way),
              folder.resolve("notes"))) {
        lines = new ArrayList<>(until(child, after(way)));
        Thread.sleep(random.nextInt(way.within()));
        lines.addAll(child.kill());
        assertNotEquals(WritingHand.FAILED, child.exitCode(), () -> "the hand failed, " + way);
      }
      List<String> whole = lines.stream().filter(line -> line.endsWith(" .")).toList();
      seen(way, whole, check(killed, whole));
      if (way == Way.BACK_UP) {
        checkBackups();
      }
      if (way == Way.MIGRATE || way == Way.COMPACT) {
        Folders.delete(killed.path());
      }
      kills++;
    }

    /** A folder of an earlier schema. */
    private Home older() throws IOException {
      Path path = Files.createDirectories(others.resolve("old" + kills));
      Path undisturbed = others.resolve("new");
      unzip(kills / Way.values().length % 2 + 1, undisturbed);
      Home expected = new Home(undisturbed, Optional.empty(), new HashMap<>());
      expected.learn();
      Folders.delete(undisturbed);
      unzip(kills / Way.values().length % 2 + 1, path);
      return new Home(path, Optional.empty(), expected.known());
    }

    private static void unzip(int version, Path into) throws IOException {
      try (InputStream in =
              H2DocumentStore.class.getResourceAsStream("version-" + version + ".zip");
          ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          Path file = into.resolve(entry.getName());
          Files.createDirectories(Objects.requireNonNull(file.getParent()));
          Files.copy(zip, file);
        }
      }
    }

    /** A folder whose large file is hardly in use, as a killed program leaves it. */
    private Home halfEmpty() throws IOException {
      Path prepared = others.resolve("prepared");
      if (!Files.exists(prepared)) {
        Path filled = others.resolve("filled");
        try (DocumentStore store = H2DocumentStore.open(filled)) {
          DocumentId id = store.create("", "Long.").id();
          for (int i = 0; i < 60; i++) {
            long _ = store.save(id, (i + " ").repeat(120_000), 0);
          }
          long _ = store.save(id, "Short.", 0);
          Folders.copy(filled, prepared); // closing makes it smaller
        }
      }
      Path path = others.resolve("large" + kills);
      Folders.copy(prepared, path);
      Home home = new Home(path, Optional.empty(), new HashMap<>());
      try (DocumentStore store = H2DocumentStore.open(others.resolve("filled"))) {
        home.known().putAll(Home.texts(store));
      }
      return home;
    }

    /**
     * Of the machine, in bytes; with none texts are not checked and meanings not looked for, which
     * would make each start ten times as long.
     */
    private long memory(Way way) {
      boolean isWhole = way == Way.ACCEPT && KILLS > 50 && random.nextInt(4) == 0;
      return isWhole ? Machine.here().memory() : 0;
    }

    /** The moment from which the time to the kill is counted. */
    private String after(Way way) {
      if (way == Way.MIGRATE || random.nextInt(8) == 0) {
        return "opening";
      }
      return switch (way) {
        case ACCEPT -> random.nextBoolean() ? "asked" : "accepted";
        case IMPORT -> "importing";
        case BACK_UP, COMPACT, CLOSE -> "closing";
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

    /** Gives how long ago the oldest text was typed that is not there, in milliseconds. */
    private long check(Home killed, List<String> lines) throws Exception {
      List<String> texts = new ArrayList<>();
      List<Long> times = new ArrayList<>();
      Map<String, Long> said = new HashMap<>();
      for (String line : lines) {
        String[] words = line.split(" ", -1);
        said.put(words[0], Long.parseLong(words[1]));
        // From then on the window shows what was brought.
        if (line.startsWith("text ") && !said.containsKey("importing")) {
          times.add(Long.parseLong(words[1]));
          texts.add(new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8));
        }
      }
      try (DocumentStore store = killed.open()) {
        assertEquals(Optional.empty(), store.repair());
        Map<DocumentId, String> found = Home.texts(store);
        killed.known().forEach((id, text) -> assertEquals(text, found.get(id)));
        List<DocumentId> fresh =
            found.keySet().stream()
                .filter(id -> !killed.known().containsKey(id))
                .filter(id -> !notes.contains(found.get(id)))
                .toList();
        assertTrue(fresh.size() <= 1, fresh.size() + " new documents");
        if (said.containsKey("imported")) {
          long brought =
              found.entrySet().stream()
                  .filter(one -> !killed.known().containsKey(one.getKey()))
                  .filter(one -> notes.contains(one.getValue()))
                  .count();
          assertEquals(NOTES, brought, "notes that were shown as brought");
        }
        long oldest = 0;
        if (!texts.isEmpty()) {
          String text = fresh.isEmpty() ? "" : found.getOrDefault(fresh.getFirst(), "");
          int at = texts.lastIndexOf(text); // nothing, too, once all was taken back
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
                      + " new documents, "
                      + said.keySet());
          if (said.getOrDefault("accepted", Long.MAX_VALUE) < times.getLast() - BEHIND_MILLIS) {
            assertFalse(
                store.decisions(fresh.getFirst()).stream()
                    .filter(decision -> decision.verdict() == Decision.Verdict.ACCEPTED)
                    .toList()
                    .isEmpty(),
                "what was accepted is not in the ledger");
          }
        }
        killed.known().putAll(found);
        return oldest;
      }
    }

    /** Where database and journal are gone, all comes from a backup that has its final name. */
    private void checkBackups() throws IOException {
      Path backups = home.path().resolve("backups");
      if (Files.notExists(backups)
          || Folders.names(backups).stream().noneMatch(name -> name.endsWith(".backup"))) {
        return;
      }
      Path path = Files.createDirectories(others.resolve("lost" + kills));
      for (String name : Folders.names(home.path())) {
        if (!Set.of("models", "journal", "qalam.mv.db").contains(name)) {
          Folders.copy(home.path().resolve(name), path.resolve(name));
        }
      }
      try (DocumentStore store = new Home(path, home.key(), new HashMap<>()).open()) {
        Map<DocumentId, String> found = Home.texts(store);
        home.known().forEach((id, text) -> assertEquals(text, found.get(id)));
      }
      Folders.delete(path);
    }
  }
}
