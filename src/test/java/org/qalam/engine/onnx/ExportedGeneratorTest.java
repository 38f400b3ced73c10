package org.qalam.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.convert.ExportedModels;
import org.qalam.engine.ContextOverflowException;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Runs of exported graphs: with the cache in place, float32 (genai-fp32) and float16 (genai-fp16);
 * handed on (hub); and handed on by a graph that reads several tokens at the beginning only
 * (genai-mha).
 */
class ExportedGeneratorTest {
  private static final String IN_PLACE = "genai-fp32";
  private static final String HANDED_ON = "hub";
  private static final String FIRST_PIECE_ONLY = "genai-mha";

  private static final String HALF = "genai-fp16";

  private static final Map<String, LanguageModel> MODELS = new HashMap<>();

  @TempDir static Path folder;

  @BeforeAll
  static void load() throws Exception {
    for (String name : new String[] {IN_PLACE, HALF, HANDED_ON, FIRST_PIECE_ONLY}) {
      Path models = folder.resolve("models-" + name);
      ExportedModels.importing(ExportedModels.unpack(name, folder), models);
      MODELS.put(name, ExportedModels.load(models));
    }
  }

  @AfterAll
  static void close() {
    MODELS.values().forEach(LanguageModel::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_PLACE, HALF, HANDED_ON, FIRST_PIECE_ONLY})
  void readingInPiecesGivesTheLogitsOfReadingTokenByToken(String name) {
    // Longer than the first capacity of the cache, so that growing it is part of the test.
    int[] ids = tokens(600);
    try (Generator whole = model(name).newGenerator();
        Generator single = model(name).newGenerator()) {
      float[] expected = append(whole, ids).clone();
      float[] logits = new float[0];
      for (int id : ids) {
        logits = append(single, id);
      }
      assertArrayEquals(expected, logits, tolerance(name));
      assertEquals(600, single.tokenCount());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_PLACE, HALF, HANDED_ON, FIRST_PIECE_ONLY})
  void rewindingForgetsWhatCameAfter(String name) {
    int[] ids = tokens(300);
    try (Generator generator = model(name).newGenerator()) {
      append(generator, ids);
      float[] expected = append(generator, 5, 6, 7).clone();
      append(generator, tokens(40));
      generator.rewindTo(300);
      append(generator, 8, 9, 10, 11);
      generator.rewindTo(300);
      assertArrayEquals(expected, append(generator, 5, 6, 7), tolerance(name));
      generator.rewindTo(0);
      append(generator, ids);
      assertArrayEquals(expected, append(generator, 5, 6, 7), tolerance(name));
      assertThrows(IllegalArgumentException.class, () -> generator.rewindTo(304));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_PLACE, HALF, HANDED_ON, FIRST_PIECE_ONLY})
  void scoresAreTheLogProbabilitiesThatSingleStepsGive(String name) {
    int[] ids = tokens(70);
    try (Generator scorer = model(name).newGenerator();
        Generator single = model(name).newGenerator()) {
      double[] scores = scorer.score(ids, Progress.NONE, new CancellationToken());
      for (int i = 0; i + 1 < ids.length; i++) {
        float[] logits = append(single, ids[i]);
        assertEquals(OnnxGenerator.logProbability(logits, ids[i + 1]), scores[i], tolerance(name));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_PLACE, HANDED_ON})
  void cancelledReadingStopsBetweenPiecesAndGoesOnFromThere(String name) {
    int[] ids = tokens(300);
    CancellationToken cancellation = new CancellationToken();
    try (Generator generator = model(name).newGenerator();
        Generator other = model(name).newGenerator()) {
      assertThrows(
          CancellationException.class,
          () -> generator.append(ids, (done, total) -> cancellation.cancel(), cancellation));
      int read = generator.tokenCount();
      assertEquals(OnnxGenerator.PIECE, read);
      float[] logits = append(generator, java.util.Arrays.copyOfRange(ids, read, ids.length));
      assertArrayEquals(append(other, ids), logits, tolerance(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_PLACE, HALF, HANDED_ON, FIRST_PIECE_ONLY})
  void wholeContextCanBeFilledAndNotMore(String name) {
    LanguageModel model = model(name);
    try (Generator generator = model.newGenerator()) {
      append(generator, tokens(model.contextLength() - 1));
      append(generator, 3);
      ContextOverflowException e =
          assertThrows(ContextOverflowException.class, () -> append(generator, 1));
      assertEquals(model.contextLength() + 1, e.tokens());
      assertEquals(model.contextLength(), generator.tokenCount());
    }
  }

  @Test
  void closedGeneratorIsRefusedAndClosingTwiceIsHarmless() {
    Generator generator = model(HANDED_ON).newGenerator();
    append(generator, 1);
    assertTrue(generator.cacheBytes() > 0);
    generator.close();
    generator.close();
    assertEquals(0, generator.cacheBytes());
    assertThrows(IllegalStateException.class, () -> append(generator, 1));
  }

  @Test
  void graphThatCannotGoOnIsRefusedWhenItIsLoaded() throws Exception {
    Path models = folder.resolve("stuck");
    ExportedModels.importing(ExportedModels.unpack("genai-stuck", folder), models);
    ModelLoadException e =
        assertThrows(ModelLoadException.class, () -> ExportedModels.load(models).close());
    assertEquals(ModelLoadException.Reason.UNSUPPORTED, e.reason());
    assertTrue(String.valueOf(e.getMessage()).contains("cannot go on"), e.getMessage());
  }

  @Test
  void cacheInPlaceTakesHalfTheMemory() {
    try (Generator inPlace = model(IN_PLACE).newGenerator();
        Generator handedOn = model(HANDED_ON).newGenerator()) {
      append(inPlace, 1, 2);
      append(handedOn, 1);
      append(handedOn, 2);
      // 2 layers, keys and values, 2 heads of 32 float32 numbers, room for 512 tokens
      assertEquals(2 * 2 * 2 * 32 * 4 * 512, inPlace.cacheBytes());
      assertEquals(2 * inPlace.cacheBytes(), handedOn.cacheBytes());
    }
  }

  @Test
  void tokenIdOutsideTheVocabularyIsRefusedAndChangesNothing() {
    try (Generator generator = model(HANDED_ON).newGenerator()) {
      append(generator, 1, 2);
      assertThrows(IllegalArgumentException.class, () -> append(generator, 512));
      assertThrows(IllegalArgumentException.class, () -> append(generator, -1));
      assertEquals(2, generator.tokenCount());
    }
  }

  @Test
  void changedGraphIsFoundBeforeTheRunTimeSeesIt() throws Exception {
    Path models = folder.resolve("changed");
    ExportedModels.importing(folder.resolve(IN_PLACE), models);
    Path graph = models.resolve("tiny/model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    bytes[bytes.length / 2] ^= 4;
    Files.write(graph, bytes);
    ModelLoadException e =
        assertThrows(ModelLoadException.class, () -> ExportedModels.load(models).close());
    assertEquals(ModelLoadException.Reason.CHANGED_FILE, e.reason());
  }

  private static LanguageModel model(String name) {
    return java.util.Objects.requireNonNull(MODELS.get(name));
  }

  /** Logits are around 1; float16 has three decimal digits. */
  private static float tolerance(String name) {
    return name.equals(FIRST_PIECE_ONLY) || name.equals(HALF) ? 3e-2f : 2e-3f;
  }

  private static float[] append(Generator generator, int... ids) {
    return generator.append(ids, Progress.NONE, new CancellationToken());
  }

  private static int[] tokens(int count) {
    return new Random(11).ints(count, 0, 480).toArray();
  }
}
