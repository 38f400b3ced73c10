package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.qalam.engine.Generation;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationParams;
import org.qalam.engine.GenerationResult;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/** Prompts, and the logits and tokens that another program gave for them. */
final class ReferenceCases {
  private ReferenceCases() {}

  /** The cases of one checkpoint. */
  static Iterable<JsonNode> of(Path expected, String checkpoint) throws IOException {
    return new ObjectMapper().readTree(expected.toFile()).get("cases").get(checkpoint);
  }

  static void assertGreedy(LanguageModel model, JsonNode expected) {
    assertEquals(numbers(expected.get("greedy_12")), greedy(model, expected));
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> list = new ArrayList<>();
    array.forEach(number -> list.add(number.intValue()));
    return list;
  }

  private static int[] ids(JsonNode expected) {
    return numbers(expected.get("input_ids")).stream().mapToInt(Integer::intValue).toArray();
  }

  static List<Integer> greedy(LanguageModel model, JsonNode expected) {
    return generate(model, expected, GenerationParams.greedy(12), false).ids();
  }

  /** Goes on from a case's tokens; no token ends the answer. */
  static GenerationResult generate(
      LanguageModel model, JsonNode expected, GenerationParams params, boolean guesses) {
    try (Generation generation = new Generation(model, _ -> false, guesses)) {
      return generation.generate(
          ids(expected), List.of(), params, GenerationListener.NONE, new CancellationToken());
    }
  }

  /** Pearson's correlation of the model's logits with the reference's. */
  static double correlation(LanguageModel model, JsonNode expected) {
    try (Generator generator = model.newGenerator()) {
      float[] logits = generator.append(ids(expected), Progress.NONE, new CancellationToken());
      JsonNode reference = expected.get("logits_last");
      int n = reference.size();
      double sumX = 0;
      double sumY = 0;
      double sumXx = 0;
      double sumYy = 0;
      double sumXy = 0;
      for (int i = 0; i < n; i++) {
        double x = reference.get(i).doubleValue();
        double y = logits[i];
        sumX += x;
        sumY += y;
        sumXx += x * x;
        sumYy += y * y;
        sumXy += x * y;
      }
      return (n * sumXy - sumX * sumY)
          / Math.sqrt((n * sumXx - sumX * sumX) * (n * sumYy - sumY * sumY));
    }
  }
}
