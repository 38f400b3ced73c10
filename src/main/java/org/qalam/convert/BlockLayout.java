package org.qalam.convert;

/**
 * How the numbers of a matrix are kept.
 *
 * @param block numbers along a row that share a scale: a power of two, 16 or more
 */
record BlockLayout(Format format, int block) {
  /** Numbers that share a scale in most formats of GGUF, and in Meta's. */
  static final int LEAST_BLOCK = 32;

  /** Eight bits with a scale for every 16 numbers: exact for Q6_K, the finest for others. */
  static final BlockLayout FINE = new BlockLayout(Format.INT8, 16);

  /**
   * Eight bits for numbers of four bits with an offset for each block: no column for the offset, a
   * rounding far below their step, and the same blocks of the layer's input (0087).
   */
  static final BlockLayout BYTES = new BlockLayout(Format.INT8, LEAST_BLOCK);

  /**
   * Eight bits with few scales: on embeddings less than half the error of six bits in blocks of 16,
   * and the least to read for a token.
   */
  static BlockLayout coarse(int columns) {
    return new BlockLayout(
        Format.INT8, Math.clamp(Integer.lowestOneBit(columns), LEAST_BLOCK, 128));
  }

  enum Format {
    INT4(4),
    /** With a zero point for each block and columns for what the zero points leave. */
    INT4_OFFSET(4),
    INT8(8),
    /** With columns for what whole numbers leave of the blocks' minimums. */
    INT8_OFFSET(8),
    FLOAT32(32);

    private final int bits;

    Format(int bits) {
      this.bits = bits;
    }

    int bits() {
      return bits;
    }

    /** For people. */
    String title() {
      return (this == FLOAT32 ? "float" : "int") + bits;
    }

    /** Whether a column for every block follows those of the matrix. */
    boolean hasSums() {
      return this == INT4_OFFSET || this == INT8_OFFSET;
    }
  }

  /**
   * The smallest layout that holds every number of a tensor, or is finer than its steps.
   *
   * @param bits least bits of a number, 4 or 8
   */
  static BlockLayout holding(Tensor tensor, int bits) {
    boolean wide = bits > 4;
    return switch (tensor.type()) {
      case Q4_0 -> new BlockLayout(wide ? Format.INT8 : Format.INT4, LEAST_BLOCK);
      case Q4_1, Q4_K ->
          new BlockLayout(wide ? Format.INT8_OFFSET : Format.INT4_OFFSET, LEAST_BLOCK);
      case Q5_1, Q5_K -> new BlockLayout(Format.INT8_OFFSET, LEAST_BLOCK);
      case Q5_0, Q8_0 -> new BlockLayout(Format.INT8, LEAST_BLOCK);
      case I8 ->
          new BlockLayout(wide || !isGrouped(tensor) ? Format.INT8 : Format.INT4, LEAST_BLOCK);
      case Q6_K, F32, F16, BF16 -> FINE;
    };
  }

  /** Meta's quantised layers have groups of four-bit numbers, its tables eight-bit rows. */
  private static boolean isGrouped(Tensor tensor) {
    return tensor.scales() != null && tensor.scales().columns() > 1;
  }

  boolean hasZeroPoints() {
    return format == Format.INT4_OFFSET;
  }

  int blockBytes() {
    return block * format.bits() / 8;
  }

  /** Four bits in the same blocks: for what this layout's rounding leaves of a matrix. */
  BlockLayout ofRests() {
    return new BlockLayout(Format.INT4, block);
  }

  /** Columns of the stored matrix. */
  int columns(int columns) {
    return format.hasSums() ? columns + columns / block : columns;
  }

  /** Blocks in a row of the stored matrix, the last one possibly not full. */
  int blocks(int columns) {
    return (columns(columns) + block - 1) / block;
  }
}
