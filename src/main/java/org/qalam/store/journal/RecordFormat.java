package org.qalam.store.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.qalam.secret.Seal;

/**
 * A record: {@link #MAGIC} or, where its body is sealed, {@link #SEALED} (4 bytes), the body's
 * length (4), the body, and SHA-256 over all of that (32). The first byte of the magic occurs in no
 * UTF-8 text, so that whoever looks for the next record behind a damaged one is hardly ever misled
 * by what a writer wrote.
 */
final class RecordFormat {
  static final int MAGIC = 0xFF514A01;
  static final int SEALED = 0xFF514A02;
  static final int HEAD = 8;
  static final int HASH = 32;

  private static final byte[] CONTEXT = "record 1".getBytes(StandardCharsets.US_ASCII);

  private RecordFormat() {}

  /** The record as it is written in the open. */
  static ByteBuffer write(Entry entry) {
    return write(entry, Optional.empty());
  }

  /**
   * The record as it is written.
   *
   * @param seal what its body is sealed with
   */
  static ByteBuffer write(Entry entry, Optional<Seal> seal) {
    EntryWriter writer = new EntryWriter();
    writer.put(entry);
    byte[] plain = writer.bytes();
    byte[] body = seal.map(by -> by.seal(plain, CONTEXT)).orElse(plain);
    ByteBuffer record = ByteBuffer.allocate(HEAD + body.length + HASH);
    record.putInt(seal.isPresent() ? SEALED : MAGIC).putInt(body.length).put(body);
    MessageDigest digest = sha256();
    digest.update(record.array(), 0, HEAD + body.length);
    record.put(digest.digest());
    return record.flip();
  }

  /** The body in the open; empty where it is not sealed with this. */
  static Optional<ByteBuffer> open(ByteBuffer body, Seal seal) {
    byte[] sealed = new byte[body.remaining()];
    body.get(sealed);
    return seal.open(sealed, CONTEXT).map(ByteBuffer::wrap);
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
