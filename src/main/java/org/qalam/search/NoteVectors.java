package org.qalam.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;

/**
 * What notes mean, a vector for each part of some sentences, in eight bits each number. All are
 * compared: 30,000 parts take some milliseconds. Any thread.
 */
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
      int sum = 0;
      for (int i = 0; i < numbers.length; i++) {
        sum += numbers[i] * other.numbers[i];
      }
      return sum * scale * other.scale;
    }
  }

  /** A note's part that is near a question. */
  record Near(DocumentId id, TextRange range, float cosine) {}

  private record Known(TextRange range, Vector vector) {}

  private final Map<DocumentId, List<Known>> notes = new HashMap<>();

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

  synchronized void put(DocumentId id, List<Part> parts, List<Vector> vectors) {
    List<Known> known = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      known.add(new Known(parts.get(i).range(), vectors.get(i)));
    }
    notes.put(id, known);
  }

  synchronized void remove(DocumentId id) {
    notes.remove(id);
  }

  /** The nearest part of each note, the nearest note first. */
  synchronized List<Near> nearest(Vector question, int most, float least) {
    List<Near> all = new ArrayList<>();
    notes.forEach((id, parts) -> {
      Near best = null;
      for (Known part : parts) {
        float cosine = part.vector().times(question);
        if (cosine >= least && (best == null || cosine > best.cosine())) {
          best = new Near(id, part.range(), cosine);
        }
      }
      if (best != null) {
        all.add(best);
      }
    });
    all.sort(Comparator.comparingDouble((Near near) -> -near.cosine()));
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  /** Which notes are known. */
  synchronized Set<DocumentId> ids() {
    return new HashSet<>(notes.keySet());
  }
}
