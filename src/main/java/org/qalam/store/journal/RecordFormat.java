package org.qalam.store.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A record: {@link #MAGIC} (4 bytes), the body's length (4), the body, and SHA-256 over all of that
 * (32). The first byte of the magic occurs in no UTF-8 text, so that whoever looks for the next
 * record behind a damaged one is hardly ever misled by what a writer wrote.
 */
final class RecordFormat {
  static final int MAGIC = 0xFF514A01;
  static final int HEAD = 8;
  static final int HASH = 32;

  private RecordFormat() {}

  /** The record as it is written. */
  static ByteBuffer write(Entry entry) {
    EntryWriter writer = new EntryWriter();
    writer.put(MAGIC).put(0);
    writer.put(entry);
    byte[] bytes = writer.bytes();
    ByteBuffer record = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + HASH));
    record.putInt(4, bytes.length - HEAD);
    MessageDigest digest = sha256();
    digest.update(record.array(), 0, bytes.length);
    record.put(bytes.length, digest.digest());
    return record;
  }

  /** Whether {@code length} bytes of head and body at {@code start} have their hash behind them. */
  static boolean isIntact(byte[] bytes, int start, int length) {
    MessageDigest digest = sha256();
    digest.update(bytes, start, length);
    return Arrays.equals(digest.digest(), 0, HASH, bytes, start + length, start + length + HASH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
