package org.qalam.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final float[] LOGITS = {1, 3, 2, -4, 0};

  @Test
  void temperatureZeroTakesTheLikeliestToken() {
    assertEquals(1, sample(GenerationParams.greedy(1)));
  }

  @Test
  void frequenciesFollowTheSoftmaxOfTheLogits() {
    double[] shares = shares(params(1, 1, 0, 1), 40_000);
    double sum = 0;
    for (float logit : LOGITS) {
      sum += Math.exp(logit);
    }
    for (int id = 0; id < LOGITS.length; id++) {
      assertEquals(Math.exp(LOGITS[id]) / sum, shares[id], 0.01);
    }
  }

  @Test
  void lowTemperatureSharpensTheDistribution() {
    double sum = 0;
    for (float logit : LOGITS) {
      sum += Math.exp(logit / 0.5);
    }
    assertEquals(Math.exp(3 / 0.5) / sum, shares(params(0.5f, 1, 0, 1), 40_000)[1], 0.01);
  }

  @Test
  void topPKeepsTheFewestTokensThatReachIt() {
    // Probabilities are about 0.09, 0.64, 0.23, 0.0006, 0.03.
    double[] shares = shares(params(1, 0.8f, 0, 1), 2_000);
    assertEquals(0, shares[0]);
    assertTrue(shares[1] > 0.6 && shares[2] > 0.2);
    assertEquals(1, shares(params(1, 0.5f, 0, 1), 200)[1]);
  }

  @Test
  void minPDropsTokensThatAreUnlikelyBesideTheLikeliest() {
    // e^-1 = 0.37 of the likeliest stays, e^-2 = 0.14 goes.
    double[] shares = shares(params(1, 1, 0.2f, 1), 2_000);
    assertEquals(0, shares[0]);
    assertTrue(shares[2] > 0.2);
  }

  @Test
  void repetitionPenaltyLessensTokensOfTheWindowOnly() {
    GenerationParams params = new GenerationParams(1, 0, 1, 0, 4, 2, 0);
    assertEquals(2, new Sampler(params).sample(LOGITS.clone(), new int[] {0, 1}, 2));
    assertEquals(1, new Sampler(params).sample(LOGITS.clone(), new int[] {1, 0, 0}, 3));
  }

  @Test
  void sameSeedGivesTheSameTokensAndAnotherSeedOthers() {
    assertEquals(draw(params(1, 1, 0, 1).withSeed(7)), draw(params(1, 1, 0, 1).withSeed(7)));
    assertTrue(!draw(params(1, 1, 0, 1).withSeed(7)).equals(draw(params(1, 1, 0, 1).withSeed(8))));
  }

  private static List<Integer> draw(GenerationParams params) {
    Sampler sampler = new Sampler(params);
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add(sampler.sample(LOGITS.clone(), new int[0], 0));
    }
    return ids;
  }

  private static GenerationParams params(float temperature, float topP, float minP, float penalty) {
    return new GenerationParams(1, temperature, topP, minP, penalty, 64, 3);
  }

  private static int sample(GenerationParams params) {
    return new Sampler(params).sample(LOGITS.clone(), new int[0], 0);
  }

  private static double[] shares(GenerationParams params, int draws) {
    Sampler sampler = new Sampler(params);
    double[] shares = new double[LOGITS.length];
    for (int i = 0; i < draws; i++) {
      shares[sampler.sample(LOGITS.clone(), new int[0], 0)] += 1.0 / draws;
    }
    for (int id = 0; id < shares.length; id++) {
      shares[id] = Math.round(shares[id] * 1e9) / 1e9;
    }
    return shares;
  }
}
