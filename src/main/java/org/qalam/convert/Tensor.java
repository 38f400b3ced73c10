package org.qalam.convert;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a checkpoint. Its bytes stay in the mapped file and are valid until that is closed.
 *
 * @param name the name that messages show
 * @param shape outermost dimension first: (rows, columns)
 * @param data its numbers, row after row, as {@code type} lays them out
 * @param scales for {@link TensorType#I8}, (rows, groups): each row's columns fall into so many
 *     groups of one size, whose numbers are multiplied with the group's scale
 */
record Tensor(
    String name, TensorType type, List<Long> shape, MemorySegment data, @Nullable Tensor scales) {

  Tensor(String name, TensorType type, List<Long> shape, MemorySegment data) {
    this(name, type, shape, data, null);
  }

  long elements() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** Numbers in a row; 1 for a scalar. */
  int columns() {
    return shape.isEmpty() ? 1 : Math.toIntExact(shape.getLast());
  }

  /** Bytes of the numbers and their scales. */
  long bytes() {
    return data.byteSize() + (scales == null ? 0 : scales.bytes());
  }
}
