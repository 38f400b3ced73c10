package org.qalam.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
  @TempDir Path folder;

  private final DataKey key = DataKey.random();
  private final RecoveryKey recovery = RecoveryKey.random();

  private KeyRing ring(String passphrase) {
    return FastLocks.lock(key, Passphrase.of(passphrase), recovery);
  }

  private boolean opens(KeyRing ring, String passphrase) {
    Optional<DataKey> opened = ring.unlock(Passphrase.of(passphrase));
    opened.ifPresent(one -> assertArrayEquals(key.bytes(), one.bytes()));
    return opened.isPresent();
  }

  @Test
  void anyPassphraseWorksAndNoOther() {
    Random random = new Random(7);
    List<String> passphrases =
        List.of(
            " ",
            "correct horse battery staple",
            " correct horse battery staple",
            "a;INIT=CREATE ALIAS x",
            "كلمة السر؛ مع مسافات",
            "🙂🙃 naïve Ångström",
            "quotes ' \" \\ and \t\n",
            letters(random, Passphrase.LONGEST - 1) + "x");
    for (String passphrase : passphrases) {
      KeyRing ring = KeyRing.read(ring(passphrase).bytes()).orElseThrow();
      assertTrue(opens(ring, passphrase), passphrase);
      assertEquals(
          List.of(),
          List.of(
                  passphrase + " ",
                  " " + passphrase,
                  passphrase.substring(0, passphrase.length() - 1) + "#",
                  passphrase.strip() + "\u200f")
              .stream()
              .filter(other -> other.length() <= Passphrase.LONGEST && opens(ring, other))
              .toList());
    }
  }

  private static String letters(Random random, int length) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append((char) ('!' + random.nextInt(90)));
    }
    return letters.toString();
  }

  @Test
  void bothNormalFormsAreOnePassphrase() {
    String composed = Normalizer.normalize("Ångström é أُمّ", Normalizer.Form.NFC);
    String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);
    assertNotEquals(composed, apart);
    assertTrue(opens(ring(composed), apart));
    assertTrue(opens(ring(apart), composed));
  }

  @Test
  void nothingAndTooMuchAreRefusedInWords() {
    assertEquals(
        "The passphrase is empty.",
        assertThrows(IllegalArgumentException.class, () -> Passphrase.of("")).getMessage());
    assertEquals(
        "The passphrase has 1025 characters; it may have 1024.",
        assertThrows(IllegalArgumentException.class, () -> Passphrase.of("x".repeat(1025)))
            .getMessage());
  }

  @Test
  void aChangedPassphraseOpensTheSameKeyAndTheOldOneNoLonger() {
    KeyRing changed = ring("old words").withPassphrase(key, Passphrase.of("new words"));
    assertTrue(opens(changed, "new words"));
    assertTrue(!opens(changed, "old words"));
    assertArrayEquals(key.bytes(), changed.unlock(recovery).orElseThrow().bytes());
    KeyRing other = changed.withRecovery(key, RecoveryKey.random());
    assertTrue(opens(other, "new words"));
    assertEquals(Optional.empty(), other.unlock(recovery));
  }

  @Test
  void theRecoveryKeyIsReadAsPeopleWriteIt() {
    String words = recovery.words();
    assertTrue(words.matches("([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}"), words);
    KeyRing ring = ring("words");
    List<String> written =
        List.of(
            words,
            words.toLowerCase(Locale.ROOT).replace('-', ' '),
            "\u200e" + words.replace("-", "") + "\n",
            words.replace('0', 'o').replace('1', 'l'),
            words.replace('-', '–'));
    for (String each : written) {
      assertArrayEquals(
          key.bytes(),
          ring.unlock(RecoveryKey.parse(each).orElseThrow()).orElseThrow().bytes(),
          each);
    }
    char last = words.charAt(words.length() - 1) == 'Z' ? 'Y' : 'Z';
    RecoveryKey wrong =
        RecoveryKey.parse(words.substring(0, words.length() - 1) + last).orElseThrow();
    assertEquals(Optional.empty(), ring.unlock(wrong));
    assertEquals(Optional.empty(), RecoveryKey.parse(words + "2"));
    assertEquals(Optional.empty(), RecoveryKey.parse("my passphrase"));
  }

  @Test
  void whatIsLockedWithAPassphraseAloneHasNoRecoveryKey() {
    try (Passphrase passphrase = Passphrase.of("alone")) {
      KeyRing alone = KeyRing.read(KeyRing.lock(key, passphrase).bytes()).orElseThrow();
      assertFalse(alone.hasRecoveryKey());
      assertEquals(Optional.empty(), alone.unlock(recovery));
      assertArrayEquals(key.bytes(), alone.unlock(passphrase).orElseThrow().bytes());
      assertTrue(FastLocks.lock(key, passphrase, recovery).hasRecoveryKey());
    }
  }

  @Test
  void aFlippedBitIsNoticed() {
    byte[] bytes = ring("words").bytes();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(Optional.empty(), KeyRing.read(flipped), "bit " + bit);
    }
  }

  @Test
  void oneWholeCopyOfThreeIsEnough() throws Exception {
    KeyFile file = new KeyFile(folder);
    assertEquals(Optional.empty(), file.read());
    KeyRing ring = ring("words");
    file.write(ring);
    Path first = folder.resolve("qalam.keys");
    Path second = folder.resolve("qalam.keys.copy");
    Path third = folder.resolve("backups").resolve("qalam.keys");
    Files.write(first, new byte[100]);
    Files.delete(second);
    assertTrue(opens(file.read().orElseThrow(), "words"));
    file.complete(ring);
    assertArrayEquals(ring.bytes(), Files.readAllBytes(first));
    assertArrayEquals(ring.bytes(), Files.readAllBytes(second));
    for (Path place : List.of(first, second, third)) {
      Files.write(place, new byte[7]);
    }
    Exception refused = assertThrows(IOException.class, file::read);
    assertTrue(String.valueOf(refused.getMessage()).contains("qalam.keys is damaged"));
    file.delete();
    assertEquals(Optional.empty(), file.read());
  }

  /** The vector of the reference implementation (phc-winner-argon2, test.c): 64 MiB, 2 passes. */
  @Test
  void keysAreDerivedAsTheReferenceDoes() {
    byte[] hash =
        new Argon2(65536, 2, 1)
            .derive(
                "password".getBytes(StandardCharsets.US_ASCII),
                "somesalt".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        HexFormat.of().formatHex(hash));
  }

  @Test
  void unlockingIsNeverCheap() {
    Argon2 tuned = Argon2.measured();
    assertEquals(64 * 1024, tuned.memory());
    assertTrue(tuned.passes() >= 3, tuned.toString());
  }

  @Test
  void whatWasSealedOpensInItsPlaceAlone() {
    Seal seal = key.seal("texts");
    byte[] place = ByteBuffer.allocate(4).putInt(3).array();
    byte[] other = ByteBuffer.allocate(4).putInt(4).array();
    byte[] text = "private".getBytes(StandardCharsets.UTF_8);
    byte[] sealed = seal.seal(text, place);
    assertArrayEquals(text, seal.open(sealed, place).orElseThrow());
    assertEquals(Optional.empty(), seal.open(sealed, other));
    assertEquals(Optional.empty(), key.seal("journal").open(sealed, place));
    assertEquals(Optional.empty(), DataKey.random().seal("texts").open(sealed, place));
    assertEquals(Optional.empty(), seal.open(new byte[5], place));
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(Optional.empty(), seal.open(flipped, place), "bit " + bit);
    }
    assertNotEquals(
        HexFormat.of().formatHex(sealed), HexFormat.of().formatHex(seal.seal(text, place)));
  }
}
