package org.qalam.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qalam.document.DocumentId;
import org.qalam.document.TextRange;
import org.qalam.search.NoteVectors.Near;
import org.qalam.search.NoteVectors.Part;
import org.qalam.search.NoteVectors.Vector;

class VectorTableTest {
  private static final int DIMENSIONS = 24;

  private final Random random = new Random(11);

  private Vector any() {
    float[] numbers = new float[DIMENSIONS];
    double length = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      numbers[i] = (float) random.nextGaussian();
      length += numbers[i] * numbers[i];
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      numbers[i] /= (float) Math.sqrt(length);
    }
    return Vector.of(numbers);
  }

  private record Known(List<Part> parts, List<Vector> vectors) {}

  private Known anyNote() {
    Known note = new Known(new ArrayList<>(), new ArrayList<>());
    int parts = random.nextInt(5);
    for (int i = 0; i < parts; i++) {
      note.parts.add(new Part(new TextRange(i * 10, i * 10 + 9), "part"));
      note.vectors.add(any());
    }
    return note;
  }

  /** Each part by itself, and sorted. */
  private static List<Near> oneByOne(
      Map<DocumentId, Known> notes, Vector asked, int most, float least) {
    List<Near> all = new ArrayList<>();
    notes.forEach((id, note) -> {
      List<Near> parts = new ArrayList<>();
      for (int i = 0; i < note.parts.size(); i++) {
        parts.add(new Near(id, note.parts.get(i).range(), note.vectors.get(i).times(asked)));
      }
      parts.stream()
          .filter(part -> part.cosine() >= least)
          .max(Comparator.comparingDouble(Near::cosine))
          .ifPresent(all::add);
    });
    all.sort(Comparator.comparingDouble((Near near) -> -near.cosine()));
    return all.subList(0, Math.min(most, all.size()));
  }

  private static List<Float> cosines(List<Near> found) {
    return found.stream().map(Near::cosine).toList();
  }

  @Test
  void findsWhatComparingOneByOneFindsWhateverCameAndWent() {
    Map<DocumentId, Known> notes = new HashMap<>();
    try (VectorTable table = new VectorTable()) {
      for (int round = 0; round < 6; round++) {
        for (int i = 0; i < 1_200; i++) {
          DocumentId id = DocumentId.random();
          Known note = anyNote();
          notes.put(id, note);
          table.put(id, note.parts, note.vectors);
        }
        for (DocumentId id : List.copyOf(notes.keySet()).subList(0, 500)) {
          Known again = anyNote();
          if (random.nextBoolean()) {
            notes.remove(id);
            table.remove(id);
          } else {
            notes.put(id, again);
            table.put(id, again.parts, again.vectors);
          }
        }
        assertEquals(notes.size(), table.size());
        for (float least : new float[] {-1, 0.28f, 0.5f}) {
          Vector asked = any();
          List<Near> found = table.nearest(asked, 30, least);
          List<Near> wanted = oneByOne(notes, asked, 30, least);
          assertEquals(cosines(wanted), cosines(found));
          assertEquals(wanted.getFirst(), found.getFirst());
        }
      }
    }
  }

  @Test
  void anEmptyTableHasNothing() {
    try (VectorTable table = new VectorTable()) {
      assertEquals(List.of(), table.nearest(any(), 10, -1));
      table.put(DocumentId.random(), List.of(), List.of());
      table.remove(DocumentId.random());
      assertEquals(List.of(), table.nearest(any(), 10, -1));
    }
  }
}
