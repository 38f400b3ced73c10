package org.qalam.convert;

import java.util.Map;
import java.util.Set;

/**
 * Numbers of ONNX Runtime's own operators that its kernels trust: they divide by some of them, and
 * a zero ends the process.
 */
final class OperatorNumbers {
  private static final Set<Long> BITS = Set.of(2L, 4L, 8L);
  private static final long MAX_HEADS = 1 << 16;

  private OperatorNumbers() {}

  /**
   * Checks the whole-number attributes of an operator of {@code com.microsoft}.
   *
   * @throws ImportException where one cannot be
   */
  static void check(ProtoReader at, String operator, Map<String, Long> numbers)
      throws ImportException {
    for (Map.Entry<String, Long> number : numbers.entrySet()) {
      long value = number.getValue();
      boolean isPossible =
          switch (number.getKey()) {
            case "bits" -> BITS.contains(value);
            case "block_size" -> value >= 16 && value <= 1 << 20 && Long.bitCount(value) == 1;
            case "K", "N" -> value >= 1 && value <= Integer.MAX_VALUE;
            // A rotary embedding may leave the number of heads open.
            case "num_heads" ->
                value >= (operator.endsWith("RotaryEmbedding") ? 0 : 1) && value <= MAX_HEADS;
            case "kv_num_heads" -> value >= 1 && value <= MAX_HEADS;
            case "rotary_embedding_dim" -> value >= 0 && value <= MAX_HEADS;
            default -> true;
          };
      if (!isPossible) {
        throw at.refused(
            "its operator " + operator + " has the impossible " + number.getKey() + " " + value);
      }
    }
  }
}
