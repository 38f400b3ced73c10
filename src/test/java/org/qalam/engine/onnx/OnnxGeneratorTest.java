package org.qalam.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.engine.ContextOverflowException;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

class OnnxGeneratorTest {
  @TempDir static Path models;

  @SuppressWarnings("NullAway.Init") // set before any test
  private static LanguageModel model;

  @BeforeAll
  static void load() throws Exception {
    model = TinyModel.load(TinyModel.importInto(models));
  }

  @AfterAll
  static void close() {
    model.close();
    model.close();
  }

  @Test
  void readingInPiecesGivesTheLogitsOfReadingTokenByToken() {
    // Longer than the first capacity of the cache, so that growing it is part of the test.
    int[] ids = tokens(700);
    try (Generator whole = model.newGenerator();
        Generator single = model.newGenerator()) {
      float[] expected = append(whole, ids).clone();
      float[] logits = new float[0];
      for (int id : ids) {
        logits = append(single, id);
      }
      assertArrayEquals(expected, logits, 2e-3f);
      assertEquals(700, single.tokenCount());
    }
  }

  @Test
  void rewindingForgetsWhatCameAfter() {
    int[] ids = tokens(300);
    try (Generator generator = model.newGenerator()) {
      append(generator, ids);
      float[] expected = append(generator, 5, 6, 7).clone();
      generator.rewindTo(300);
      append(generator, 8, 9, 10, 11);
      generator.rewindTo(300);
      assertArrayEquals(expected, append(generator, 5, 6, 7), 1e-4f);
      assertThrows(IllegalArgumentException.class, () -> generator.rewindTo(304));
    }
  }

  @Test
  void copyOfEarlierTokensGoesOnAsIfTheyHadJustBeenRead() {
    int[] ids = tokens(520);
    try (Generator generator = model.newGenerator()) {
      append(generator, ids);
      float[] expected = append(generator, 5, 6, 7).clone();
      try (Generator.Saved saved = generator.save(520, Long.MAX_VALUE).orElseThrow()) {
        generator.rewindTo(10);
        append(generator, tokens(900 - 10));
        generator.rewindTo(10);
        generator.restore(saved, 520);
        assertEquals(520, generator.tokenCount());
        assertArrayEquals(expected, append(generator, 5, 6, 7), 1e-4f);
        assertTrue(generator.save(520, saved.bytes() - 1).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> generator.restore(saved, 521));
      }
    }
  }

  @Test
  void logitsOfThePromptsLastTokensAreThoseOfSingleSteps() {
    int[] ids = tokens(300);
    try (Generator several = model.newGenerator();
        Generator single = model.newGenerator()) {
      Generator.LogitsAfter found =
          several.appendEach(ids, 8, Progress.NONE, new CancellationToken());
      append(single, java.util.Arrays.copyOf(ids, 292));
      for (int i = 0; i < 8; i++) {
        assertArrayEquals(append(single, ids[292 + i]), found.at(i), 2e-3f);
      }
      assertEquals(300, several.tokenCount());
    }
  }

  @Test
  void scoresAreTheLogProbabilitiesThatSingleStepsGive() {
    int[] ids = tokens(70);
    try (Generator scorer = model.newGenerator();
        Generator single = model.newGenerator()) {
      double[] scores = scorer.score(ids, Progress.NONE, new CancellationToken());
      for (int i = 0; i + 1 < ids.length; i++) {
        float[] logits = append(single, ids[i]);
        assertEquals(OnnxGenerator.logProbability(logits, ids[i + 1]), scores[i], 2e-3);
      }
    }
  }

  @Test
  void cancelledReadingStopsBetweenPiecesAndKeepsWhatWasRead() {
    CancellationToken cancellation = new CancellationToken();
    try (Generator generator = model.newGenerator()) {
      assertThrows(
          CancellationException.class,
          () ->
              generator.append(tokens(600), (done, total) -> cancellation.cancel(), cancellation));
      assertEquals(OnnxGenerator.PIECE, generator.tokenCount());
    }
  }

  @Test
  void textThatIsLargerThanTheContextIsRefusedWithNumbersAndChangesNothing() {
    int[] ids = tokens(model.contextLength() + 1);
    try (Generator generator = model.newGenerator()) {
      append(generator, 1, 2, 3);
      ContextOverflowException e =
          assertThrows(ContextOverflowException.class, () -> append(generator, ids));
      assertEquals(model.contextLength() + 4, e.tokens());
      assertEquals(model.contextLength(), e.contextLength());
      assertEquals(3, generator.tokenCount());
    }
  }

  @Test
  void wholeContextCanBeFilled() {
    try (Generator generator = model.newGenerator()) {
      append(generator, tokens(model.contextLength()));
      assertEquals(model.contextLength(), generator.tokenCount());
    }
  }

  @Test
  void tokenIdOutsideTheVocabularyIsRefusedBeforeTheRunTimeSeesIt() {
    try (Generator generator = model.newGenerator()) {
      assertThrows(IllegalArgumentException.class, () -> append(generator, 512));
      assertThrows(IllegalArgumentException.class, () -> append(generator, 1, -1));
      assertThrows(IllegalArgumentException.class, () -> append(generator));
    }
  }

  @Test
  void otherThreadIsRefused() throws Exception {
    try (Generator generator = model.newGenerator()) {
      AtomicReference<RuntimeException> thrown = new AtomicReference<>();
      Thread other =
          new Thread(() -> {
            try {
              append(generator, 1);
            } catch (RuntimeException e) {
              thrown.set(e);
            }
          });
      other.start();
      other.join();
      assertTrue(thrown.get() instanceof IllegalStateException);
    }
  }

  @Test
  void closedGeneratorIsRefusedAndClosingTwiceIsHarmless() {
    Generator generator = model.newGenerator();
    append(generator, 1);
    assertTrue(generator.cacheBytes() > 0);
    generator.close();
    generator.close();
    assertEquals(0, generator.cacheBytes());
    assertThrows(IllegalStateException.class, () -> append(generator, 1));
  }

  private static float[] append(Generator generator, int... ids) {
    return generator.append(ids, Progress.NONE, new CancellationToken());
  }

  private static int[] tokens(int count) {
    return new Random(11).ints(count, 0, 480).toArray();
  }
}
