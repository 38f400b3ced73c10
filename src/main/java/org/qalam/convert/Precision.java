package org.qalam.convert;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What an exported graph's weights are, best first for ONNX Runtime's CPU provider: whole-number
 * products are fast, float16 ones are computed by way of float32.
 */
enum Precision {
  /** 4 or 8 bits in blocks, the rest float32. */
  BLOCKS("int%d block %d"),
  /** 8 bits, one scale for a whole matrix or row. */
  INT8("int8"),
  FLOAT32("float32"),
  /** Blocks, the rest float16. */
  BLOCKS_HALF("int%d block %d, float16"),
  /** Another 4-bit format, unpacked at every step. */
  OTHER("4 bits"),
  FLOAT16("float16");

  private final String words;

  Precision(String words) {
    this.words = words;
  }

  static Precision of(OnnxSummary graph) {
    if (graph.has("com.microsoft.MatMulNBits")) {
      return graph.isHalf() ? BLOCKS_HALF : BLOCKS;
    }
    if (graph.has("com.microsoft.MatMulBnb4", "com.microsoft.MatMulFpQ4")) {
      return OTHER;
    }
    if (graph.has(
        "MatMulInteger",
        "QLinearMatMul",
        "com.microsoft.DynamicQuantizeMatMul",
        "com.microsoft.MatMulIntegerToFloat")) {
      return INT8;
    }
    return graph.isHalf() ? FLOAT16 : FLOAT32;
  }

  /** For people: {@code int4 block 32}. */
  String words(OnnxSummary graph) {
    return String.format(
        Locale.ROOT, words, graph.quantization().bits(), graph.quantization().block());
  }

  /**
   * A graph to choose.
   *
   * @param bytes of its files
   */
  record Choice<T>(T graph, Precision precision, long bytes) {}

  /**
   * The graph to take: the best that fits the memory, else the smallest.
   *
   * @param choices at least one
   * @param memory bytes that a model may take
   */
  static <T> T choose(List<Choice<T>> choices, long memory) {
    // A session holds the weights once as they are and once as its kernels like them.
    return choices.stream()
        .filter(choice -> choice.bytes() + choice.bytes() / 2 <= memory)
        .min(
            Comparator.comparing((Choice<T> choice) -> choice.precision())
                .thenComparingLong(Choice::bytes))
        .or(() -> choices.stream().min(Comparator.comparingLong(Choice::bytes)))
        .orElseThrow()
        .graph();
  }

  /** Bytes that a model may take on this machine: what is free, or half of all if that is more. */
  static long memory() {
    return Math.max(attribute("FreeMemorySize", 0), attribute("TotalMemorySize", 8L << 30) / 2);
  }

  private static long attribute(String name, long otherwise) {
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), name);
      return value instanceof Long bytes && bytes > 0 ? bytes : otherwise;
    } catch (JMException e) {
      return otherwise; // a Java without that attribute
    }
  }
}
