package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.ChildProgram;
import org.qalam.Folders;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.document.Revision;
import org.qalam.secret.DataKey;
import org.qalam.secret.FastLocks;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.BackupStore.Restored;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/**
 * Documents under a passphrase. Run with {@code -Dqalam.reseals=200} for more kills, {@code
 * -Dqalam.flips=1000} for more flipped bits.
 */
class SecretStoreTest {
  static final String PASSPHRASE = "an owl; في الليل";

  private static DataKey key = DataKey.random();
  private static RecoveryKey recovery = RecoveryKey.random();
  private static KeyRing ring = lock(key);

  @TempDir Path folder;

  @BeforeAll
  static void lock() {
    key = DataKey.random();
    recovery = RecoveryKey.random();
    ring = lock(key);
  }

  private static KeyRing lock(DataKey key) {
    return FastLocks.lock(key, Passphrase.of(PASSPHRASE), recovery);
  }

  private Path data() throws IOException {
    return Files.createDirectories(folder.resolve("data"));
  }

  /** A phrase that occurs nowhere else. */
  private static String phrase(int n) {
    return (n % 2 == 0 ? "heron-" : "بلشون-") + (7_000_003L * (n + 1)) + "-" + n;
  }

  /** Fifty phrases in texts, titles, proposals, decisions, versions, the bin and settings. */
  static void plant(DocumentStore store) {
    for (int i = 0; i < 10; i++) {
      Document made = store.create(phrase(i), "First " + phrase(10 + i) + "\n");
      Revision _ = store.keepRevision(made.id(), "Version " + phrase(20 + i));
      long _ = store.save(made.id(), "Then " + phrase(30 + i) + "\n", 3);
      Output output =
          new Output(
              new UUID(1, i),
              made.id(),
              Instant.parse("2026-11-27T05:00:00Z"),
              "proofread",
              "say " + phrase(40 + i),
              phrase(30 + i),
              "proposal of " + phrase(40 + i),
              "starter",
              "prompt with " + phrase(40 + i),
              "{}",
              "",
              3,
              2,
              1.5,
              Output.Fate.PENDING);
      store.add(output);
      store.note(
          List.of(
              new Decision(
                  output.id(),
                  made.id(),
                  Instant.parse("2026-11-27T05:00:01Z"),
                  Decision.Verdict.ACCEPTED,
                  "before " + phrase(30 + i),
                  "after " + phrase(40 + i))));
      store.putSetting("own." + i, "value " + phrase(40 + i));
      if (i == 9) {
        store.delete(made.id());
      }
    }
  }

  /** All that a store hands out, as one text. */
  static String all(DocumentStore store) {
    Map<String, String> all = new TreeMap<>();
    store
        .list()
        .forEach(summary -> {
          DocumentId id = summary.id();
          all.put(
              id.toString(),
              store.find(id).orElseThrow()
                  + " "
                  + summary
                  + store.outputs(id)
                  + store.decisions(id)
                  + store.revisions(id).stream()
                      .map(revision -> revision + store.revisionText(revision.id()))
                      .toList());
        });
    for (int i = 0; i < 10; i++) {
      all.put("setting " + i, store.setting("own." + i).orElse(""));
    }
    return all + "" + store.bin();
  }

