package org.qalam.convert;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Numbers of a tensor that holds whole numbers with scales: {@code scale * number + minimum}, 32 of
 * them, or 16 of Q6_K.
 */
final class AffineBlock {
  /** Numbers in most types' blocks. */
  private static final int SIZE = 32;

  private final int[] numbers = new int[SIZE];
  private float scale;
  private float minimum;
  private int least;

  /** Whether blocks of so many numbers can be read from the tensor. */
  static boolean reads(Tensor tensor, int block) {
    if (tensor.type() == TensorType.Q6_K) {
      return block == SIZE / 2;
    }
    return block == SIZE && hasWholeNumbers(tensor);
  }

  private static boolean hasWholeNumbers(Tensor tensor) {
    return switch (tensor.type()) {
      case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K -> true;
      case I8 ->
          tensor.scales() != null
              && tensor.columns() % tensor.scales().columns() == 0
              && tensor.columns() / tensor.scales().columns() % SIZE == 0;
      default -> false;
    };
  }

  float scale() {
    return scale;
  }

  float minimum() {
    return minimum;
  }

  /** The least number that the type can hold. */
  int least() {
    return least;
  }

  int number(int j) {
    return numbers[j];
  }

  /** Reads the block that begins with number {@code first} of the tensor. */
  void read(Tensor tensor, long first) {
    MemorySegment data = tensor.data();
    TensorType type = tensor.type();
    long at = first / type.blockSize * type.blockBytes;
    switch (type) {
      case Q4_0 -> readNibbles(data, at + 2, Dequantizer.half(data, at), -8);
      case Q4_1 -> {
        readNibbles(data, at + 4, Dequantizer.half(data, at), 0);
        minimum = Dequantizer.half(data, at + 2);
      }
      case Q5_0 -> {
        readNibbles(data, at + 6, Dequantizer.half(data, at), -16);
        addFifthBits(data, at + 2);
      }
      case Q5_1 -> {
        readNibbles(data, at + 8, Dequantizer.half(data, at), 0);
        addFifthBits(data, at + 4);
        minimum = Dequantizer.half(data, at + 2);
      }
      case Q8_0 -> readBytes(data, at + 2, Dequantizer.half(data, at));
      case Q4_K, Q5_K -> readK(data, at, (int) (first / SIZE % 8), type == TensorType.Q5_K);
      case Q6_K -> readQ6K(data, at, (int) (first % 256));
      case I8 -> readBytes(data, at, Dequantizer.scale(tensor, first));
      default -> throw new IllegalArgumentException("no whole numbers in " + type);
    }
  }

  /** 16 bytes: the low halves are numbers 0 to 15, the high halves numbers 16 to 31. */
  private void readNibbles(MemorySegment data, long at, float blockScale, int offset) {
    scale = blockScale;
    minimum = 0;
    least = offset;
    for (int j = 0; j < SIZE / 2; j++) {
      int pair = Dequantizer.unsigned(data, at + j);
      numbers[j] = (pair & 15) + offset;
      numbers[j + SIZE / 2] = (pair >> 4) + offset;
    }
  }

  private void addFifthBits(MemorySegment data, long at) {
    for (int j = 0; j < SIZE; j++) {
      numbers[j] += (Dequantizer.unsigned(data, at + j / 8) >> (j % 8) & 1) << 4;
    }
  }

  private void readBytes(MemorySegment data, long at, float blockScale) {
    scale = blockScale;
    minimum = 0;
    least = Byte.MIN_VALUE;
    for (int j = 0; j < SIZE; j++) {
      numbers[j] = data.get(ValueLayout.JAVA_BYTE, at + j);
    }
  }

  private void readK(MemorySegment data, long at, int sub, boolean fiveBits) {
    scale = Dequantizer.half(data, at) * Dequantizer.scaleK(data, at + 4, sub);
    minimum = -Dequantizer.half(data, at + 2) * Dequantizer.minimumK(data, at + 4, sub);
    least = 0;
    long low = at + 16 + (fiveBits ? SIZE : 0) + sub / 2 * 32L;
    for (int j = 0; j < SIZE; j++) {
      int number = (Dequantizer.unsigned(data, low + j) >> (sub % 2 * 4)) & 15;
      int high = fiveBits ? (Dequantizer.unsigned(data, at + 16 + j) >> sub) & 1 : 0;
      numbers[j] = number | high << 4;
    }
  }

  /** 16 numbers of the 256 whose block begins at {@code at}; see {@link Dequantizer}. */
  private void readQ6K(MemorySegment data, long at, int within) {
    scale =
        Dequantizer.half(data, at + 208) * data.get(ValueLayout.JAVA_BYTE, at + 192 + within / 16);
    minimum = 0;
    least = -32;
    int half = within / 128;
    int quarter = within % 128 / 32;
    long low = at + half * 64L + quarter % 2 * 32L + within % 32;
    long high = at + 128 + half * 32L + within % 32;
    for (int j = 0; j < SIZE / 2; j++) {
      int number = (Dequantizer.unsigned(data, low + j) >> (quarter / 2 * 4)) & 15;
      int upper = (Dequantizer.unsigned(data, high + j) >> (quarter * 2)) & 3;
      numbers[j] = (number | upper << 4) - 32;
    }
  }
}
