import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelManifest;
import org.qalam.convert.CheckpointImporter;
import org.qalam.convert.ImportOptions;
import org.qalam.convert.ImportProgress;
import org.qalam.convert.ImportOptions.Activations;
import org.qalam.convert.ImportOptions.Weights;
import org.qalam.engine.CacheType;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.engine.onnx.OnnxModelPreparer;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Compares what models give on two platforms, such as x64 and ARM64 (docs/arm64.md).
 *
 * <p>{@code .ci/arm64} runs it, with the program's class path and: the folder of reference
 * checkpoints, the starter model's folder and the file that it was imported from, a folder for what
 * it makes, and the command that runs Java on the other platform.
 *
 * <p>Each platform imports every reference checkpoint, twice, and answers its prompts; and lets the
 * starter model write. Exits with 1 where an answer is not as close to the reference as the
 * reference asks, or a text of the starter model is another one; it tells where they part, and how
 * near the two likeliest tokens were.
 */
final class Platforms {
  /** Sources whose numbers a graph holds exactly, with float activations. */
  private static final Set<String> EXACT =
      Set.of(
          "hf",
          "meta_bf16",
          "meta_spinquant",
          "meta_qlora",
          "llama-f16.gguf",
          "llama-q8_0.gguf",
          "llama-q4_0.gguf");

  private static final int WRITTEN = 40;

