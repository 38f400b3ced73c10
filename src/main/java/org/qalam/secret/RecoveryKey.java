package org.qalam.secret;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * 160 random bits to write on paper, which unlock the data where the passphrase is forgotten. In
 * words it is eight groups of four characters out of Crockford's 32, in which no two look alike.
 */
public final class RecoveryKey implements AutoCloseable {
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int BYTES = 20;
  private static final int BITS = 5;
  private static final int GROUP = 4;

  private final byte[] bytes;

  private RecoveryKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  public static RecoveryKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new RecoveryKey(bytes);
  }

  /**
   * Reads one as a person writes it: in either case, with or without spaces and hyphens, with O for
   * 0, and I or L for 1.
   *
   * @return empty where that is none
   */
  public static Optional<RecoveryKey> parse(String written) {
    String letters =
        written
            .toUpperCase(Locale.ROOT)
            .replaceAll("[\\s\\p{Pd}\\p{Cf}]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    if (letters.length() != BYTES * Byte.SIZE / BITS) {
      return Optional.empty();
    }
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < letters.length(); i++) {
      int value = LETTERS.indexOf(letters.charAt(i));
      if (value < 0) {
        return Optional.empty();
      }
      for (int bit = 0; bit < BITS; bit++) {
        int at = i * BITS + bit;
        bytes[at / Byte.SIZE] |=
            (byte) (((value >> (BITS - 1 - bit)) & 1) << (Byte.SIZE - 1 - at % Byte.SIZE));
      }
    }
    return Optional.of(new RecoveryKey(bytes));
  }

  byte[] bytes() {
    return bytes;
  }

  /** As it is written down: {@code 7K3M-…}. */
  public String words() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < BYTES * Byte.SIZE / BITS; i++) {
      if (i > 0 && i % GROUP == 0) {
        words.append('-');
      }
      int value = 0;
      for (int bit = 0; bit < BITS; bit++) {
        int at = i * BITS + bit;
        value = 2 * value + ((bytes[at / Byte.SIZE] >> (Byte.SIZE - 1 - at % Byte.SIZE)) & 1);
      }
      words.append(LETTERS.charAt(value));
    }
    return words.toString();
  }

  /** Overwrites it. Closing twice is harmless. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
