package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  @ParameterizedTest
  @ValueSource(floats = {0, 0.6f, 1.5f})
  void everyAnswerIsTheSameWhereItsSourceIsGuessedFromAndEarlierPromptsAreKept(float temperature) {
    double tokens = 0;
    double steps = 0;
    int kept = 0;
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      RepeatingModel model = new RepeatingModel(3 + random.nextInt(20), random.nextInt(2, 40));
      List<List<Integer>> instructions =
          List.of(
              random.ints(150, 0, StubModel.LETTERS).boxed().toList(),
              random.ints(200, 0, StubModel.LETTERS).boxed().toList(),
              random.ints(90, 0, StubModel.LETTERS).boxed().toList());
      try (Generation guessed = new Generation(model, _ -> false, false)) {
        for (int i = 0; i < 8; i++) {
          List<Integer> prompt = new ArrayList<>(instructions.get(random.nextInt(3)));
          random.ints(1 + random.nextInt(90), 0, StubModel.LETTERS).forEach(prompt::add);
          GenerationRound round = new GenerationRound(prompt, 1 + random.nextInt(60));
          GenerationResult expected;
          try (Generation plain = new Generation(model, _ -> false, false)) {
            expected = run(plain, round, temperature, seed);
          }
          guessed.expect(changed(expected.ids(), random), random.nextDouble());
          GenerationResult found = run(guessed, round, temperature, seed);
          assertEquals(expected.ids(), found.ids(), "seed " + seed);
          tokens += found.stats().newTokens();
          steps += 1 + found.stats().steps();
          kept += found.stats().reusedTokens() >= 90 ? 1 : 0;
        }
      }
    }
    assertTrue(tokens / steps > 1.5, tokens / steps + " tokens a step");
    assertTrue(kept > 60 * 4, kept + " of " + 60 * 8 + " instructions were not read again");
  }

  /** An answer's likely source: other tokens here and there, some left out, some put in. */
  private static int[] changed(List<Integer> ids, Random random) {
    List<Integer> source = new ArrayList<>(ids);
    for (int i = random.nextInt(5); i > 0 && source.size() > 1; i--) {
      int at = random.nextInt(source.size());
      switch (random.nextInt(3)) {
        case 0 -> source.set(at, random.nextInt(StubModel.LETTERS));
        case 1 -> source.subList(at, at + 1).clear();
        default -> source.add(at, random.nextInt(StubModel.LETTERS));
      }
    }
    return source.stream().mapToInt(Integer::intValue).toArray();
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

    private record Copy(List<Integer> tokens) implements Generator.Saved {
      @Override
      public long bytes() {
        return tokens.size() * 40_000L;
      }

      @Override
      public void close() {}
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
      public LogitsAfter appendEach(
          int[] ids, int each, Progress progress, CancellationToken cancellation) {
        assertTrue(each <= mostEach());
        float[] unused = append(ids, progress, cancellation);
        assertEquals(LETTERS, unused.length);
        int first = cache.size() - each + 1;
        return index -> logits(first + index);
      }

      @Override
      public Optional<Saved> save(int tokens, long limit) {
        return Optional.of(new Copy(List.copyOf(cache.subList(0, tokens))));
      }

      @Override
      public void restore(Saved saved, int tokens) {
        List<Integer> copied = ((Copy) saved).tokens;
        assertEquals(cache, copied.subList(0, cache.size()));
        cache.addAll(copied.subList(cache.size(), tokens));
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
