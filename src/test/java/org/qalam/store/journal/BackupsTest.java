package org.qalam.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;

class BackupsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T17:20:00.123456Z");
  private static final DocumentId DOCUMENT = new DocumentId(new UUID(1, 2));

  @TempDir Path folder;

  private static List<Entry> entries(long sequence) {
    Output output =
        new Output(
            new UUID(3, 4),
            DOCUMENT,
            NOW,
            "rewrite",
            "shorter",
            "a passage",
            "passage",
            "starter",
            "prompt",
            "{}",
            "LANGUAGE",
            12,
            34,
            5.6,
            Output.Fate.REPLACED);
    return List.of(
        new Entry.Text(
            new DocumentCopy(sequence, DOCUMENT, "", 1, 0, NOW, NOW, Optional.empty(), "text")),
        new Entry.Proposal(output),
        new Entry.Choice(
            new Decision(output.id(), DOCUMENT, NOW, Decision.Verdict.TAKEN_BACK, "a", "")),
        new Entry.Setting("window", "1200x800"));
  }

  private static void write(Backups backups, long sequence) throws IOException {
    try (BackupWriter backup = backups.begin(new Entry.Head(NOW, sequence))) {
      for (Entry entry : entries(sequence)) {
        backup.add(entry);
      }
      backup.finish();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void keepsTheNewestThreeAndReadsTheNewestFirst() throws Exception {
    Backups backups = new Backups(folder);
    for (long sequence = 1; sequence <= 5; sequence++) {
      write(backups, sequence);
    }
    assertEquals(Backups.KEPT, files().size());
    assertEquals(Optional.of(new Entry.Head(NOW, 5)), new Backups(folder).newest());
    List<Entry> expected = new ArrayList<>();
    for (long sequence = 5; sequence >= 3; sequence--) {
      expected.add(new Entry.Head(NOW, sequence));
      expected.addAll(entries(sequence));
      expected.add(new Entry.Tail(4));
    }
    List<Entry> found = new ArrayList<>();
    backups.read(found::add);
    assertEquals(expected, found);
  }

  @Test
  void oneThatIsNotFinishedLeavesTheOthersAsTheyWere() throws Exception {
    Backups backups = new Backups(folder);
    write(backups, 1);
    List<Path> before = files();
    try (BackupWriter backup = backups.begin(new Entry.Head(NOW, 2))) {
      backup.add(entries(2).getFirst());
    }
    assertEquals(before, files());
    assertEquals(1, backups.newest().orElseThrow().sequence());
  }

  @Test
  void noneIsWholeThatIsCutShortOrHasAChangedByte() throws Exception {
    write(new Backups(folder), 1);
    Path file = files().getFirst();
    assertTrue(Backups.isWhole(file, Optional.empty()));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 5) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      assertFalse(Backups.isWhole(file, Optional.empty()), "byte " + at + " changed");
      Files.write(file, Arrays.copyOf(whole, at));
      assertFalse(Backups.isWhole(file, Optional.empty()), "cut short after " + at);
    }
  }
}
