package org.qalam.convert;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of one message in protobuf's wire format, where it lies in a mapped file;
 * nothing is copied but short texts. Every length is checked against the message that holds it
 * before it is believed. The format is described in protobuf's {@code encoding.md}. Confined to one
 * thread.
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;
  private static final long MAX_FIELD = (1L << 29) - 1;

  private final String name;
  private final MemorySegment file;
  private final long end;
  private long position;
  private int field;
  private int wire;
  private long number;
  private long valueStart;

  /**
   * @param name file name that messages begin with
   */
  ProtoReader(String name, MemorySegment file) {
    this(name, file, 0, file.byteSize());
  }

  private ProtoReader(String name, MemorySegment file, long start, long end) {
    this.name = name;
    this.file = file;
    this.position = start;
    this.end = end;
  }

  /** Goes to the next field; false where there is none. */
  boolean next() throws ImportException {
    if (position == end) {
      return false;
    }
    long tag = varint();
    wire = (int) (tag & 7);
    long fieldNumber = tag >>> 3;
    if (fieldNumber < 1 || fieldNumber > MAX_FIELD) {
      throw damaged("a field of number " + fieldNumber);
    }
    field = (int) fieldNumber;
    valueStart = position;
    switch (wire) {
      case VARINT -> number = varint();
      case EIGHT_BYTES -> skip(8);
      case FOUR_BYTES -> skip(4);
      case LENGTH -> {
        long length = varint();
        valueStart = position;
        skip(length);
      }
      default -> throw damaged("a field of wire type " + wire);
    }
    return true;
  }

  int field() {
    return field;
  }

  /** The field's whole number. */
  long integer() throws ImportException {
    require(VARINT);
    return number;
  }

  /** Bytes of the field's value. */
  long length() throws ImportException {
    require(LENGTH);
    return position - valueStart;
  }

  /** The message in the field. */
  ProtoReader message() throws ImportException {
    require(LENGTH);
    return new ProtoReader(name, file, valueStart, position);
  }

  /** The field's text, of at most {@code limit} bytes. */
  String text(int limit) throws ImportException {
    long length = length();
    if (length > limit) {
      throw damaged("a name of " + length + " bytes");
    }
    byte[] bytes = file.asSlice(valueStart, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * How many numbers a repeated field brings, packed or single.
   *
   * @param bytes bytes of a number; 0 where their lengths vary
   */
  long count(int bytes) throws ImportException {
    if (wire != LENGTH) {
      require(bytes == 0 ? VARINT : bytes == 4 ? FOUR_BYTES : EIGHT_BYTES);
      return 1;
    }
    long length = position - valueStart;
    if (bytes > 0) {
      if (length % bytes != 0) {
        throw damaged("a list of " + length + " bytes for numbers of " + bytes);
      }
      return length / bytes;
    }
    long count = 0;
    int last = 0;
    for (long at = valueStart; at < position; at++) {
      last = file.get(ValueLayout.JAVA_BYTE, at);
      count += last >= 0 ? 1 : 0;
    }
    if (last < 0) {
      throw damaged("a list that ends inside a number");
    }
    return count;
  }

  /** Whether the field's value is a single whole number. */
  boolean isNumber() {
    return wire == VARINT;
  }

  /** Whether another number follows in a packed list, which {@link #message} gave. */
  boolean hasNumber() {
    return position < end;
  }

  long varint() throws ImportException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw damaged("a number that is cut short");
      }
      byte next = file.get(ValueLayout.JAVA_BYTE, position++);
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged("a number of more than ten bytes");
  }

  private void skip(long bytes) throws ImportException {
    if (bytes < 0 || bytes > end - position) {
      throw damaged(
          "a field of "
              + Long.toUnsignedString(bytes)
              + " bytes where there are "
              + (end - position));
    }
    position += bytes;
  }

  private void require(int expected) throws ImportException {
    if (wire != expected) {
      throw damaged("field " + field + " of wire type " + wire + " instead of " + expected);
    }
  }

  /** The file is no sound protobuf. */
  ImportException damaged(String what) {
    return new ImportException(
        name
            + ": this is no ONNX file, or it is damaged ("
            + what
            + " at byte "
            + position
            + "); download it again");
  }

  /** The file is sound but says something that cannot be. */
  ImportException refused(String what) {
    return new ImportException(name + ": " + what);
  }
}
