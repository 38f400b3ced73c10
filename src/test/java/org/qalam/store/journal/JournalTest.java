package org.qalam.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;

class JournalTest {
  private static final Instant NOW = Instant.parse("2026-11-26T17:20:00.123456Z");

  @TempDir Path folder;

  private static DocumentCopy copy(long sequence, int document, String text) {
    return new DocumentCopy(
        sequence,
        new DocumentId(new UUID(7, document)),
        "Title " + document,
        sequence + 1,
        text.length(),
        NOW,
        NOW.plusSeconds(sequence),
        sequence % 2 == 0 ? Optional.of(NOW) : Optional.empty(),
        text);
  }

  private Path journal() {
    return folder.resolve("journal");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(journal())) {
      return files.sorted().toList();
    }
  }

  @Test
  void givesBackTheNewestOfEachDocumentAsItWas() throws Exception {
    String odd = "مرحبا 👩‍👩‍👧 half a pair \uD800 and a nought \u0000\n";
    List<DocumentCopy> newest = List.of(copy(2, 2, ""), copy(3, 1, odd));
    try (Journal journal = Journal.open(journal())) {
      assertEquals(0, journal.lastSequence());
      journal.append(copy(1, 1, "older"));
      journal.append(newest.get(0));
      journal.append(newest.get(1));
      assertEquals(newest, journal.since(0));
    }
    try (Journal journal = Journal.open(journal())) {
      assertEquals(3, journal.lastSequence());
      assertEquals(newest, journal.since(0));
      assertEquals(newest.subList(1, 2), journal.since(2));
      assertEquals(List.of(), journal.since(3));
    }
  }

  @Test
  void skipsARecordThatIsDamagedInAnyByteOrCutShortAndReadsOnBehindIt() throws Exception {
    DocumentCopy first = copy(1, 1, "one");
    DocumentCopy second = copy(3, 2, "two");
    DocumentCopy third = copy(5, 3, "three");
    try (Journal journal = Journal.open(journal())) {
      journal.append(first);
      journal.append(second);
      journal.append(third);
    }
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    int start = RecordFormat.write(new Entry.Text(first)).remaining();
    int end = start + RecordFormat.write(new Entry.Text(second)).remaining();
    for (int at = start; at < end; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      try (Journal journal = Journal.open(journal())) {
        assertEquals(List.of(first, third), journal.since(0), "byte " + at);
      }
    }
    // Cut short, and written on behind that.
    Files.write(file, Arrays.copyOf(whole, end - 5));
    try (Journal journal = Journal.open(journal())) {
      assertEquals(List.of(first), journal.since(0));
      journal.append(third);
    }
    try (Journal journal = Journal.open(journal())) {
      assertEquals(List.of(first, third), journal.since(0));
    }
  }

  @Test
  void staysBelowItsBoundAndKeepsTheNewestOfEachDocument() throws Exception {
    String text = "x".repeat(200_000);
    long sequence = 0;
    try (Journal journal = Journal.open(journal())) {
      journal.append(copy(++sequence, 99, "written once, long ago"));
      for (int i = 0; i < 50; i++) {
        journal.append(copy(++sequence, i % 3, i + text));
        assertTrue(journal.size() <= 2 * journal.needed() + Journal.SLACK + Journal.SEGMENT);
      }
    }
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    // 10 MB were written; three texts of 0.2 MB are needed.
    assertTrue(size <= 2 * 600_200 + Journal.SLACK + Journal.SEGMENT, size + " bytes");
    try (Journal journal = Journal.open(journal())) {
      assertEquals(
          List.of("written once, long ago", "47" + text, "48" + text, "49" + text),
          journal.since(0).stream().map(DocumentCopy::text).toList());
    }
  }

  @Test
  void letsGoOfWhatABackupHolds() throws Exception {
    String text = "x".repeat(Journal.SEGMENT);
    try (Journal journal = Journal.open(journal())) {
      journal.append(copy(1, 1, text));
      journal.append(copy(2, 2, text));
      journal.append(copy(3, 3, text));
      assertEquals(3, files().size());
      journal.backedUp(2);
    }
    try (Journal journal = Journal.open(journal())) {
      assertEquals(List.of(3L), journal.since(0).stream().map(DocumentCopy::sequence).toList());
    }
  }

  @Test
  void goesOnAfterAnErrorAndSaysThatItLacksSomethingUntilABackupHoldsIt() throws Exception {
    Files.writeString(journal(), "a file where the folder should be");
    try (Journal journal = Journal.open(journal())) {
      assertThrows(IOException.class, () -> journal.append(copy(1, 1, "one")));
      assertTrue(journal.isBehind());
      Files.delete(journal());
      journal.append(copy(2, 2, "two"));
      assertEquals(List.of(copy(2, 2, "two")), journal.since(0));
      assertTrue(journal.isBehind());
      journal.backedUp(2);
      assertFalse(journal.isBehind());
    }
  }
}
