package org.qalam.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.ChildProgram;
import org.qalam.Folders;
import org.qalam.secret.DataKey;
import org.qalam.secret.FastLocks;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.DocumentStore;
import org.qalam.store.h2.H2DocumentStore;
import org.qalam.store.h2.Protection;

/**
 * Fifty phrases are written into notes under a passphrase with the real window, model and search;
 * then every byte below the folders of data and of temporary files is looked at.
 */
class NothingReadableTest {
  private static final String PASSPHRASE = "moon over; القاهرة";
  private static final Path STARTER = Path.of("models/smollm2-135m-instruct");

  private static final String ENGLISH = "sandpiper";
  private static final String ARABIC = "طيطوى";

  private static final List<String> PHRASES =
      IntStream.range(0, 50)
          .mapToObj(i -> (i % 2 == 0 ? ENGLISH : ARABIC) + (900_001L * (i + 11)) + "x" + i)
          .toList();

  @TempDir Path folder;
  private Path home = Path.of("");
  private Path temporary = Path.of("");

  @BeforeEach
  void protect() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    temporary = Files.createDirectories(folder.resolve("temporary"));
    Path models = Files.createDirectories(home.resolve("models/smollm2-135m-instruct"));
    try (var files = Files.list(STARTER)) {
      for (Path file : files.toList()) {
        Files.createLink(models.resolve(file.getFileName()), file);
      }
    }
    try (Passphrase passphrase = Passphrase.of(PASSPHRASE);
        DataKey key = DataKey.random();
        DocumentStore store = H2DocumentStore.open(home)) {
      store.protect(key, FastLocks.lock(key, passphrase, RecoveryKey.random()));
    }
  }

  /** After an orderly end: {@link LockedNotesTest}. */
  @Test
  void notWhileItIsUsedNorAfterAKill() throws Exception {
    try (ChildProgram program = start()) {
      assertEquals("written", program.readLine());
      assertEquals(List.of(), readable(), "while it runs");
    }
    assertEquals(List.of(), readable(), "after it was killed");
    try (DataKey key =
            Protection.of(home).orElseThrow().unlock(Passphrase.of(PASSPHRASE)).orElseThrow();
        DocumentStore store = H2DocumentStore.open(home, key)) {
      List<String> texts =
          store.list().stream()
              .map(summary -> store.find(summary.id()).orElseThrow().text())
              .toList();
      List<String> missing =
          PHRASES.stream()
              .filter(phrase -> texts.stream().noneMatch(text -> text.contains(phrase)))
              .toList();
      assertEquals(List.of(), missing, "all was really written");
    }
  }

  /** Phrases that stand in any file, or its name, in an encoding that a program might use. */
  private List<String> readable() throws IOException {
    List<String> found = new ArrayList<>();
    long looked = 0;
    for (Path place : List.of(home, temporary)) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.filter(f -> !f.startsWith(home.resolve("models"))).toList()) {
          looked += Files.isRegularFile(file) ? Files.size(file) : 0;
          // each phrase begins with one of them
          found.addAll(Folders.readable(file, List.of(ENGLISH, ARABIC)));
        }
      }
    }
    assertTrue(looked > 20_000, looked + " bytes");
    return found;
  }

  /** Five phrases in each note. */
  private static List<String> notes() {
    return IntStream.iterate(0, from -> from < PHRASES.size(), from -> from + 5)
        .mapToObj(from -> String.join(" and ", PHRASES.subList(from, from + 5)))
        .toList();
  }

  private ChildProgram start() throws IOException {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
    Path phrases = Files.write(folder.resolve("phrases"), notes());
    return ChildProgram.startWindow(
        PrivateProgram.class, List.of(), temporary, home, passphrase, phrases);
  }
}
