package org.qalam.store.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.qalam.secret.Seal;

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

  /** The same for records in the open. */
  static boolean read(byte[] file, Consumer<Found> each) {
    return read(file, Optional.empty(), each);
  }

  /**
   * Hands on each intact record in its order.
   *
   * @param seal with which they are sealed: one in the open is then no record, since anybody may
   *     have written it, unless it holds the keys themselves
   * @return whether the file holds nothing else
   */
  static boolean read(byte[] file, Optional<Seal> seal, Consumer<Found> each) {
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
      int length = size - RecordFormat.HEAD - RecordFormat.HASH;
      ByteBuffer body = bytes.slice(at + RecordFormat.HEAD, length);
      boolean isSealed = bytes.getInt(at) == RecordFormat.SEALED;
      Optional<ByteBuffer> open =
          isSealed ? seal.flatMap(by -> RecordFormat.open(body, by)) : Optional.of(body);
      Optional<Entry> entry = open.flatMap(Records::entry);
      boolean isWanted =
          isSealed || seal.isEmpty() || entry.filter(Entry.Keys.class::isInstance).isPresent();
      if (entry.isPresent() && isWanted) {
        each.accept(new Found(entry.get(), at, size));
      }
      isWhole &= open.isPresent() && isWanted;
      at += size;
    }
    return isWhole;
  }

  /** Size of the intact record at {@code at}; 0 where there is none. */
  private static int intactSize(byte[] file, ByteBuffer bytes, int at) {
    int rest = file.length - at;
    if (rest < RecordFormat.HEAD + RecordFormat.HASH || !isMagic(bytes.getInt(at))) {
      return 0;
    }
    int body = bytes.getInt(at + 4);
    if (body <= 0 || body > rest - RecordFormat.HEAD - RecordFormat.HASH) {
      return 0;
    }
    int hashed = RecordFormat.HEAD + body;
    return RecordFormat.isIntact(file, at, hashed) ? hashed + RecordFormat.HASH : 0;
  }

  private static boolean isMagic(int number) {
    return number == RecordFormat.MAGIC || number == RecordFormat.SEALED;
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