  /** Phrases that can be read in any file below a folder, in the encodings that might hide them. */
  static List<String> readable(Path folder) throws IOException {
    List<String> phrases = IntStream.range(0, 50).mapToObj(SecretStoreTest::phrase).toList();
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        found.addAll(Folders.readable(file, phrases));
      }
    }
    return found;
  }

  @Test
  void everythingIsThereUnderTheKeyAndNothingCanBeReadWithoutIt() throws Exception {
    String before;
    try (DocumentStore store = H2DocumentStore.open(data())) {
      plant(store);
      before = all(store);
    }
    assertTrue(readable(data()).size() > 50, "the phrases are looked for in the right way");
    try (DocumentStore store = H2DocumentStore.open(data())) {
      store.protect(key, ring);
      assertEquals(before, all(store));
      assertEquals(List.of(), readable(data()));
      Document made = store.create(phrase(3), "Later: " + phrase(4));
      assertEquals(List.of(), readable(data()), "with the journal");
      store.delete(made.id());
      store.purge(made.id());
    }
    assertEquals(List.of(), readable(data()), "with the backup of closing");
    StoreException sealed = assertThrows(StoreException.class, () -> H2DocumentStore.open(data()));
    assertEquals(Reason.SEALED, sealed.reason());
    try (DataKey opened = unlock(data());
        DocumentStore store = H2DocumentStore.open(data(), opened)) {
      assertEquals(before, all(store));
      assertEquals(Optional.empty(), store.repair());
      store.unprotect();
      assertEquals(before, all(store));
    }
    assertEquals(Optional.empty(), Protection.of(data()));
    try (DocumentStore store = H2DocumentStore.open(data())) {
      assertEquals(before, all(store));
      assertEquals(Optional.empty(), store.repair());
    }
  }

  /** By the recovery key, which is opened at once; a passphrase takes a second. */
  private static DataKey unlock(Path data) {
    return Protection.of(data).orElseThrow().unlock(recovery).orElseThrow();
  }

  @Test
  void anotherKeyOpensNothingAndChangesNothing() throws Exception {
    try (DocumentStore store = H2DocumentStore.open(data())) {
      plant(store);
      store.protect(key, ring);
    }
    byte[] file = Files.readAllBytes(data().resolve("qalam.mv.db"));
    assertThrows(StoreException.class, () -> H2DocumentStore.open(data(), DataKey.random()));
    assertEquals(-1, Arrays.mismatch(file, Files.readAllBytes(data().resolve("qalam.mv.db"))));
    assertEquals(
        Optional.empty(), Protection.of(data()).orElseThrow().unlock(Passphrase.of("an owl")));
  }

  @Test
  void aBackupIsLockedAsTheNotesAreAndOpensElsewhere() throws Exception {
    Path file = folder.resolve("carry.backup");
    String before;
    try (DocumentStore store = H2DocumentStore.open(data())) {
      plant(store);
      store.protect(key, ring);
      before = all(store);
      assertEquals(10, store.backUp(file));
      assertEquals(Optional.empty(), store.lockOf(file));
      assertEquals(0, store.restore(file).added());
    }
    assertEquals(List.of(), readable(folder));
    try (DocumentStore store = H2DocumentStore.open(folder.resolve("elsewhere"))) {
      StoreException sealed =
          assertThrows(StoreException.class, () -> store.restore(file, Optional.empty()));
      assertEquals(Reason.SEALED, sealed.reason());
      KeyRing lock = store.lockOf(file).orElseThrow();
      assertEquals(Optional.empty(), lock.unlock(Passphrase.of("an owl")));
      assertThrows(StoreException.class, () -> store.restore(file, Optional.of(DataKey.random())));
      Restored restored = store.restore(file, lock.unlock(Passphrase.of(PASSPHRASE)));
      assertEquals(new Restored(10, 10, 0, true), restored);
      assertEquals(before, all(store));
    }
  }

  @Test
  void nobodyPlantsATextInTheJournalOrTheBackups() throws Exception {
    DocumentId id;
    try (DocumentStore store = H2DocumentStore.open(data())) {
      id = store.create("", "Mine.").id();
      store.protect(key, ring);
    }
    // A folder whose journal and backup, in the open, have a later text of the same document.
    Path other = folder.resolve("other");
    try (DocumentStore store = H2DocumentStore.open(other)) {
      Document made = store.create("", "Planted.");
      for (int i = 0; i < 20; i++) {
        long _ = store.save(made.id(), "Planted " + i, 0);
      }
    }
    Folders.delete(data().resolve("journal"));
    Folders.copy(other.resolve("journal"), data().resolve("journal"));
    try (DocumentStore store = H2DocumentStore.open(data(), key)) {
      assertEquals("Mine.", store.find(id).orElseThrow().text());
      assertEquals(1, store.list().size());
    }
  }

  /** Killed while everything is written anew, again and again. */
  @Test
  void aKillLeavesItSealedOrOpenAndLosesNothing() throws Exception {
    int kills = Integer.getInteger("qalam.reseals", 4);
    String before;
    try (DocumentStore store = H2DocumentStore.open(data())) {
      plant(store);
      for (int i = 0; i < 80; i++) {
        Document _ = store.create("", "More words. ".repeat(400));
      }
      before = all(store);
    }
    Random random = new Random(11);
    int sealed = 0;
    for (int i = 0; i < kills; i++) {
      try (ChildProgram child =
          ChildProgram.start(
              ResealingProgram.class,
              data(),
              HexFormat.of().formatHex(ring.bytes()),
              recovery.words())) {
        assertEquals("open", child.readLine());
        for (int steps = i % 3; steps > 0; steps--) {
          assertEquals("done", child.readLine());
        }
        Thread.sleep(random.nextInt(250));
        List<String> _ = child.kill();
      }
      Optional<KeyRing> keys = Protection.of(data());
      if (keys.isPresent()) {
        sealed++;
        try (DataKey opened = unlock(data());
            DocumentStore store = H2DocumentStore.open(data(), opened)) {
          assertEquals(Optional.empty(), store.repair(), "kill " + i);
          assertEquals(before, all(store), "kill " + i);
          assertEquals(List.of(), readable(data()), "kill " + i);
        }
      } else {
        try (DocumentStore store = H2DocumentStore.open(data())) {
          assertEquals(Optional.empty(), store.repair(), "kill " + i);
          assertEquals(before, all(store), "kill " + i);
        }
      }
    }
    System.out.println(kills + " kills while sealing and opening, " + sealed + " times sealed");
  }

  @Test
  void aFlippedBitIsMendedOrTold() throws Exception {
    int flips = Integer.getInteger("qalam.flips", 8);
    Path good = folder.resolve("good");
    Map<DocumentId, String> texts = new TreeMap<>(Comparator.comparing(DocumentId::toString));
    try (DocumentStore store = H2DocumentStore.open(Files.createDirectories(good))) {
      store.protect(key, ring);
      for (int i = 0; i < 40; i++) {
        String text = "Note " + i + "\n" + "words of it ".repeat(10 + i);
        texts.put(store.create("", text).id(), text);
      }
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(good)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(f -> !f.toString().endsWith("lock"))
              .sorted()
              .toList();
    }
    Random random = new Random(3);
    int mended = 0;
    for (int i = 0; i < flips; i++) {
      Path trial = folder.resolve("trial");
      Folders.copy(good, Files.createDirectories(folder).resolve("trial"));
      Path file = trial.resolve(good.relativize(files.get(random.nextInt(files.size()))));
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > 0) {
        int bit = random.nextInt(8 * bytes.length);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
      }
      try (DataKey opened = unlock(trial);
          DocumentStore store = H2DocumentStore.open(trial, opened)) {
        mended += store.repair().isPresent() ? 1 : 0;
        assertEquals(texts.size(), store.list().size(), "flip " + i + " in " + file);
        texts.forEach((id, text) -> assertEquals(text, store.find(id).orElseThrow().text()));
      }
      Folders.delete(trial);
    }
    System.out.println(flips + " flipped bits under a passphrase, " + mended + " times mended");
  }

  @Test
  void anyTextSurvivesItsSeal() throws Exception {
    List<String> texts =
        List.of(
            "",
            "half a pair \uD83D and on",
            "مرحباً بالعالم 🙂",
            "long ".repeat(TextParts.PART_LENGTH / 3));
    List<DocumentId> ids;
    try (DocumentStore store = H2DocumentStore.open(data())) {
      store.protect(key, ring);
      ids = texts.stream().map(text -> store.create("", text).id()).toList();
    }
    try (DocumentStore store = H2DocumentStore.open(data(), key)) {
      for (int i = 0; i < texts.size(); i++) {
        assertEquals(texts.get(i), store.find(ids.get(i)).orElseThrow().text());
        long _ = store.save(ids.get(i), texts.get(i) + "!", 0);
        assertEquals(texts.get(i) + "!", store.find(ids.get(i)).orElseThrow().text());
      }
    }
  }
}
