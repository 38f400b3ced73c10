package org.qalam.search;

import java.util.ArrayList;
import java.util.List;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

/** What notes mean: a vector for each part of some sentences, in eight bits each number. */
final class NoteVectors {
  /** Characters of a part, about: most of what the model reads at once. */
  private static final int LENGTH = 700;

  /** A part of a note, as the model reads it. */
  record Part(TextRange range, String read) {}

  /** A vector: each number is the byte's times the scale. */
  static final class Vector {
    private final byte[] numbers; // (dimensions)
    private final float scale;

    Vector(byte[] numbers, float scale) {
      this.numbers = numbers;
      this.scale = scale;
    }

    byte[] numbers() {
      return numbers;
    }

    float scale() {
      return scale;
    }

    static Vector of(float[] exact) {
      float largest = 1e-12f;
      for (float each : exact) {
        largest = Math.max(largest, Math.abs(each));
      }
      byte[] numbers = new byte[exact.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (byte) Math.round(exact[i] / largest * Byte.MAX_VALUE);
      }
      return new Vector(numbers, largest / Byte.MAX_VALUE);
    }

    /** Cosine of the angle between two vectors of length 1. */
    float times(Vector other) {
      return product(numbers, other.numbers, 0) * scale * other.scale;
    }
  }

  /** The sum of products with the numbers from a place on; the compiler makes vectors of it. */
  static int product(byte[] one, byte[] many, int from) {
    int sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * many[from + i];
    }
    return sum;
  }

  /** A note's part that is near a question. */
  record Near(DocumentId id, TextRange range, float cosine) {}

  private NoteVectors() {}

  /** The parts of a note: neighbouring passages under one heading, behind the note's title. */
  static List<Part> parts(String title, String text) {
    List<Part> parts = new ArrayList<>();
    List<Passage> together = new ArrayList<>();
    for (Passage passage : Passages.of(text)) {
      if (!together.isEmpty()
          && (!passage.heading().equals(together.getFirst().heading())
              || passage.range().end() - together.getFirst().range().start() > LENGTH)) {
        parts.add(part(title, together, text));
        together.clear();
      }
      together.add(passage);
    }
    if (!together.isEmpty()) {
      parts.add(part(title, together, text));
    } else if (parts.isEmpty() && !title.isBlank()) {
      parts.add(new Part(new TextRange(0, 0), title));
    }
    return parts;
  }

  private static Part part(String title, List<Passage> passages, String text) {
    TextRange range =
        new TextRange(passages.getFirst().range().start(), passages.getLast().range().end());
    String heading = passages.getFirst().heading();
    String said = range.of(text);
    StringBuilder read = new StringBuilder();
    if (!said.startsWith(title)) {
      read.append(title).append('\n');
    }
    if (!heading.isEmpty() && !heading.equals(title)) {
      read.append(heading).append('\n');
    }
    return new Part(range, read.append(said).toString());
  }
}
