package org.qalam.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qalam.convert.BlockLayout.Format;
import org.qalam.convert.ScaleSearch.Weighting;
import org.qalam.task.CancellationToken;

/**
 * Brings the rows of matrices into the block format of ONNX Runtime's {@code MatMulNBits}: blocks
 * of numbers along a row, one float scale each, unsigned numbers whose zero is in the middle (8 of
 * 4 bits, 128 of 8 bits) or, with {@link Format#INT4_OFFSET}, at a zero point of the block's own;
 * in 4 bits the earlier number is in the lower half of a byte.
 *
 * <p>What the source holds as whole numbers in blocks of 32 is taken over exactly, where the format
 * has enough bits. Anything else is rounded.
 *
 * <p>Some sources hold a number q as {@code scale * q + minimum}. A zero point z puts that at
 * {@code scale * (q - z)}, off by {@code rest = minimum + scale * z}, at most half a step, the same
 * for the whole block. The product of a row with a vector is off by the rest times the sum of the
 * vector's numbers in that block. So formats with sums add a column for every block to the matrix,
 * which holds the rests, and the graph appends the sums of its blocks to the vector: the source's
 * numbers come out to about a thirtieth of a step (4 bits) or a three-hundredth (8 bits).
 */
final class BlockQuantizer {
  private static final int LEVELS = 16;

  private final BlockLayout layout;
  private final int middle;
  private final ScaleSearch search;
  private final ScaleSearch restSearch;
  private final @Nullable BlockQuantizer first;
  private final CancellationToken cancellation;
  private final AffineBlock source = new AffineBlock();

  BlockQuantizer(
      BlockLayout layout, ImportOptions.Rounding rounding, CancellationToken cancellation) {
    this(layout, rounding, null, cancellation);
  }

  private BlockQuantizer(
      BlockLayout layout,
      ImportOptions.Rounding rounding,
      @Nullable BlockQuantizer first,
      CancellationToken cancellation) {
    this.first = first;
    this.layout = layout;
    this.middle = 1 << (layout.format().bits() - 1);
    boolean searching = rounding == ImportOptions.Rounding.SCALE && middle == 8;
    this.search = new ScaleSearch(searching ? Weighting.EQUAL : Weighting.NONE, middle);
    this.restSearch = new ScaleSearch(Weighting.SQUARE, middle);
    this.cancellation = cancellation;
  }

  /** For what this one's rounding leaves of each number, not for the number itself. */
  BlockQuantizer ofRests() {
    return new BlockQuantizer(layout.ofRests(), ImportOptions.Rounding.NEAREST, this, cancellation);
  }

  /**
   * Writes the rows of several matrices, one matrix below the other.
   *
   * @param matrices (rows, columns) each, all with the same number of columns
   * @param scales is filled with the blocks' scales, (rows, blocks)
   * @param zeroPoints is filled with the blocks' zero points, (rows, (blocks + 1) / 2), two in a
   *     byte; empty where the format has none
   * @throws ImportException where a source's numbers are not what its kind allows
   */
  void write(List<Tensor> matrices, OutputStream out, float[] scales, byte[] zeroPoints)
      throws IOException, ImportException {
    int r = 0;
    for (Tensor matrix : matrices) {
      int columns = matrix.columns();
      Row row = new Row(columns);
      long rows = matrix.elements() / columns;
      for (long i = 0; i < rows; i++, r++) {
        cancellation.throwIfCancelled();
        pack(matrix, i * columns, row);
        out.write(row.packed);
        System.arraycopy(row.scales, 0, scales, r * row.scales.length, row.scales.length);
        if (zeroPoints.length > 0) {
          int length = row.zeroPoints.length;
          System.arraycopy(row.zeroPoints, 0, zeroPoints, r * length, length);
        }
      }
    }
  }

  /** A row on its way: as floats, and packed. */
  private final class Row {
    final int blocks;
    final float[] numbers;
    final float[] rests;
    final byte[] packed;
    final float[] scales;
    final byte[] zeroPoints;

    Row(int columns) {
      int all = layout.blocks(columns);
      blocks = columns / layout.block();
      numbers = new float[columns];
      rests = new float[(all - blocks) * layout.block()];
      packed = new byte[all * layout.blockBytes()];
      scales = new float[all];
      zeroPoints = new byte[(all + 1) / 2];
    }
  }

