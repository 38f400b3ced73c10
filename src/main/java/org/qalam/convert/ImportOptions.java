package org.qalam.convert;

/**
 * How a checkpoint becomes a model.
 *
 * @param id folder name; empty takes it from the source's own name
 * @param block numbers that share a scale where Qalam rounds 16 or 32 bits itself: 32, 64 or 128
 * @param rounding how it does that to four bits
 * @param offsets what becomes of four bits whose blocks have offsets
 */
public record ImportOptions(
    String id,
    Weights weights,
    Activations activations,
    int block,
    Rounding rounding,
    Offsets offsets) {
  /** Block of weights that Qalam rounds itself, where nothing else is asked for. */
  public static final int DEFAULT_BLOCK = 32;

  /** Takes everything from the source. */
  public static final ImportOptions DEFAULT = new ImportOptions("", Weights.AUTO, Activations.INT8);

  public ImportOptions {
    if (block != 32 && block != 64 && block != 128) {
      throw new IllegalArgumentException("expected a block of 32, 64 or 128, found " + block);
    }
  }

  /** With the usual block, rounding and offsets. */
  public ImportOptions(String id, Weights weights, Activations activations) {
    this(id, weights, activations, DEFAULT_BLOCK, Rounding.SCALE);
  }

  /** With the usual offsets. */
  public ImportOptions(
      String id, Weights weights, Activations activations, int block, Rounding rounding) {
    this(id, weights, activations, block, rounding, Offsets.AUTO);
  }

  /** The same with other offsets. */
  ImportOptions with(Offsets other) {
    return new ImportOptions(id, weights, activations, block, rounding, other);
  }

  /** How weights are kept. */
  public enum Weights {
    /**
     * As the source holds them: exactly where that can be, else with more bits. What a source in
     * Hugging Face's or Meta's layout holds in 16 or 32 bits goes to four, its embedding to eight;
     * with float32 activations it stays as it is.
     */
    AUTO,
    INT4,
    INT8,
    FLOAT32
  }

  /** How a layer's input is kept while it is multiplied. */
  public enum Activations {
    INT8,
    FLOAT32
  }

  /** How numbers are kept that a source holds in four bits with an offset for each block (0087). */
  public enum Offsets {
    /** In bytes where this machine reads them faster and the model is small, else in columns. */
    AUTO,
    /** In four bits, the offsets in columns of their own: the smallest, and the same anywhere. */
    COLUMNS,
    /** In eight bits with a scale for each block; in columns for float32 activations. */
    BYTES
  }

  /** How numbers are rounded to four bits. */
  public enum Rounding {
    /** The largest number of a block decides its scale. */
    NEAREST,
    /** The scale with the least squared error, of some forty. */
    SCALE
  }
}
