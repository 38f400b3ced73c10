package org.qalam.convert;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The exact values of GGUF's quantised numbers. The layouts of the blocks are those of ggml ({@code
 * ggml-common.h}, {@code ggml-quants.c}).
 */
final class Dequantizer {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Dequantizer() {}

  /**
   * Reads numbers {@code first} to {@code first + into.length - 1} of a tensor.
   *
   * @param first a multiple of the type's block size, as is the length of {@code into}
   */
  static void read(Tensor tensor, long first, float[] into) {
    TensorType type = tensor.type();
    MemorySegment data = tensor.data();
    long at = first / type.blockSize * type.blockBytes;
    for (int i = 0; i < into.length; i += type.blockSize, at += type.blockBytes) {
      switch (type) {
        case F32 -> into[i] = data.get(FLOAT, at);
        case F16 -> into[i] = half(data, at);
        case BF16 -> into[i] = Float.intBitsToFloat(data.get(SHORT, at) << 16);
        case Q4_0 -> q4(data, at + 2, half(data, at), -8 * half(data, at), into, i);
        case Q4_1 -> q4(data, at + 4, half(data, at), half(data, at + 2), into, i);
        case Q5_0 -> q5(data, at + 2, half(data, at), -16 * half(data, at), into, i);
        case Q5_1 -> q5(data, at + 4, half(data, at), half(data, at + 2), into, i);
        case Q8_0 -> {
          float scale = half(data, at);
          for (int j = 0; j < 32; j++) {
            into[i + j] = scale * data.get(BYTE, at + 2 + j);
          }
        }
        case Q4_K -> q4K(data, at, into, i);
        case Q5_K -> q5K(data, at, into, i);
        case Q6_K -> q6K(data, at, into, i);
        case I8 -> into[i] = data.get(BYTE, at); // its scales are another tensor
      }
    }
  }

  static float half(MemorySegment data, long at) {
    return Float.float16ToFloat(data.get(SHORT, at));
  }

  static int unsigned(MemorySegment data, long at) {
    return Byte.toUnsignedInt(data.get(BYTE, at));
  }

  /** 16 bytes: the low halves are numbers 0 to 15, the high halves numbers 16 to 31. */
  private static void q4(
      MemorySegment data, long at, float scale, float offset, float[] into, int i) {
    for (int j = 0; j < 16; j++) {
      int pair = unsigned(data, at + j);
      into[i + j] = scale * (pair & 15) + offset;
      into[i + j + 16] = scale * (pair >> 4) + offset;
    }
  }

  /** Four bytes with the fifth bits, then as with four bits. */
  private static void q5(
      MemorySegment data, long at, float scale, float offset, float[] into, int i) {
    int high = data.get(INT, at);
    for (int j = 0; j < 16; j++) {
      int pair = unsigned(data, at + 4 + j);
      into[i + j] = scale * ((pair & 15) | ((high >>> j) & 1) << 4) + offset;
      into[i + j + 16] = scale * ((pair >> 4) | ((high >>> (j + 16)) & 1) << 4) + offset;
    }
  }

  /**
   * Scale (6 bits) of sub-block {@code j} of a Q4_K or Q5_K block whose 12 packed bytes are here.
   */
  static int scaleK(MemorySegment data, long at, int j) {
    return j < 4
        ? unsigned(data, at + j) & 63
        : (unsigned(data, at + j + 4) & 15) | (unsigned(data, at + j - 4) >> 6 << 4);
  }

  /** Minimum (6 bits) of sub-block {@code j}. */
  static int minimumK(MemorySegment data, long at, int j) {
    return j < 4
        ? unsigned(data, at + j + 4) & 63
        : (unsigned(data, at + j + 4) >> 4) | (unsigned(data, at + j) >> 6 << 4);
  }

  private static void q4K(MemorySegment data, long at, float[] into, int i) {
    float scale = half(data, at);
    float minimum = half(data, at + 2);
    for (int sub = 0; sub < 8; sub++) {
      float d = scale * scaleK(data, at + 4, sub);
      float m = minimum * minimumK(data, at + 4, sub);
      long quants = at + 16 + sub / 2 * 32L;
      int shift = sub % 2 * 4;
      for (int j = 0; j < 32; j++) {
        into[i + sub * 32 + j] = d * ((unsigned(data, quants + j) >> shift) & 15) - m;
      }
    }
  }

  private static void q5K(MemorySegment data, long at, float[] into, int i) {
    float scale = half(data, at);
    float minimum = half(data, at + 2);
    for (int sub = 0; sub < 8; sub++) {
      float d = scale * scaleK(data, at + 4, sub);
      float m = minimum * minimumK(data, at + 4, sub);
      long quants = at + 48 + sub / 2 * 32L;
      int shift = sub % 2 * 4;
      for (int j = 0; j < 32; j++) {
        int high = (unsigned(data, at + 16 + j) >> sub) & 1;
        into[i + sub * 32 + j] =
            d * (((unsigned(data, quants + j) >> shift) & 15) | (high << 4)) - m;
      }
    }
  }

  /** 128 bytes of low halves, 64 of high pairs, 16 signed scales, the scale of the scales. */
  private static void q6K(MemorySegment data, long at, float[] into, int i) {
    float scale = half(data, at + 208);
    for (int half = 0; half < 2; half++) {
      for (int j = 0; j < 32; j++) {
        int high = unsigned(data, at + 128 + half * 32L + j);
        for (int quarter = 0; quarter < 4; quarter++) {
          int low =
              (unsigned(data, at + half * 64L + quarter % 2 * 32L + j) >> (quarter / 2 * 4)) & 15;
          int q = (low | (((high >> (quarter * 2)) & 3) << 4)) - 32;
          int number = half * 128 + quarter * 32 + j;
          into[i + number] = scale * data.get(BYTE, at + 192 + number / 16) * q;
        }
      }
    }
  }
}