  private void pack(Tensor matrix, long from, Row row) throws ImportException {
    Arrays.fill(row.zeroPoints, (byte) 0x88);
    Arrays.fill(row.rests, 0);
    if (first == null && isHeld(matrix)) {
      for (int b = 0; b < row.blocks; b++) {
        source.read(matrix, from + (long) b * layout.block());
        take(matrix, row, b);
      }
    } else {
      Dequantizer.read(matrix, from, row.numbers);
      if (first != null) {
        first.leaveRests(row.numbers);
      }
      for (int b = 0; b < row.blocks; b++) {
        round(row.numbers, b * layout.block(), row, b, search);
      }
    }
    for (int b = row.blocks; b < row.scales.length; b++) {
      round(row.rests, (b - row.blocks) * layout.block(), row, b, restSearch);
    }
  }

  /** Whether the format has bits for the source's whole numbers, and columns for their rests. */
  private boolean isHeld(Tensor matrix) {
    if (!AffineBlock.reads(matrix, layout.block())) {
      return false;
    }
    return switch (matrix.type()) {
      case Q4_0, I8 -> true;
      case Q5_0, Q8_0, Q6_K -> middle == 128;
      case Q5_1, Q5_K -> middle == 128 && layout.format().hasSums();
      default -> layout.format().hasSums();
    };
  }

  /** Takes over the block that was read; finds its zero point and what that leaves. */
  private void take(Tensor matrix, Row row, int b) throws ImportException {
    float scale = source.scale();
    int zero = scale == 0 || !layout.format().hasSums() ? 0 : Math.round(-source.minimum() / scale);
    int shift;
    if (layout.hasZeroPoints()) {
      int least = source.least();
      int zeroPoint = Math.clamp(zero - least, 0, LEVELS - 1);
      putZeroPoint(row.zeroPoints, b, zeroPoint);
      zero = zeroPoint + least;
      shift = -least - middle;
    } else {
      // Sources with minimums have numbers from 0 to 31, for which there must be room.
      zero = layout.format().hasSums() ? Math.clamp(zero, 32 - middle, middle) : 0;
      shift = -zero;
    }
    if (layout.format().hasSums()) {
      row.rests[b] = source.minimum() + scale * zero;
    }
    row.scales[b] = scale;
    for (int j = 0; j < layout.block(); j++) {
      int number = source.number(j) + shift;
      if (number < -middle || number >= middle) {
        throw new ImportException(
            "tensor " + matrix.name() + " holds numbers that do not fit into its bits");
      }
      put(row.packed, b * layout.blockBytes(), j, number);
    }
  }

  private static void putZeroPoint(byte[] zeroPoints, int b, int zeroPoint) {
    int shift = b % 2 * 4;
    zeroPoints[b / 2] = (byte) ((zeroPoints[b / 2] & ~(15 << shift)) | zeroPoint << shift);
  }

  /** Rounds the block that begins with {@code from} to whole numbers around zero. */
  private void round(float[] numbers, int from, Row row, int b, ScaleSearch scales) {
    float scale = scales.scale(numbers, from, layout.block());
    row.scales[b] = scale;
    for (int j = 0; j < layout.block(); j++) {
      put(row.packed, b * layout.blockBytes(), j, rounded(numbers[from + j], scale));
    }
  }

  private int rounded(float number, float scale) {
    float inverse = scale == 0 ? 0 : 1 / scale;
    return Math.clamp(Math.round(number * inverse), -middle, middle - 1);
  }

  /** Puts in every number's place what it is more than the number that it is rounded to. */
  private void leaveRests(float[] numbers) {
    for (int from = 0; from < numbers.length; from += layout.block()) {
      float scale = search.scale(numbers, from, layout.block());
      for (int j = from; j < from + layout.block(); j++) {
        numbers[j] -= scale * rounded(numbers[j], scale);
      }
    }
  }

  /** Puts a number around zero into a block. */
  private void put(byte[] packed, int at, int j, int number) {
    int unsigned = number + middle;
    if (middle == 128) {
      packed[at + j] = (byte) unsigned;
    } else if (j % 2 == 0) {
      packed[at + j / 2] = (byte) unsigned;
    } else {
      packed[at + j / 2] |= (byte) (unsigned << 4);
    }
  }
}
