package org.qalam.convert;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tensor of a checkpoint. Its bytes stay in the mapped file and are valid until that is closed.
 *
 * @param name the name that messages show
 * @param shape outermost dimension first: (rows, columns)
 * @param data its numbers, row after row, as {@code type} lays them out
 */
record Tensor(String name, TensorType type, List<Long> shape, MemorySegment data) {
  long elements() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }
}
