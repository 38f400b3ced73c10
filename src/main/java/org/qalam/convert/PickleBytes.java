package org.qalam.convert;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads a pickle's bytes one after the other; no count is believed before it is compared. */
final class PickleBytes {
  private static final int MAX_TEXT = 1 << 16; // bytes
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble BIG_ENDIAN_DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final String file; // its name, for messages
  private final MemorySegment bytes;
  private long position;

  PickleBytes(String file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** How many bytes have not been read. */
  long left() {
    return bytes.byteSize() - position;
  }

  /** Skips the length of a frame, a hint for readers of streams. */
  void frame() throws ImportException {
    long length = int64();
    if (length < 0 || length > left()) {
      throw damaged("its list of tensors is cut short");
    }
  }

  /** A whole number after the count of its bytes, of which eight are enough here. */
  long longInteger() throws ImportException {
    int length = unsignedByte();
    if (length > 8) {
      throw damaged("a whole number has " + length + " bytes");
    }
    require(length);
    long number = 0;
    for (int i = length - 1; i >= 0; i--) {
      int b = bytes.get(ValueLayout.JAVA_BYTE, position + i); // the top one has the sign
      number = i == length - 1 ? b : number << 8 | (b & 0xFF);
    }
    position += length;
    return number;
  }

  double fraction() throws ImportException {
    require(8);
    position += 8;
    return bytes.get(BIG_ENDIAN_DOUBLE, position - 8);
  }

  /** A text of so many bytes. */
  String text(long length) throws ImportException {
    if (length < 0 || length > MAX_TEXT) {
      throw damaged("it announces a text of " + Long.toUnsignedString(length) + " bytes");
    }
    require(length);
    byte[] text = bytes.asSlice(position, length).toArray(ValueLayout.JAVA_BYTE);
    position += length;
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Reads up to the next line feed, which is not part of it. */
  String line() throws ImportException {
    long start = position;
    while (unsignedByte() != '\n') {
      if (position - start > MAX_TEXT) {
        throw damaged("it announces a name of more than " + MAX_TEXT + " bytes");
      }
    }
    byte[] line = bytes.asSlice(start, position - 1 - start).toArray(ValueLayout.JAVA_BYTE);
    return new String(line, StandardCharsets.UTF_8);
  }

  int unsignedByte() throws ImportException {
    require(1);
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, position++));
  }

  int unsignedShort() throws ImportException {
    require(2);
    position += 2;
    return Short.toUnsignedInt(bytes.get(SHORT, position - 2));
  }

  int int32() throws ImportException {
    require(4);
    position += 4;
    return bytes.get(INT, position - 4);
  }

  long int64() throws ImportException {
    require(8);
    position += 8;
    return bytes.get(LONG, position - 8);
  }

  private void require(long count) throws ImportException {
    if (count > left()) {
      throw damaged("its list of tensors is cut short");
    }
  }

  private ImportException damaged(String how) {
    return new ImportException(file + ": the file is damaged (" + how + "); download it again");
  }
}
