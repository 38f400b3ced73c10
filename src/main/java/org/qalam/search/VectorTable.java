package org.qalam.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;
import org.qalam.search.NoteVectors.Near;
import org.qalam.search.NoteVectors.Part;
import org.qalam.search.NoteVectors.Vector;
import org.qalam.task.Worker;

/**
 * Vectors of notes' parts, one behind the other in arrays of bytes, so that all are compared in one
 * go: 40,000 of 384 numbers take about 12 ms of one core, and half of that where there are two. All
 * vectors have the same length. Any thread; one is in it at a time.
 */
final class VectorTable implements AutoCloseable {
  /** Vectors of a block. */
  private static final int BLOCK = 1_024;

  /** With fewer blocks a second thread costs more than it saves. */
  private static final int SHARED_FROM = 4;

  private static final int NOBODY = -1;

  /** Compares a half of the blocks. */
  private final Worker helper = new Worker("comparing");

  private final List<Block> blocks = new ArrayList<>();
  private final Map<DocumentId, Entry> notes = new HashMap<>();
  private final List<@Nullable DocumentId> ids = new ArrayList<>(); // by a note's number
  private final Deque<Integer> freeNumbers = new ArrayDeque<>();
  private final Deque<Integer> freePlaces = new ArrayDeque<>();
  private int end; // the first place that was never taken

  /**
   * @param number of the note, an index of {@link #ids}
   * @param places of its vectors
   */
  private record Entry(int number, List<Integer> places) {}

  private static final class Block {
    private final byte[] numbers; // (BLOCK, dimensions)
    private final float[] scales = new float[BLOCK];
    private final int[] owners = new int[BLOCK]; // numbers of notes
    private final int[] starts = new int[BLOCK];
    private final int[] ends = new int[BLOCK];

    Block(int dimensions) {
      numbers = new byte[BLOCK * dimensions];
      Arrays.fill(owners, NOBODY);
    }
  }

  /** The nearest part of each note, by the note's number. */
  private static final class Best {
    private final float[] cosines;
    private final int[] places;

    Best(int notes, float least) {
      cosines = new float[notes];
      places = new int[notes];
      Arrays.fill(cosines, Math.nextDown(least));
      Arrays.fill(places, NOBODY);
    }

    void take(int note, float cosine, int place) {
      if (cosine > cosines[note]) {
        cosines[note] = cosine;
        places[note] = place;
      }
    }

    void takeAll(Best other) {
      for (int note = 0; note < cosines.length; note++) {
        take(note, other.cosines[note], other.places[note]);
      }
    }
  }

  /** Takes a note's parts up, in the place of what was known of it. */
  synchronized void put(DocumentId id, List<Part> parts, List<Vector> vectors) {
    remove(id);
    int number = freeNumbers.isEmpty() ? ids.size() : freeNumbers.remove();
    if (number == ids.size()) {
      ids.add(id);
    } else {
      ids.set(number, id);
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      places.add(place(number, parts.get(i).range(), vectors.get(i)));
    }
    notes.put(id, new Entry(number, places));
  }

  private int place(int owner, TextRange range, Vector vector) {
    int place = freePlaces.isEmpty() ? end++ : freePlaces.remove();
    int length = vector.numbers().length;
    if (place / BLOCK == blocks.size()) {
      blocks.add(new Block(length));
    }
    Block block = blocks.get(place / BLOCK);
    int at = place % BLOCK;
    System.arraycopy(vector.numbers(), 0, block.numbers, at * length, length);
    block.scales[at] = vector.scale();
    block.owners[at] = owner;
    block.starts[at] = range.start();
    block.ends[at] = range.end();
    return place;
  }

  synchronized void remove(DocumentId id) {
    Entry gone = notes.remove(id);
    if (gone != null) {
      ids.set(gone.number, null);
      freeNumbers.add(gone.number);
      for (int place : gone.places) {
        blocks.get(place / BLOCK).owners[place % BLOCK] = NOBODY;
        freePlaces.add(place);
      }
    }
  }

  /** How many notes are known. */
  synchronized int size() {
    return notes.size();
  }

  /**
   * The nearest part of each note, the nearest note first.
   *
   * @param most so many at most
   * @param least the smallest cosine that counts
   */
  synchronized List<Near> nearest(Vector question, int most, float least) {
    Best best = new Best(ids.size(), least);
    int half = blocks.size() < SHARED_FROM ? 0 : blocks.size() / 2;
    if (half == 0) {
      compare(question, 0, blocks.size(), best);
    } else {
      // The lock is held until both are through, so nothing is put meanwhile.
      Best others = new Best(ids.size(), least);
      CompletableFuture<Boolean> rest =
          helper.submit(() -> {
            compare(question, half, blocks.size(), others);
            return true;
          });
      compare(question, 0, half, best);
      boolean _ = rest.join();
      best.takeAll(others);
    }
    PriorityQueue<Near> nearest = new PriorityQueue<>(Comparator.comparingDouble(Near::cosine));
    for (int note = 0; note < best.places.length; note++) {
      boolean isFull = nearest.size() >= most;
      DocumentId id = ids.get(note);
      if (best.places[note] != NOBODY
          && id != null
          && (!isFull || best.cosines[note] > nearest.element().cosine())) {
        if (isFull) {
          nearest.remove();
        }
        nearest.add(near(id, best.places[note], best.cosines[note]));
      }
    }
    return nearest.stream()
        .sorted(Comparator.comparingDouble((Near near) -> -near.cosine()))
        .toList();
  }

  private Near near(DocumentId id, int place, float cosine) {
    Block block = blocks.get(place / BLOCK);
    int at = place % BLOCK;
    return new Near(id, new TextRange(block.starts[at], block.ends[at]), cosine);
  }

  private void compare(Vector question, int from, int to, Best best) {
    byte[] asked = question.numbers();
    for (int i = from; i < to; i++) {
      Block block = blocks.get(i);
      for (int at = 0; at < BLOCK; at++) {
        if (block.owners[at] != NOBODY) {
          int sum = NoteVectors.product(asked, block.numbers, at * asked.length);
          float cosine = sum * block.scales[at] * question.scale();
          best.take(block.owners[at], cosine, i * BLOCK + at);
        }
      }
    }
  }

  /** Ends the second thread. Closing twice is harmless. */
  @Override
  public void close() {
    helper.close();
  }
}
