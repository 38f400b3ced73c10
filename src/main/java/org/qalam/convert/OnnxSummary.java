package org.qalam.convert;

import java.util.List;
import java.util.Map;

/**
 * What {@link OnnxInspector} learned of a graph.
 *
 * @param inputs what the graph takes, without weights
 * @param outputs what it gives
 * @param externalData for each data file by its plain name, the bytes that it must have
 * @param operators how often each operator occurs, by name; those of ONNX Runtime are written
 *     {@code com.microsoft.Name}
 * @param attention for each layer of grouped-query attention that reads a cache: the names of its
 *     past keys, past values, present keys and present values
 * @param quantization bits and block size of the first matrix product on quantised weights; 0 where
 *     there is none
 * @param positions rows of the smallest table of rotary embeddings, beyond which nothing may be
 *     read
 * @param halfBytes bytes of float16 weights
 * @param floatBytes bytes of float32 weights
 * @param parameters number of weights
 */
record OnnxSummary(
    List<Value> inputs,
    List<Value> outputs,
    Map<String, Long> externalData,
    Map<String, Integer> operators,
    List<List<String>> attention,
    BlockWidth quantization,
    long positions,
    long halfBytes,
    long floatBytes,
    long parameters) {
  /** Codes of ONNX's {@code TensorProto.DataType}. */
  static final int FLOAT = 1;

  static final int INT64 = 7;
  static final int FLOAT16 = 10;

  OnnxSummary {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    externalData = Map.copyOf(externalData);
    operators = Map.copyOf(operators);
    attention = List.copyOf(attention);
  }

  /**
   * An input or output.
   *
   * @param type code of ONNX's {@code TensorProto.DataType}
   * @param shape sizes; -1 where it is only known when the graph runs
   */
  record Value(String name, int type, List<Long> shape) {}

  /** How quantised weights are cut into blocks. */
  record BlockWidth(int bits, int block) {
    static final BlockWidth NONE = new BlockWidth(0, 0);
  }

  /** Whether more of the weights are float16 than float32. */
  boolean isHalf() {
    return halfBytes > floatBytes;
  }

  boolean has(String... anyOf) {
    for (String operator : anyOf) {
      if (operators.containsKey(operator)) {
        return true;
      }
    }
    return false;
  }
}