  /** The text of the starter model whose inputs are not rounded to bytes. */
  private static final String EXACT_TEXT = "float32 activations";

  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    if (args[0].equals("answers")) {
      new Answers(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), Path.of(args[4]))
          .write(Path.of(args[5]));
      return;
    }
    Path reference = Path.of(args[0]);
    Path work = Path.of(args[3]);
    ModelCatalog.deleteTree(work);
    Path classes = Files.createDirectories(work.resolve("classes"));
    String path = classes + File.pathSeparator + System.getProperty("java.class.path");
    int compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-d",
                classes.toString(),
                "-cp",
                path,
                "src/benchmark/Platforms.java");
    if (compiled != 0) {
      System.exit(2);
    }
    List<JsonNode> answers = new ArrayList<>();
    String here = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (String java : List.of(here, args[4])) {
      Path folder = Files.createDirectories(work.resolve("platform-" + answers.size()));
      Path file = work.resolve("platform-" + answers.size() + ".json");
      int code =
          new ProcessBuilder(
                  java,
                  "-XX:+UseSerialGC",
                  "-Xmx1g",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  path,
                  "Platforms",
                  "answers",
                  reference.toString(),
                  args[1],
                  args[2],
                  folder.toString(),
                  file.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        System.err.println(java + " ended with " + code);
        System.exit(2);
      }
      answers.add(JSON.readTree(file.toFile()));
    }
    Comparison comparison =
        new Comparison(
            JSON.readTree(reference.resolve("expected.json").toFile()).get("cases"),
            answers.getFirst(),
            answers.getLast());
    comparison.print();
    System.exit(comparison.wrong.isEmpty() ? 0 : 1);
  }

  /**
   * Tokens that were taken as the likeliest, one after the other.
   *
   * @param logits after the prompt, (vocabulary size)
   * @param margins how far the logits of the two likeliest were apart, for each token
   */
  private record Written(float[] logits, List<Integer> ids, List<Float> margins) {}

  /** What this platform makes of checkpoints and prompts. */
  private record Answers(Path reference, Path starter, Path starterSource, Path folder) {
    void write(Path file) throws Exception {
      Map<String, Object> answers = new LinkedHashMap<>();
      answers.put("platform", platform());
      JsonNode cases = JSON.readTree(reference.resolve("expected.json").toFile()).get("cases");
      Map<String, Object> models = new LinkedHashMap<>();
      for (Iterator<String> names = cases.fieldNames(); names.hasNext(); ) {
        String checkpoint = names.next();
        for (Activations activations : Activations.values()) {
          String name = checkpoint + " " + activations.name().toLowerCase(Locale.ROOT);
          System.err.println(platform() + ": " + name);
          models.put(name, model(checkpoint, activations, cases.get(checkpoint)));
        }
      }
      answers.put("models", models);
      answers.put("starter", texts());
      JSON.writeValue(file.toFile(), answers);
    }

    private static String platform() {
      return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private Map<String, Object> model(String checkpoint, Activations activations, JsonNode cases)
        throws Exception {
      // Sixteen bits brought to four lose more than the reference's bound for int8 activations.
      boolean isSixteenBits = checkpoint.equals("hf") || checkpoint.equals("meta_bf16");
      Weights weights =
          isSixteenBits && activations == Activations.INT8 ? Weights.INT8 : Weights.AUTO;
      ModelManifest manifest =
          new CheckpointImporter(folder)
              .importModel(
                  reference.resolve(checkpoint),
                  new ImportOptions("tiny", weights, activations),
                  ImportProgress.NONE,
                  new CancellationToken());
      List<Object> given = new ArrayList<>();
      try (LanguageModel model = load(folder.resolve("tiny"), CacheType.FLOAT32)) {
        for (JsonNode each : cases) {
          int[] ids = JSON.convertValue(each.get("input_ids"), int[].class);
          given.add(greedy(model, ids, each.get("greedy_12").size()));
        }
      }
      return Map.of("files", manifest.files(), "answers", given);
    }

    /** Texts of the starter model, as the build imported it and with layers' inputs kept exact. */
    private Map<String, Written> texts() throws Exception {
      Map<String, Written> texts = new LinkedHashMap<>();
      System.err.println(platform() + ": the starter model, float32 activations");
      new CheckpointImporter(folder)
          .importModel(
              starterSource,
              new ImportOptions("exact", Weights.AUTO, Activations.FLOAT32),
              ImportProgress.NONE,
              new CancellationToken());
      try (LanguageModel model = load(folder.resolve("exact"), CacheType.FLOAT32)) {
        texts.put(EXACT_TEXT, greedy(model, prompt(model), WRITTEN));
      }
      Path own = copyOfStarter();
      for (CacheType cache : List.of(CacheType.FLOAT32, CacheType.INT8)) {
        String name = "int8 activations, " + cache.name().toLowerCase(Locale.ROOT) + " cache";
        System.err.println(platform() + ": the starter model, " + name);
        try (LanguageModel model = load(own, cache)) {
          texts.put(name, greedy(model, prompt(model), WRITTEN));
        }
      }
      System.err.println(platform() + ": the starter model, prepared");
      OnnxModelPreparer preparer = new OnnxModelPreparer(CacheType.INT8);
      preparer.prepare(own, 2, Progress.NONE, new CancellationToken());
      try (LanguageModel model = load(own, CacheType.INT8)) {
        texts.put("int8 activations, int8 cache, prepared", greedy(model, prompt(model), WRITTEN));
      }
      if (!preparer.isPrepared(own)) {
        throw new IllegalStateException("the prepared starter model was of no use");
      }
      return texts;
    }

    private Path copyOfStarter() throws IOException {
      Path own = Files.createDirectories(folder.resolve("starter"));
      ModelManifest manifest =
          JSON.readValue(starter.resolve(ModelManifest.FILE).toFile(), ModelManifest.class);
      for (ModelManifest.FileEntry file : manifest.files()) {
        Files.copy(starter.resolve(file.name()), own.resolve(file.name()));
      }
      Files.copy(starter.resolve(ModelManifest.FILE), own.resolve(ModelManifest.FILE));
      return own;
    }

    private static int[] prompt(LanguageModel model) {
      return model.tokenizer().encode("The bakery on the corner of our street");
    }

    private static Written greedy(LanguageModel model, int[] prompt, int count) {
      List<Integer> ids = new ArrayList<>();
      List<Float> margins = new ArrayList<>();
      try (Generator generator = model.newGenerator()) {
        float[] logits = generator.append(prompt, Progress.NONE, new CancellationToken());
        float[] first = logits.clone();
        while (true) {
          int best = largest(logits, -1);
          ids.add(best);
          margins.add(logits[best] - logits[largest(logits, best)]);
          if (ids.size() == count) {
            return new Written(first, ids, margins);
          }
          logits = generator.append(new int[] {best}, Progress.NONE, new CancellationToken());
        }
      }
    }

    private static int largest(float[] logits, int except) {
      int best = except == 0 ? 1 : 0;
      for (int i = 0; i < logits.length; i++) {
        if (i != except && logits[i] > logits[best]) {
          best = i;
        }
      }
      return best;
    }

    private static LanguageModel load(Path model, CacheType cache) throws Exception {
      return new OnnxModelLoader(cache).load(model, 2, Progress.NONE, new CancellationToken());
    }
  }

  /** Two platforms' answers beside each other and beside the reference's. */
  private static final class Comparison {
    private final JsonNode expected;
    private final JsonNode one;
    private final JsonNode other;

    /** What must not be. */
    private final List<String> wrong = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    Comparison(JsonNode expected, JsonNode one, JsonNode other) {
      this.expected = expected;
      this.one = one;
      this.other = other;
    }

    void print() {
      String first = one.get("platform").asText();
      String second = other.get("platform").asText();
      System.out.printf("one: %s, other: %s%n%n", first, second);
      System.out.println(
          "| checkpoint, activations | correlation with the reference, one | other | of both |"
              + " greedy as the reference, one | other | the same on both | files |");
      System.out.println("|---|---|---|---|---|---|---|---|");
      one.get("models").fieldNames().forEachRemaining(this::compareModel);
      System.out.println();
      System.out.println("| the starter model, " + WRITTEN + " tokens | the same on both |");
      System.out.println("|---|---|");
      one.get("starter").fieldNames().forEachRemaining(this::compareText);
      System.out.println();
      notes.forEach(System.out::println);
      wrong.forEach(each -> System.out.println("WRONG: " + each));
      System.out.println(wrong.isEmpty() ? "As close as asked for." : wrong.size() + " wrong.");
    }

    private void compareModel(String name) {
      String checkpoint = name.substring(0, name.indexOf(' '));
      boolean isFloat = name.endsWith(" float32");
      boolean isExact = EXACT.contains(checkpoint);
      double bound = !isFloat ? 0.999 : isExact ? 0.9999 : 0.9995;
      JsonNode cases = expected.get(checkpoint);
      JsonNode mine = one.get("models").get(name).get("answers");
      JsonNode its = other.get("models").get(name).get("answers");
      int asReference = 0;
      int otherAsReference = 0;
      int same = 0;
      for (int i = 0; i < cases.size(); i++) {
        JsonNode greedy = cases.get(i).get("greedy_12");
        JsonNode mineWritten = mine.get(i);
        JsonNode itsWritten = its.get(i);
        asReference += mineWritten.get("ids").equals(greedy) ? 1 : 0;
        otherAsReference += itsWritten.get("ids").equals(greedy) ? 1 : 0;
        if (itsWritten.get("ids").equals(mineWritten.get("ids"))) {
          same++;
        } else {
          (isFloat ? wrong : notes).add(parting(name + ", prompt " + i, mineWritten, itsWritten));
        }
      }
      if (isFloat && isExact && otherAsReference < cases.size()) {
        wrong.add(name + ": other tokens than the reference's");
      }
      double mineLeast = least(cases, each -> correlation(cases, mine, each));
      double itsLeast = least(cases, each -> correlation(cases, its, each));
      if (mineLeast < bound || itsLeast < bound) {
        wrong.add(name + ": a correlation below " + bound);
      }
      JsonNode files = one.get("models").get(name).get("files");
      boolean filesEqual = files.equals(other.get("models").get(name).get("files"));
      if (!filesEqual) {
        wrong.add(name + ": the import gives other files");
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.6f | %.6f | %.6f | %d of %d | %d | %d | %s |%n",
          name.replace(" ", ", "),
          mineLeast,
          itsLeast,
          least(
              cases,
              each -> correlation(mine.get(each).get("logits"), its.get(each).get("logits"))),
          asReference,
          cases.size(),
          otherAsReference,
          same,
          filesEqual ? "equal" : "differ");
    }

    private void compareText(String name) {
      JsonNode mine = one.get("starter").get(name);
      JsonNode its = other.get("starter").get(name);
      boolean same = mine.get("ids").equals(its.get("ids"));
      if (!same) {
        wrong.add(parting("starter model, " + name, mine, its));
      }
      System.out.printf("| %s | %s |%n", name, same ? "yes" : "no");
    }

    /** Where two texts part and how near the two likeliest tokens were there. */
    private static String parting(String name, JsonNode mine, JsonNode its) {
      int at = 0;
      while (mine.get("ids").get(at).equals(its.get("ids").get(at))) {
        at++;
      }
      return String.format(
          Locale.ROOT,
          "%s: they part at token %d (%s and %s), whose two likeliest are %.4f and %.4f apart",
          name,
          at,
          mine.get("ids").get(at),
          its.get("ids").get(at),
          mine.get("margins").get(at).asDouble(),
          its.get("margins").get(at).asDouble());
    }

    private static double least(JsonNode cases, ToDoubleFunction<Integer> of) {
      return IntStream.range(0, cases.size()).boxed().mapToDouble(of).min().orElseThrow();
    }

    private static double correlation(JsonNode cases, JsonNode answers, int index) {
      return correlation(cases.get(index).get("logits_last"), answers.get(index).get("logits"));
    }

    /** Pearson's. */
    private static double correlation(JsonNode xs, JsonNode ys) {
      int n = xs.size();
      double meanX = IntStream.range(0, n).mapToDouble(i -> xs.get(i).asDouble()).sum() / n;
      double meanY = IntStream.range(0, n).mapToDouble(i -> ys.get(i).asDouble()).sum() / n;
      double xx = 0;
      double yy = 0;
      double xy = 0;
      for (int i = 0; i < n; i++) {
        double x = xs.get(i).asDouble() - meanX;
        double y = ys.get(i).asDouble() - meanY;
        xx += x * x;
        yy += y * y;
        xy += x * y;
      }
      return xy / Math.sqrt(xx * yy);
    }
  }
}
