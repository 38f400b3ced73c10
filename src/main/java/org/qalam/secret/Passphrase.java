package org.qalam.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * What a person types to unlock the data: any characters, spaces and semicolons among them, in
 * their order. The same letters in either normal form of Unicode are the same passphrase, since
 * keyboards and systems differ in which they give. Confined to one thread.
 */
public final class Passphrase implements AutoCloseable {
  /** Characters (UTF-16 units) that are taken at most. */
  public static final int LONGEST = 1024;

  private final byte[] bytes;

  private Passphrase(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes over what was typed.
   *
   * @throws IllegalArgumentException where that is nothing or too long, in a sentence for whoever
   *     typed it
   */
  public static Passphrase of(CharSequence typed) {
    if (typed.isEmpty()) {
      throw new IllegalArgumentException("The passphrase is empty.");
    }
    if (typed.length() > LONGEST) {
      throw new IllegalArgumentException(
          "The passphrase has " + typed.length() + " characters; it may have " + LONGEST + ".");
    }
    String normal = Normalizer.normalize(typed, Normalizer.Form.NFC);
    return new Passphrase(normal.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the other is the same. */
  public boolean isSame(Passphrase other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  /** In UTF-8; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** Overwrites it. Closing twice is harmless. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
