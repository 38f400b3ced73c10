package org.qalam.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.qalam.task.CancellationToken;

/**
 * Brings the rows of matrices into the block format of ONNX Runtime's {@code MatMulNBits}: blocks
 * of 32 numbers along a row, one float scale each, unsigned numbers whose zero is in the middle (8
 * of 4 bits, 128 of 8 bits) or, with {@link Format#INT4_OFFSET}, at a zero point of the block's
 * own; in 4 bits the earlier number is in the lower half of a byte.
 *
 * <p>What the source holds in the same way is taken over exactly: Q4_0 in 4 or 8 bits, Q8_0 in 8.
 * Anything else is rounded to the nearest of the block's numbers.
 *
 * <p>Q4_1 and Q4_K hold a number q from 0 to 15 as {@code scale * q + minimum}. A zero point z puts
 * that at {@code scale * (q - z)}, off by {@code rest = minimum + scale * z}, at most half a step,
 * the same for the whole block. The product of a row with a vector is off by the rest times the sum
 * of the vector's numbers in that block. So {@link Format#INT4_OFFSET} adds a column for every
 * block to the matrix, which holds the rests, and the graph appends the sums of its blocks to the
 * vector: the source's numbers come out to about a thirtieth of a step, at four bits each.
 */
final class BlockQuantizer {
  /** Numbers that share a scale. */
  static final int BLOCK = 32;

  private static final int LEVELS = 16;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Format format;
  private final CancellationToken cancellation;

  /** How numbers are kept. */
  enum Format {
    INT4(4),
    /** With a zero point for each block and columns for what the zero points leave. */
    INT4_OFFSET(4),
    INT8(8),
    FLOAT32(32);

    final int bits;

    Format(int bits) {
      this.bits = bits;
    }

    int blockBytes() {
      return BLOCK * bits / 8;
    }

    /** Columns of the stored matrix. */
    int columns(int columns) {
      return this == INT4_OFFSET ? columns + columns / BLOCK : columns;
    }

    /** Blocks in a row of the stored matrix, the last one possibly not full. */
    int blocks(int columns) {
      return (columns(columns) + BLOCK - 1) / BLOCK;
    }

    /** The smallest format that holds every number of the type, or is finer than its steps. */
    static Format holding(TensorType type) {
      return switch (type) {
        case Q4_0 -> INT4;
        case Q4_1, Q4_K -> INT4_OFFSET;
        default -> INT8;
      };
    }

