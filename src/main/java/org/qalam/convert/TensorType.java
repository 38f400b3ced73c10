package org.qalam.convert;

import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a tensor are stored: in blocks of {@code blockSize} numbers, {@code
 * blockBytes} bytes each. The codes, names and sizes are GGUF's, which are those of ggml ({@code
 * ggml.h}, {@code ggml-common.h}); a type that other files alone have is without a code.
 */
enum TensorType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  BF16(30, 1, 2),
  /** Whole numbers from -128 to 127 whose scales are a tensor of their own; Meta's checkpoints. */
  I8(-1, 1, 1);

  final int code; // -1 where GGUF has none
  final int blockSize;
  final int blockBytes;

  TensorType(int code, int blockSize, int blockBytes) {
    this.code = code;
    this.blockSize = blockSize;
    this.blockBytes = blockBytes;
  }

  /** The type of this GGUF code, or null where Qalam does not read it. */
  static @Nullable TensorType of(int code) {
    for (TensorType type : values()) {
      if (type.code == code && code >= 0) {
        return type;
      }
    }
    return null;
  }
}
