package org.qalam.store.h2;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * SHA-256 of what a row holds. H2 does not notice a flipped bit in a text, so each text and each
 * row carries its tag and is checked against it when it is read.
 *
 * <p>Each value is preceded by its length, so that no two lists of values give the same bytes;
 * strings count as UTF-16 units, so that even half a surrogate pair is kept as it is.
 */
final class Tag {
  private static final int CHUNK = 4096;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(2 * CHUNK);

  private Tag(String kind) {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    add(kind);
  }

  /**
   * Starts a tag.
   *
   * @param kind keeps tags of different tables apart
   */
  static Tag of(String kind) {
    return new Tag(kind);
  }

  Tag add(long value) {
    digest.update(buffer.clear().putLong(value).flip());
    return this;
  }

  Tag add(double value) {
    return add(Double.doubleToLongBits(value));
  }

  Tag add(UUID value) {
    return add(value.getMostSignificantBits()).add(value.getLeastSignificantBits());
  }

  Tag add(String value) {
    Tag tag = add((long) value.length());
    for (int from = 0; from < value.length(); from += CHUNK) {
      int to = Math.min(from + CHUNK, value.length());
      buffer.clear();
      for (int i = from; i < to; i++) {
        buffer.putChar(value.charAt(i));
      }
      digest.update(buffer.flip());
    }
    return tag;
  }

  /** The digest as 64 hexadecimal digits; ends this tag. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Whether the values so far give {@code expected}; ends this tag. */
  boolean matches(String expected) {
    return hex().equals(expected);
  }
}