    /** The smallest format that holds what either holds. */
    Format or(Format other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  BlockQuantizer(Format format, CancellationToken cancellation) {
    this.format = format;
    this.cancellation = cancellation;
  }

  /**
   * Writes the rows of several matrices, one matrix below the other.
   *
   * @param matrices (rows, columns) each, all with the same number of columns
   * @param scales is filled with the blocks' scales, (rows, blocks)
   * @param zeroPoints is filled with the blocks' zero points, (rows, (blocks + 1) / 2), two in a
   *     byte; empty where the format has none
   */
  void write(List<Tensor> matrices, OutputStream out, float[] scales, byte[] zeroPoints)
      throws IOException {
    int r = 0;
    for (Tensor matrix : matrices) {
      int columns = Math.toIntExact(matrix.shape().getLast());
      int blocks = format.blocks(columns);
      long rows = matrix.elements() / columns;
      byte[] packed = new byte[blocks * format.blockBytes()];
      float[] rowScales = new float[blocks];
      byte[] rowZeros = new byte[(blocks + 1) / 2];
      for (long row = 0; row < rows; row++, r++) {
        cancellation.throwIfCancelled();
        pack(matrix, row * columns, columns, packed, rowScales, rowZeros);
        out.write(packed);
        System.arraycopy(rowScales, 0, scales, r * blocks, blocks);
        if (zeroPoints.length > 0) {
          System.arraycopy(rowZeros, 0, zeroPoints, r * rowZeros.length, rowZeros.length);
        }
      }
    }
  }

  private void pack(
      Tensor matrix, long first, int columns, byte[] packed, float[] scales, byte[] zeroPoints) {
    int blocks = columns / BLOCK;
    TensorType type = matrix.type();
    if (type == TensorType.Q8_0 && format == Format.INT8) {
      takeQ8(matrix, first / BLOCK, blocks, packed, scales);
      return;
    }
    float[] rests = new float[blocks];
    Arrays.fill(zeroPoints, (byte) 0x88);
    if (type == TensorType.Q4_0) {
      takeQ4(matrix, first / BLOCK, blocks, packed, scales);
    } else if (format == Format.INT4_OFFSET) {
      takeAffine(matrix, first, blocks, packed, scales, zeroPoints, rests);
    } else {
      float[] row = new float[columns];
      Dequantizer.read(matrix, first, row);
      for (int b = 0; b < blocks; b++) {
        scales[b] = round(row, b * BLOCK, packed, b * format.blockBytes());
      }
    }
    if (format == Format.INT4_OFFSET) {
      for (int b = 0; b < format.blocks(columns) - blocks; b++) {
        float[] block =
            Arrays.copyOf(
                Arrays.copyOfRange(rests, b * BLOCK, Math.min(blocks, (b + 1) * BLOCK)), BLOCK);
        scales[blocks + b] = round(block, 0, packed, (blocks + b) * format.blockBytes());
      }
    }
  }

  private static void takeQ8(Tensor matrix, long first, int blocks, byte[] packed, float[] scales) {
    MemorySegment data = matrix.data();
    for (int b = 0; b < blocks; b++) {
      long at = (first + b) * TensorType.Q8_0.blockBytes;
      scales[b] = Float.float16ToFloat(data.get(SHORT, at));
      for (int j = 0; j < BLOCK; j++) {
        packed[b * BLOCK + j] = (byte) (data.get(ValueLayout.JAVA_BYTE, at + 2 + j) + 128);
      }
    }
  }

  private void takeQ4(Tensor matrix, long first, int blocks, byte[] packed, float[] scales) {
    MemorySegment data = matrix.data();
    for (int b = 0; b < blocks; b++) {
      long at = (first + b) * TensorType.Q4_0.blockBytes;
      scales[b] = Float.float16ToFloat(data.get(SHORT, at));
      for (int j = 0; j < BLOCK; j++) {
        int pair = data.get(ValueLayout.JAVA_BYTE, at + 2 + j % 16);
        put(packed, b * format.blockBytes(), j, (j < 16 ? pair : pair >> 4) & 15, 8);
      }
    }
  }

  /** Takes over scales and numbers of Q4_1 or Q4_K; finds zero points and what they leave. */
  private void takeAffine(
      Tensor matrix,
      long first,
      int blocks,
      byte[] packed,
      float[] scales,
      byte[] zeroPoints,
      float[] rests) {
    AffineBlock block = new AffineBlock();
    for (int b = 0; b < blocks; b++) {
      block.read(matrix, first + (long) b * BLOCK);
      float scale = block.scale();
      int zero = scale == 0 ? 8 : Math.clamp(Math.round(-block.minimum() / scale), 0, LEVELS - 1);
      scales[b] = scale;
      rests[b] = block.minimum() + scale * zero;
      int shift = b % 2 * 4;
      zeroPoints[b / 2] = (byte) ((zeroPoints[b / 2] & ~(15 << shift)) | zero << shift);
      for (int j = 0; j < BLOCK; j++) {
        put(packed, b * format.blockBytes(), j, block.number(j), 8);
      }
    }
  }

  /** Rounds a block to numbers around the middle; gives its scale. */
  private float round(float[] row, int from, byte[] packed, int to) {
    float extreme = 0;
    for (int j = 0; j < BLOCK; j++) {
      if (Math.abs(row[from + j]) > Math.abs(extreme)) {
        extreme = row[from + j];
      }
    }
    int middle = 1 << (format.bits - 1);
    // In 4 bits the number of largest size goes to -8, so that all 16 steps are used.
    float scale = format.bits == 4 ? extreme / -middle : Math.abs(extreme) / (middle - 1);
    float inverse = scale == 0 ? 0 : 1 / scale;
    for (int j = 0; j < BLOCK; j++) {
      int number = Math.clamp(Math.round(row[from + j] * inverse), -middle, middle - 1);
      put(packed, to, j, number + middle, middle);
    }
    return scale;
  }

  /** Puts an unsigned number whose zero is {@code middle of 4 bits} into a block. */
  private void put(byte[] packed, int at, int j, int number, int middle) {
    if (format.bits == 8) {
      packed[at + j] = (byte) (number - middle + 128);
    } else if (j % 2 == 0) {
      packed[at + j / 2] = (byte) number;
    } else {
      packed[at + j / 2] |= (byte) (number << 4);
    }
  }
}
