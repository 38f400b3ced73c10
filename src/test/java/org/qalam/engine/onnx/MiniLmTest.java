package org.qalam.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qalam.engine.ModelLoadException;

// Loaded once, before the tests.
@SuppressWarnings("NullAway.Init")
class MiniLmTest {
  private static MiniLm model;

  @BeforeAll
  static void load() throws ModelLoadException {
    model = MiniLm.load(1);
  }

  @AfterAll
  static void close() {
    model.close();
    model.close();
  }

  private static double cosine(String one, String other) {
    float[] a = model.embed(one);
    float[] b = model.embed(other);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void sentencesOfOneMeaningAreNearerThanThoseThatShareWords() {
    String asked = "The radiator in the kitchen does not work";
    double same = cosine(asked, "Our heating is broken");
    double words = cosine(asked, "I work in the kitchen of a restaurant");
    assertTrue(same > words + 0.1, same + " " + words);
    assertTrue(cosine(asked, "The bank raised its interest rates") < 0.2);
  }

  @Test
  void aVectorHasLengthOneWhateverTheText() {
    for (String text : new String[] {"", " ", "a", "كتاب", "word ".repeat(2_000), "\u0000"}) {
      assertEquals(model.dimensions(), model.embed(text).length);
      assertEquals(1, cosine(text, text), 1e-4, text);
    }
  }

  @Test
  void aTextHasTheSameVectorEachTime() {
    assertArrayEquals(model.embed("the same"), model.embed("the same"));
  }
}
