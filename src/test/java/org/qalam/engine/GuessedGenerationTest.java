package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Guesses against one token at a time, on a model whose every logit hangs on all tokens before. */
class GuessedGenerationTest {
  @ParameterizedTest
  @ValueSource(floats = {0, 0.6f, 1.5f})
  void everyAnswerIsTheSameWithGuesses(float temperature) {
    double tokens = 0;
    double steps = 0;
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int period = 3 + random.nextInt(20);
      RepeatingModel model = new RepeatingModel(period, random.nextInt(1, 40));
      List<GenerationRound> rounds = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        List<Integer> prompt =
            random.ints(1 + random.nextInt(60), 0, StubModel.LETTERS).boxed().toList();
        rounds.add(new GenerationRound(prompt, 1 + random.nextInt(200)));
      }
      try (Generation plain = new Generation(model, _ -> false, false);
          Generation guessed = new Generation(model, _ -> false, true)) {
        for (GenerationRound round : rounds) {
          GenerationResult expected = run(plain, round, temperature, seed);
          GenerationResult found = run(guessed, round, temperature, seed);
          assertEquals(expected.ids(), found.ids(), "seed " + seed);
          tokens += found.stats().newTokens();
          steps += found.stats().steps();
        }
      }
    }
    if (temperature == 0) {
      assertTrue(tokens / steps > 1.5, tokens / steps + " tokens a step");
    }
  }

  private record GenerationRound(List<Integer> prompt, int most) {}

  private static GenerationResult run(
      Generation generation, GenerationRound round, float temperature, int seed) {
    return generation.generate(
        round.prompt.stream().mapToInt(Integer::intValue).toArray(),
        List.of(),
        new GenerationParams(round.most, temperature, 0.95f, 0, 1.2f, 16, seed),
        GenerationListener.NONE,
        new CancellationToken());
  }

  /** Repeats what stood a period before, but for some places that hang on all tokens before. */
  private static final class RepeatingModel extends StubModel {
    private final int period;
    private final int surprise;

    RepeatingModel(int period, int surprise) {
      super(1, () -> {});
      this.period = period;
      this.surprise = surprise;
    }

    @Override
    public Generator newGenerator() {
      return new Run();
    }

    private final class Run implements Generator {
      private final List<Integer> cache = new ArrayList<>();

      @Override
      public int tokenCount() {
        return cache.size();
      }

      @Override
      public long cacheBytes() {
        return 0;
      }

      @Override
      public int mostEach() {
        return 8;
      }

      @Override
      public float[] append(int[] ids, Progress progress, CancellationToken cancellation) {
        for (int id : ids) {
          cache.add(id);
        }
        return logits(cache.size());
      }

      @Override
      public LogitsAfter appendEach(int[] ids) {
        assertTrue(ids.length <= mostEach());
        int before = cache.size();
        float[] unused = append(ids, Progress.NONE, new CancellationToken());
        assertEquals(LETTERS, unused.length);
        return index -> logits(before + index + 1);
      }

      private float[] logits(int count) {
        List<Integer> seen = cache.subList(0, count);
        int hash = Math.floorMod(seen.hashCode(), 1 << 20);
        int next = seen.get(Math.max(0, count - period));
        float[] logits = new float[LETTERS];
        logits[hash % surprise == 1 ? hash % LETTERS : next] = 6;
        return logits;
      }

      @Override
      public double[] score(int[] ids, Progress progress, CancellationToken cancellation) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void rewindTo(int tokens) {
        cache.subList(tokens, cache.size()).clear();
      }

      @Override
      public void close() {}
    }
  }
}
