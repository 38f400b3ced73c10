package org.qalam.convert;

/**
 * How a checkpoint becomes a model.
 *
 * @param id folder name; empty takes it from the source's own name
 */
public record ImportOptions(String id, Weights weights, Activations activations) {
  /** Takes everything from the source. */
  public static final ImportOptions DEFAULT = new ImportOptions("", Weights.AUTO, Activations.INT8);

  /** How weights are kept. */
  public enum Weights {
    /**
     * As the source holds them: exactly where that can be, else with more bits, never with fewer.
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
}
