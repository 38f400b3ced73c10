package org.qalam.convert;

import java.lang.foreign.MemorySegment;

/** 32 numbers of a Q4_1 or Q4_K tensor: {@code scale * number + minimum}, numbers from 0 to 15. */
final class AffineBlock {
  private final int[] numbers = new int[BlockQuantizer.BLOCK];
  private float scale;
  private float minimum;

  float scale() {
    return scale;
  }

  float minimum() {
    return minimum;
  }

  int number(int j) {
    return numbers[j];
  }

  /** Reads the block that begins with number {@code first} of the tensor. */
  void read(Tensor tensor, long first) {
    MemorySegment data = tensor.data();
    if (tensor.type() == TensorType.Q4_1) {
      long at = first / 32 * TensorType.Q4_1.blockBytes;
      scale = Dequantizer.half(data, at);
      minimum = Dequantizer.half(data, at + 2);
      for (int j = 0; j < 16; j++) {
        int pair = Dequantizer.unsigned(data, at + 4 + j);
        numbers[j] = pair & 15;
        numbers[j + 16] = pair >> 4;
      }
      return;
    }
    long at = first / 256 * TensorType.Q4_K.blockBytes;
    int sub = (int) (first / 32 % 8);
    scale = Dequantizer.half(data, at) * Dequantizer.scaleK(data, at + 4, sub);
    minimum = -Dequantizer.half(data, at + 2) * Dequantizer.minimumK(data, at + 4, sub);
    for (int j = 0; j < 32; j++) {
      numbers[j] = (Dequantizer.unsigned(data, at + 16 + sub / 2 * 32L + j) >> (sub % 2 * 4)) & 15;
    }
  }
}
