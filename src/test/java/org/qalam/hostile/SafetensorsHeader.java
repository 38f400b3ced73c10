package org.qalam.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The JSON header of safetensors files. */
final class SafetensorsHeader {
  private SafetensorsHeader() {}

  /** Bytes of the JSON header. */
  static byte[] of(byte[] file) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Arrays.copyOfRange(file, 8, 8 + Math.toIntExact(length));
  }

  /** The file with another header. */
  static byte[] replaced(byte[] file, byte[] header) {
    int data = 8 + of(file).length;
    return ByteBuffer.allocate(8 + header.length + file.length - data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(file, data, file.length - data)
        .array();
  }
}
