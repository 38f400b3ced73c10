package org.qalam.tokenizer;

import java.util.Arrays;

/** A growing list of token ids; one call's own. */
final class IdBuffer {
  private int[] ids = new int[64];
  private int size;

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  void addAll(int[] source, int count) {
    if (size + count > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(size + count, size * 2));
    }
    System.arraycopy(source, 0, ids, size, count);
    size += count;
  }

  int size() {
    return size;
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
