package org.qalam.store.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.secret.DataKey;
import org.qalam.secret.FastLocks;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.BackupStore.Restored;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/** Backups with a passphrase of their own, whatever that of the notes is. */
class LockedBackupTest {
  private static final String OWN = "three herons; بجع";
  private static final int DOCUMENTS = 10;

  /** Of a record, around its body: magic and length, and SHA-256. */
  private static final int AROUND = 8 + 32;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("carry.backup");
  }

  @BeforeEach
  void makeFolder() throws Exception {
    Files.createDirectories(folder.resolve("from"));
  }

  /** Ten documents with fifty phrases in the open, backed up with a passphrase. */
  private String backedUp() {
    try (DocumentStore store = H2DocumentStore.open(folder.resolve("from"));
        Passphrase own = Passphrase.of(OWN)) {
      SecretStoreTest.plant(store);
      assertEquals(DOCUMENTS, store.backUp(file(), Optional.of(own)));
      return SecretStoreTest.all(store);
    }
  }

  private static Optional<DataKey> unlock(KeyRing ring, String typed) {
    try (Passphrase passphrase = Passphrase.of(typed)) {
      return ring.unlock(passphrase);
    }
  }

  @Test
  void openNotesGoToAFileThatTellsNothingAndOpenFromItElsewhere() throws Exception {
    String before = backedUp();
    Path alone = Files.createDirectory(folder.resolve("alone")).resolve("carry.backup");
    Files.copy(file(), alone);
    assertEquals(List.of(), SecretStoreTest.readable(alone.resolveSibling("")));
    // Restored where the notes are under another passphrase, which does not open the file.
    Path to = Files.createDirectories(folder.resolve("to"));
    try (DataKey notes = DataKey.random();
        DocumentStore store = H2DocumentStore.open(to)) {
      store.protect(
          notes, FastLocks.lock(notes, Passphrase.of("of the notes"), RecoveryKey.random()));
      KeyRing ring = store.lockOf(file()).orElseThrow();
      assertFalse(ring.hasRecoveryKey());
      assertEquals(Optional.empty(), unlock(ring, "of the notes"));
      assertEquals(Optional.empty(), unlock(ring, "three herons"));
      StoreException sealed = assertThrows(StoreException.class, () -> store.restore(file()));
      assertEquals(Reason.SEALED, sealed.reason());
      assertEquals(
          file() + " is locked with a passphrase. Nothing was changed.", sealed.getMessage());
      assertThrows(StoreException.class, () -> store.restore(file(), Optional.of(notes)));
      assertEquals(List.of(), store.list());
      assertEquals(
          new Restored(DOCUMENTS, DOCUMENTS, 0, true), store.restore(file(), unlock(ring, OWN)));
      assertEquals(before, SecretStoreTest.all(store));
    }
    assertEquals(List.of(), SecretStoreTest.readable(to));
  }

  @Test
  void notesUnderAPassphraseGoToAFileThatItDoesNotOpen() {
    try (DataKey notes = DataKey.random();
        Passphrase ofNotes = Passphrase.of("of the notes");
        Passphrase own = Passphrase.of(OWN);
        DocumentStore store = H2DocumentStore.open(folder.resolve("from"))) {
      SecretStoreTest.plant(store);
      store.protect(notes, FastLocks.lock(notes, ofNotes, RecoveryKey.random()));
      assertEquals(DOCUMENTS, store.backUp(file(), Optional.of(own)));
      KeyRing ring = store.lockOf(file()).orElseThrow();
      assertEquals(Optional.empty(), ring.unlock(ofNotes));
      assertThrows(StoreException.class, () -> store.restore(file(), Optional.of(notes)));
      assertEquals(new Restored(DOCUMENTS, 0, 0, true), store.restore(file(), ring.unlock(own)));
      // No two files share a key, though the passphrase is the same.
      Path second = folder.resolve("second.backup");
      assertEquals(DOCUMENTS, store.backUp(second, Optional.of(own)));
      assertThrows(StoreException.class, () -> store.restore(second, ring.unlock(own)));
    }
  }

  @Test
  void everyByteOfTheKeysIsWatchedAndTheirSecondCopyStepsIn() throws Exception {
    backedUp();
    byte[] good = Files.readAllBytes(file());
    int size = AROUND + ByteBuffer.wrap(good, 4, 4).getInt();
    try (DocumentStore store = H2DocumentStore.open(folder.resolve("to"))) {
      KeyRing ring = store.lockOf(file()).orElseThrow();
      Optional<DataKey> key = unlock(ring, OWN);
      assertEquals(DOCUMENTS, store.restore(file(), key).added());
      for (int at = 0; at < size; at++) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << (at % 8));
        Files.write(file(), bad);
        assertArrayEquals(ring.bytes(), store.lockOf(file()).orElseThrow().bytes());
        if (at % 23 == 0) { // reading all of it takes longer
          assertEquals(
              new Restored(DOCUMENTS, 0, 0, false), store.restore(file(), key), "at " + at);
        }
      }
      // With both gone nobody can open it, and that is said.
      byte[] bad = good.clone();
      bad[size / 2] ^= 1;
      bad[lastIndexOf(good, Arrays.copyOf(good, size)) + size / 2] ^= 1;
      Files.write(file(), bad);
      assertEquals(Optional.empty(), store.lockOf(file()));
      StoreException lost = assertThrows(StoreException.class, () -> store.restore(file()));
      assertEquals(Reason.DAMAGED, lost.reason());
      assertEquals(
          file() + " is not a backup of Qalam, or damaged. Nothing was changed.",
          lost.getMessage());
    }
  }

  private static int lastIndexOf(byte[] bytes, byte[] wanted) {
    int at = bytes.length - wanted.length;
    while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
      at--;
    }
    assertTrue(at > 0, "the keys are there twice");
    return at;
  }

  @Test
  void aFileThatIsCutOrFlippedGivesWhatIsIntactOrIsRefused() throws Exception {
    backedUp();
    byte[] good = Files.readAllBytes(file());
    Map<DocumentId, String> texts = new HashMap<>();
    Optional<DataKey> key;
    try (DocumentStore store = H2DocumentStore.open(folder.resolve("from"))) {
      key = unlock(store.lockOf(file()).orElseThrow(), OWN);
      texts.putAll(texts(store));
    }
    Random random = new Random(20261127);
    for (int trial = 0; trial < 12; trial++) {
      boolean isCut = trial % 3 == 0;
      int at = trial == 1 ? 300 : random.nextInt(good.length); // once the head, behind the keys
      byte[] bad = isCut ? Arrays.copyOf(good, at) : good.clone();
      if (!isCut) {
        bad[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file(), bad);
      int came = 0;
      try (DocumentStore store = H2DocumentStore.open(folder.resolve("to" + trial))) {
        assertFalse(store.restore(file(), key).isWhole());
        for (Map.Entry<DocumentId, String> found : texts(store).entrySet()) {
          assertEquals(texts.get(found.getKey()), found.getValue());
          came++;
        }
      } catch (StoreException e) {
        assertEquals(Reason.DAMAGED, e.reason());
        assertTrue(isCut && at < 2000, "refused though there is something: cut at " + at);
      }
      assertTrue(isCut || came >= texts.size() - 1, "flipped at " + at + ": " + came + " came");
    }
  }

  private static Map<DocumentId, String> texts(DocumentStore store) {
    Map<DocumentId, String> texts = new HashMap<>();
    for (DocumentSummary summary : store.list()) {
      DocumentId id = summary.id();
      texts.put(id, Objects.requireNonNull(store.find(id).orElseThrow().text()));
    }
    return texts;
  }
}
