package org.qalam.tokenizer;

import java.util.Arrays;

/** Finds what two neighbouring tokens merge to: an open-addressing hash table. Immutable. */
final class MergeTable {
  /** What {@link #find} gives where two tokens do not merge; greater than any merge. */
  static final long NONE = Long.MAX_VALUE;

  private final long[] pairs; // left << 32 | right, or -1
  private final long[] merges; // rank << 32 | result
  private final int shift;

  MergeTable(Vocabulary vocabulary) {
    int count = vocabulary.mergeCount();
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(8, 2L * count));
    pairs = new long[1 << bits];
    merges = new long[1 << bits];
    shift = 64 - bits;
    Arrays.fill(pairs, -1);
    for (int rank = 0; rank < count; rank++) {
      int slot = slot(vocabulary.mergeLeft(rank), vocabulary.mergeRight(rank));
      pairs[slot] = (long) vocabulary.mergeLeft(rank) << 32 | vocabulary.mergeRight(rank);
      merges[slot] = (long) rank << 32 | vocabulary.mergeResult(rank);
    }
  }

  /** The merge of two tokens as {@code rank << 32 | result}, so that the lower comes first. */
  long find(int left, int right) {
    int slot = slot(left, right);
    return pairs[slot] == -1 ? NONE : merges[slot];
  }

  private int slot(int left, int right) {
    long pair = (long) left << 32 | right;
    long hash = pair * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> shift);
    while (pairs[slot] != -1 && pairs[slot] != pair) {
      slot = slot + 1 & pairs.length - 1;
    }
    return slot;
  }
}
