import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares Qalam's speed with llama.cpp's and ONNX Runtime GenAI's on the same weights.
 *
 * <p>Run with JDK 25, needing nothing else: {@code java src/benchmark/Compare.java --qalam
 * target/qalam/bin/qalam --model ID [--model ID2] --llama-bench PATH --gguf FILE [--genai PYTHON
 * --genai-model FOLDER] [--rounds 5] [--cases 128,1024,4096,d100,d4096,d8000] [--threads 2]}.
 *
 * <p>A case is a number of prompt tokens to read, or {@code d} and a depth at which 32 tokens are
 * written. The programs take turns, case by case and round by round, so that a busy minute meets
 * all of them; what is told is the median over the rounds of each one's tokens a second and of the
 * ratio to llama.cpp in the same round. Prints a table for documents, then one line of JSON.
 */
final class Compare {
  private static final int WRITTEN = 32;

  private final Map<String, List<String>> options;
  private final int threads;

  private Compare(Map<String, List<String>> options) {
    this.options = options;
    this.threads = Integer.parseInt(one("threads", "2"));
  }

  public static void main(String[] args) throws Exception {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options
          .computeIfAbsent(args[i].replaceFirst("^--", ""), _ -> new ArrayList<>())
          .add(args[i + 1]);
    }
    if (args.length % 2 != 0 || !options.containsKey("model") || !options.containsKey("qalam")) {
      System.err.println(
          "Compare: --qalam PROGRAM and --model ID are needed; the source tells the rest.");
      System.exit(2);
    }
    new Compare(options).run();
  }

  /** One program with one model and one kind of key-value cache. */
  private record Runner(String name, Measure measure) {}

  /** Tokens a second, for a case. */
  private interface Measure {
    double of(boolean isDepth, int tokens) throws IOException, InterruptedException;
  }

  private void run() throws IOException, InterruptedException {
    List<Runner> runners = runners();
    List<String> cases = List.of(one("cases", "128,1024,4096,d100,d4096,d8000").split(","));
    int rounds = Integer.parseInt(one("rounds", "5"));
    Map<String, Map<String, double[]>> all = new LinkedHashMap<>();
    for (String each : cases) {
      boolean isDepth = each.startsWith("d");
      int tokens = Integer.parseInt(each.replaceFirst("^d", ""));
      Map<String, double[]> speeds = new LinkedHashMap<>();
      for (int round = 0; round < rounds; round++) {
        for (Runner runner : runners) {
          double speed = runner.measure.of(isDepth, tokens);
          speeds.computeIfAbsent(runner.name, _ -> new double[rounds])[round] = speed;
          System.err.printf(Locale.ROOT, "%s %s: %.2f%n", each, runner.name, speed);
        }
      }
      all.put(each, speeds);
    }
    print(runners, all);
  }

  private List<Runner> runners() {
    List<Runner> runners = new ArrayList<>();
    if (options.containsKey("llama-bench")) {
      runners.add(new Runner("llama.cpp", this::llama));
    }
    for (String model : options.get("model")) {
      for (String cache : one("caches", "float32,int8").split(",")) {
        runners.add(
            new Runner(
                "Qalam " + model + " " + cache,
                (isDepth, tokens) -> qalam(model, cache, isDepth, tokens)));
      }
    }
    if (options.containsKey("genai")) {
      runners.add(new Runner("ONNX Runtime GenAI", this::genai));
    }
    return runners;
  }

  private double llama(boolean isDepth, int tokens) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                one("llama-bench", ""),
                "-m",
                one("gguf", ""),
                "-t",
                "" + threads,
                "-r",
                "1",
                "-o",
                "json"));
    command.addAll(
        isDepth
            ? List.of("-p", "0", "-n", "" + WRITTEN, "-d", "" + tokens)
            : List.of("-p", "" + tokens, "-n", "0"));
    if (tokens > 1000) {
      command.add("--no-warmup"); // which would take as long as the measurement
    }
    return number(output(command), "avg_ts");
  }

  private double qalam(String model, String cache, boolean isDepth, int tokens)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                one("qalam", ""),
                "bench",
                model,
                "--threads",
                "" + threads,
                "--rounds",
                "1",
                "--json"));
    command.addAll(List.of("--cache", cache));
    command.addAll(
        isDepth
            ? List.of("--context", "" + tokens, "--prompt", "1", "--generate", "" + WRITTEN)
            : List.of("--prompt", "" + tokens, "--generate", "1"));
    return number(output(command), isDepth ? "tokens_per_second" : "prompt_tokens_per_second");
  }

  /** GenAI has no benchmark of its own in its package; this does the same as the other two. */
  private double genai(boolean isDepth, int tokens) throws IOException, InterruptedException {
    String program =
        """
        import sys, time, random
        import onnxruntime_genai as og
        folder, is_depth, tokens, written = sys.argv[1], sys.argv[2] == 'true', int(sys.argv[3]), int(sys.argv[4])
        random.seed(42)
        ids = [random.randrange(1000, 100000) for _ in range(tokens)]
        model = og.Model(folder)
        speed = 0
        for attempt in range(1 if tokens > 1000 else 2):
            params = og.GeneratorParams(model)
            params.set_search_options(max_length=tokens + written + 2, min_length=tokens + written + 2)
            generator = og.Generator(model, params)
            start = time.perf_counter()
            generator.append_tokens(ids)
            generator.generate_next_token()
            read = time.perf_counter() - start
            start = time.perf_counter()
            if is_depth:
                for _ in range(written):
                    generator.generate_next_token()
            speed = written / (time.perf_counter() - start) if is_depth else tokens / read
            del generator
        print('{"avg_ts": %f}' % speed)
        """;
    return number(
        output(
            List.of(
                one("genai", ""),
                "-c",
                program,
                one("genai-model", ""),
                "" + isDepth,
                "" + tokens,
                "" + WRITTEN)),
        "avg_ts");
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Path answer = Files.createTempFile("compare", ".json");
    Path errors = Files.createTempFile("compare", ".txt");
    try {
      int code =
          new ProcessBuilder(command)
              .redirectOutput(answer.toFile())
              .redirectError(errors.toFile())
              .start()
              .waitFor();
      if (code != 0) {
        throw new IOException(command + " ended with " + code + ": " + Files.readString(errors));
      }
      return Files.readString(answer);
    } finally {
      Files.delete(answer);
      Files.delete(errors);
    }
  }

  private static double number(String json, String key) throws IOException {
    Matcher matcher = Pattern.compile("\"" + key + "\"\\s*:\\s*([-0-9.eE+]+)").matcher(json);
    if (!matcher.find()) {
      throw new IOException("no " + key + " in " + json);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static void print(List<Runner> runners, Map<String, Map<String, double[]>> all) {
    StringBuilder json = new StringBuilder("{");
    System.out.println("| case | program | tokens/s | of llama.cpp | lowest to highest |");
    System.out.println("|---|---|---|---|---|");
    all.forEach((name, speeds) -> {
      double[] llama = speeds.get("llama.cpp");
      for (Runner runner : runners) {
        double[] own = speeds.get(runner.name);
        double[] ratios = new double[own.length];
        Arrays.setAll(ratios, i -> llama == null ? Double.NaN : own[i] / llama[i]);
        Arrays.sort(ratios);
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %.1f | %.2f | %.2f-%.2f |%n",
            name.startsWith("d") ? "writing at " + name.substring(1) : "reading " + name,
            runner.name,
            median(own),
            median(ratios),
            ratios[0],
            ratios[ratios.length - 1]);
        json.append(json.length() > 1 ? "," : "")
            .append(
                String.format(
                    Locale.ROOT, "\"%s %s\":%s", name, runner.name, Arrays.toString(own)));
      }
    });
    System.out.println(json.append("}"));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private String one(String name, String otherwise) {
    return options.getOrDefault(name, List.of(otherwise)).getFirst();
  }
}
