package org.qalam.tokenizer;

import java.util.Arrays;

/**
 * Merges the tokens of one piece, always the pair of lowest rank, of equal ones the first. One
 * call's own: it keeps its arrays from piece to piece.
 *
 * <p>A short piece is searched anew for every merge, which is quickest; a long one goes through a
 * linked list and a heap, so that a megabyte without a blank takes n log n steps.
 */
final class PairMerger {
  private static final int SHORT = 40;

  private final MergeTable table;
  private final long[] found = new long[SHORT]; // merge of each token with the next
  private int[] next = new int[0];
  private int[] previous = new int[0];
  private long[] heap = new long[0]; // rank << 32 | position
  private int heapSize;

  PairMerger(MergeTable table) {
    this.table = table;
  }

  /** Merges the first {@code count} ids in place and returns how many are left. */
  int merge(int[] ids, int count) {
    return count <= SHORT ? mergeShort(ids, count) : mergeLong(ids, count);
  }

  private int mergeShort(int[] ids, int count) {
    int left = count;
    for (int i = 0; i + 1 < left; i++) {
      found[i] = table.find(ids[i], ids[i + 1]);
    }
    while (left > 1) {
      int best = 0;
      for (int i = 1; i + 1 < left; i++) {
        // equal pairs overlap or not: the first goes first
        if (found[i] < found[best]) {
          best = i;
        }
      }
      if (found[best] == MergeTable.NONE) {
        break;
      }
      ids[best] = (int) found[best];
      left--;
      System.arraycopy(ids, best + 2, ids, best + 1, left - best - 1);
      if (best + 1 < left) {
        System.arraycopy(found, best + 2, found, best + 1, left - best - 2);
        found[best] = table.find(ids[best], ids[best + 1]);
      }
      if (best > 0) {
        found[best - 1] = table.find(ids[best - 1], ids[best]);
      }
    }
    return left;
  }

  private int mergeLong(int[] ids, int count) {
    reserve(count);
    heapSize = 0;
    for (int i = 0; i < count; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    for (int i = 0; i + 1 < count; i++) {
      offer(ids, i, i + 1);
    }
    while (heapSize > 0) {
      long top = poll();
      int at = (int) top;
      int right = next[at];
      // an entry outlives its pair: the token may be gone, or pair with another now
      if (ids[at] < 0 || right >= count) {
        continue;
      }
      long merge = table.find(ids[at], ids[right]);
      if (merge == MergeTable.NONE || merge >>> 32 != top >>> 32) {
        continue;
      }
      ids[at] = (int) merge;
      ids[right] = -1;
      next[at] = next[right];
      if (next[at] < count) {
        previous[next[at]] = at;
        offer(ids, at, next[at]);
      }
      if (previous[at] >= 0) {
        offer(ids, previous[at], at);
      }
    }
    int left = 0;
    for (int i = 0; i < count; i = next[i]) {
      ids[left++] = ids[i];
    }
    return left;
  }

  private void reserve(int count) {
    if (next.length < count) {
      next = new int[count];
      previous = new int[count];
    }
  }

  private void offer(int[] ids, int at, int right) {
    long merge = table.find(ids[at], ids[right]);
    if (merge == MergeTable.NONE) {
      return;
    }
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, Math.max(256, heap.length * 2));
    }
    long entry = merge >>> 32 << 32 | at;
    int i = heapSize++;
    for (int parent = (i - 1) / 2; i > 0 && heap[parent] > entry; parent = (i - 1) / 2) {
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = entry;
  }

  private long poll() {
    long top = heap[0];
    long last = heap[--heapSize];
    int i = 0;
    for (int child = 1; child < heapSize; child = 2 * i + 1) {
      if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return top;
  }
}
