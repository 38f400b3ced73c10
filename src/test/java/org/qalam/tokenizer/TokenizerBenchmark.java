package org.qalam.tokenizer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Measures encoding: {@code TokenizerBenchmark TOKENIZER.json TEXT...} prints megabytes a second,
 * the median of eleven runs after five to warm up.
 */
final class TokenizerBenchmark {
  private static final int WARM_UP = 5;
  private static final int RUNS = 11;

  private TokenizerBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    BytePairTokenizer tokenizer = new BytePairTokenizer(TokenizerJson.read(Path.of(arguments[0])));
    for (int i = 1; i < arguments.length; i++) {
      String text = Files.readString(Path.of(arguments[i]));
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      double[] rates = new double[RUNS];
      int tokens = 0;
      for (int run = -WARM_UP; run < RUNS; run++) {
        long start = System.nanoTime();
        tokens = tokenizer.encode(text).length;
        if (run >= 0) {
          rates[run] = bytes * 1e3 / (System.nanoTime() - start);
        }
      }
      Arrays.sort(rates);
      System.out.printf(
          "%s: %d bytes, %d tokens, %.1f MB/s%n", arguments[i], bytes, tokens, rates[RUNS / 2]);
    }
  }
}
