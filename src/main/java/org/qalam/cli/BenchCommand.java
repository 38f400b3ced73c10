package org.qalam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam bench}: how fast a model reads and writes here. */
@Command(name = "bench", description = "Measures how fast a model reads and writes here.")
public final class BenchCommand implements Callable<Integer> {
  /** Tokens of the round that is not counted. */
  private static final int WARM_UP = 64;

  private final Services services;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The model.")
  private String id = "";

  @Option(names = "--prompt", defaultValue = "128", description = "Tokens to read.")
  private int promptTokens;

  @Option(names = "--generate", defaultValue = "64", description = "Tokens to write.")
  private int newTokens;

  @Option(
      names = "--context",
      defaultValue = "0",
      description = "Tokens that are there before, for both.")
  private int context;

  @Option(names = "--threads", defaultValue = "0", description = "Threads; 0 takes the default.")
  private int threads;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds; medians are told.")
  private int rounds;

  @Mixin private LoadedModel.Cache cache = new LoadedModel.Cache();

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  public BenchCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws Exception {
    if (promptTokens < 1 || newTokens < 1 || context < 0 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "The numbers of tokens and rounds must be positive.");
    }
    int used = LoadedModel.threads(threads);
    long start = System.nanoTime();
    try (LanguageModel model = LoadedModel.load(services, id, used, cache.type());
        Generator generator = model.newGenerator()) {
      double loadSeconds = (System.nanoTime() - start) / 1e9;
      // As llama-bench does: random tokens, since speed does not depend on what they say.
      int vocabulary = model.tokenizer().vocabularySize();
      int[] ids = new Random(42).ints(Math.max(promptTokens, context), 0, vocabulary).toArray();
      double[] read = new double[rounds];
      double[] written = new double[rounds];
      double[] before = new double[rounds];
      round(generator, ids, 0, Math.min(promptTokens, WARM_UP), Math.min(newTokens, WARM_UP));
      for (int i = 0; i < rounds; i++) {
        double[] seconds = round(generator, ids, context, promptTokens, newTokens);
        read[i] = promptTokens / seconds[0];
        written[i] = newTokens / seconds[1];
        before[i] = context / seconds[2];
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      if (context > 0) {
        answer.put("context_tokens_per_second", median(before));
      }
      answer.put("prompt_tokens_per_second", median(read));
      answer.put("tokens_per_second", median(written));
      answer.put("load_seconds", loadSeconds);
      answer.put("kv_cache_bytes", generator.cacheBytes());
      answer.put("anonymous_bytes", anonymousBytes());
      answer.put("threads", used);
      print(answer);
    }
    return 0;
  }

  /** Seconds for the prompt, for what is written, and for what was there before. */
  private static double[] round(
      Generator generator, int[] ids, int context, int prompt, int written) {
    CancellationToken never = new CancellationToken();
    generator.rewindTo(0);
    long start = System.nanoTime();
    if (context > 0) {
      generator.append(Arrays.copyOf(ids, context), Progress.NONE, never);
    }
    double contextSeconds = (System.nanoTime() - start) / 1e9;
    start = System.nanoTime();
    generator.append(Arrays.copyOf(ids, prompt), Progress.NONE, never);
    double readSeconds = (System.nanoTime() - start) / 1e9;
    generator.rewindTo(context); // both are measured at the same depth, as llama-bench does
    start = System.nanoTime();
    for (int i = 0; i < written; i++) {
      generator.append(new int[] {ids[i % ids.length]}, Progress.NONE, never);
    }
    return new double[] {readSeconds, (System.nanoTime() - start) / 1e9, contextSeconds};
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Memory of this process that is no mapped file; -1 where the system does not tell. */
  private static long anonymousBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    }
    return -1;
  }

  private void print(Map<String, Object> answer) {
    if (json) {
      Json.print(spec.commandLine().getOut(), answer);
    } else {
      answer.forEach((name, value) ->
          spec.commandLine()
              .getOut()
              .println(
                  value instanceof Double number
                      ? String.format(Locale.ROOT, "%-26s %.2f", name, number)
                      : String.format(Locale.ROOT, "%-26s %s", name, value)));
      spec.commandLine().getOut().flush();
    }
  }
}
