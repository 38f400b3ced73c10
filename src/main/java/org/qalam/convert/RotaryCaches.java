package org.qalam.convert;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The rotary position embedding's cosines and sines, (positions, head size / 2), float32.
 *
 * <p>For the 131,072 positions of Llama 3.2 they are 33 MB. The graph holds two small tables of
 * float64 instead, for every {@link #STRIDE}th position and for the first ones, and makes the rest
 * by the angles' sums; ONNX Runtime computes such constants once, when it loads the graph.
 */
final class RotaryCaches {
  static final String COSINES = "cos_cache";
  static final String SINES = "sin_cache";

  /** Positions in the table of the first ones. */
  private static final int STRIDE = 256;

  private final OnnxGraph graph;
  private final double[] frequencies;

  private RotaryCaches(OnnxGraph graph, double[] frequencies) {
    this.graph = graph;
    this.frequencies = frequencies;
  }

  /** Adds them for the context length, rounded up to whole strides. */
  static void add(OnnxGraph graph, LlamaConfig config) {
    Rotary rotary = config.rotary();
    double[] frequencies = new double[config.headSize() / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] =
          StrictMath.pow(rotary.base(), -2.0 * i / config.headSize()) / rotary.factors().get(i);
    }
    new RotaryCaches(graph, frequencies).add(config.contextLength());
  }

  /** With StrictMath: an import gives the same bytes on every machine. */
  private void add(int positions) {
    int strides = (positions + STRIDE - 1) / STRIDE;
    String farCosines = table("rotary.far_cosines", StrictMath::cos, strides, STRIDE, strides, 1);
    String farSines = table("rotary.far_sines", StrictMath::sin, strides, STRIDE, strides, 1);
    String cosines = table("rotary.cosines", StrictMath::cos, STRIDE, 1, 1, STRIDE);
    String sines = table("rotary.sines", StrictMath::sin, STRIDE, 1, 1, STRIDE);
    graph.initializer("rotary.shape", new long[] {(long) strides * STRIDE, frequencies.length});
    // cos(a + b) = cos a cos b - sin a sin b; sin(a + b) = sin a cos b + cos a sin b
    combined(COSINES, "Sub", product(farCosines, cosines), product(farSines, sines));
    combined(SINES, "Add", product(farSines, cosines), product(farCosines, sines));
  }

  /** A table of {@code count} positions {@code step} apart, (rows, columns, head size / 2). */
  private String table(
      String name, DoubleUnaryOperator function, int count, int step, int rows, int columns) {
    double[] numbers = new double[count * frequencies.length];
    for (int i = 0; i < numbers.length; i++) {
      int position = step * (i / frequencies.length);
      numbers[i] = function.applyAsDouble(position * frequencies[i % frequencies.length]);
    }
    return graph.initializer(name, numbers, rows, columns, frequencies.length);
  }

  private String product(String left, String right) {
    return graph.node("Mul", List.of(left, right), left + "*" + right).add();
  }

  private void combined(String name, String operator, String left, String right) {
    String sum = graph.node(operator, List.of(left, right), name + ".sum").add();
    String rows = graph.node("Reshape", List.of(sum, "rotary.shape"), name + ".rows").add();
    graph.node("Cast", List.of(rows), name).with("to", OnnxGraph.FLOAT).add();
  }
}
