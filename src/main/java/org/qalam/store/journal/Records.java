package org.qalam.store.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the records of a file, past whatever is damaged or cut short between them. */
final class Records {
  /**
   * A record that is as it was written.
   *
   * @param start its first byte in the file
   * @param size of all of it in bytes
   */
  record Found(Entry entry, int start, int size) {}

  private Records() {}

  /**
   * Hands on each intact record in its order.
   *
   * @return whether the file holds nothing else
   */
  static boolean read(byte[] file, Consumer<Found> each) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    boolean isWhole = true;
    int at = 0;
    while (at < file.length) {
      int size = intactSize(file, bytes, at);
      if (size == 0) {
        isWhole = false;
        at++;
        continue;
      }
      int body = at + RecordFormat.HEAD;
      int length = size - RecordFormat.HEAD - RecordFormat.HASH;
      Optional<Entry> entry = entry(bytes.slice(body, length));
      if (entry.isPresent()) {
        each.accept(new Found(entry.get(), at, size));
      }
      at += size;
    }
    return isWhole;
  }

  /** Size of the intact record at {@code at}; 0 where there is none. */
  private static int intactSize(byte[] file, ByteBuffer bytes, int at) {
    int rest = file.length - at;
    if (rest < RecordFormat.HEAD + RecordFormat.HASH || bytes.getInt(at) != RecordFormat.MAGIC) {
      return 0;
    }
    int body = bytes.getInt(at + 4);
    if (body <= 0 || body > rest - RecordFormat.HEAD - RecordFormat.HASH) {
      return 0;
    }
    int hashed = RecordFormat.HEAD + body;
    return RecordFormat.isIntact(file, at, hashed) ? hashed + RecordFormat.HASH : 0;
  }

  private static Optional<Entry> entry(ByteBuffer body) {
    try {
      return EntryReader.read(body);
    } catch (RuntimeException e) {
      // Its hash is right, so it is what some Qalam wrote: one that is newer than this.
      return Optional.empty();
    }
  }
}
