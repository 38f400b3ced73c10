import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.qalam.assist.Action;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.EngineAssistant;
import org.qalam.assist.Proposal;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoader;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.tokenizer.ChatMessage;
import org.qalam.tokenizer.PromptEncoder;
import org.qalam.tokenizer.Tokenizer;

/**
 * Compares whole proofreading jobs with and without guesses from the source (decision 0067): with
 * the model's own answers, and with answers that are given, so that any model's speed can be told
 * for a text that needs few corrections and for answers that share nothing with the text. Given
 * answers cost what the model's own do: every step goes through the model, then one logit is
 * raised.
 *
 * <p>Run after {@code mvn package}: {@code java --enable-native-access=ALL-UNNAMED
 * -Donnxruntime.native.path=target/qalam/lib -cp 'target/qalam/app/*' src/benchmark/Lookup.java
 * FOLDER_OF_MODEL src/benchmark/letter.txt [ROUNDS]}. In each round both take their turn, in changing
 * order; told are medians of the rounds and of their ratios, as a table and as JSON.
 */
final class Lookup {
  /** The letter's mistakes and what they should be. */
  private static final Map<String, String> CORRECTIONS =
      Map.of(
          "that they is healthy", "that they are healthy",
          "barrels that collects", "barrels that collect",
          "and keeps a small", "and keep a small",
          "sheet that hang", "sheet that hangs",
          "twice a year, so that the", "twice a year so that the",
          "until Wednesday", "by Wednesday");

  private record Round(Proposal plain, Proposal guessed) {
    double ratio() {
      return plain.seconds() / guessed.seconds();
    }
  }

  public static void main(String[] args) throws Exception {
    Path model = Path.of(args[0]);
    String text = Files.readString(Path.of(args[1])).strip();
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    ModelLoader own = new OnnxModelLoader();
    Map<String, ModelLoader> cases = new LinkedHashMap<>();
    cases.put("the model's own answers", own);
    cases.put("six corrections", given(own, Lookup::corrected));
    cases.put("nothing shared", given(own, Lookup::other));
    StringBuilder json = new StringBuilder();
    System.out.println("| answers | without | with | without / with | lowest to highest | tokens | same |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Map.Entry<String, ModelLoader> each : cases.entrySet()) {
      List<Round> found = measured(each.getValue(), model, text, rounds);
      double[] ratios = found.stream().mapToDouble(Round::ratio).sorted().toArray();
      double plain = median(found.stream().mapToDouble(round -> round.plain.seconds()).toArray());
      double guessed =
          median(found.stream().mapToDouble(round -> round.guessed.seconds()).toArray());
      Round last = found.getLast();
      boolean same = last.plain.text().equals(last.guessed.text());
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f s | %.2f s | %.2f | %.2f-%.2f | %d, %d | %s |%n",
          each.getKey(),
          plain,
          guessed,
          median(ratios),
          ratios[0],
          ratios[ratios.length - 1],
          last.plain.newTokens(),
          last.guessed.newTokens(),
          same ? "yes" : "no");
      json.append(json.isEmpty() ? "" : ",")
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"answers\":\"%s\",\"without_seconds\":%.3f,\"with_seconds\":%.3f,\"ratio\":%.3f,"
                      + "\"lowest\":%.3f,\"highest\":%.3f,\"tokens_without\":%d,\"tokens_with\":%d,"
                      + "\"same\":%b}",
                  each.getKey(),
                  plain,
                  guessed,
                  median(ratios),
                  ratios[0],
                  ratios[ratios.length - 1],
                  last.plain.newTokens(),
                  last.guessed.newTokens(),
                  same));
    }
    System.out.println("{\"rounds\":" + rounds + ",\"cases\":[" + json + "]}");
  }

  private static List<Round> measured(ModelLoader loader, Path model, String text, int rounds) {
    List<Round> found = new ArrayList<>();
    try (WorkerEngine with = engine(loader, true);
        WorkerEngine without = engine(loader, false)) {
      EngineAssistant faster = assistant(with, model);
      EngineAssistant plain = assistant(without, model);
      Action action =
          faster.actions().stream().filter(a -> a.id().equals("proofread")).findFirst().get();
      AssistRequest request = new AssistRequest(action, text, "", 0);
      // Compiles what is used, and reads the instructions.
      run(plain, request);
      run(faster, request);
      for (int i = 0; i < rounds; i++) {
        if (i % 2 == 0) {
          Proposal slow = run(plain, request);
          found.add(new Round(slow, run(faster, request)));
        } else {
          Proposal fast = run(faster, request);
          found.add(new Round(run(plain, request), fast));
        }
      }
    }
    return found;
  }

  private static double median(double[] numbers) {
    Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }

  private static WorkerEngine engine(ModelLoader loader, boolean guesses) {
    WorkerEngine engine = new WorkerEngine(loader, _ -> 2);
    engine.setGuesses(guesses);
    return engine;
  }

  private static EngineAssistant assistant(WorkerEngine engine, Path model) {
    EngineAssistant assistant = new EngineAssistant(engine);
    assistant.use("model", model).join();
    return assistant;
  }

  private static Proposal run(EngineAssistant assistant, AssistRequest request) {
    return assistant.propose(request, _ -> {}, new CancellationToken()).join();
  }

  private static String corrected(String sentence) {
    String text = sentence;
    for (Map.Entry<String, String> each : CORRECTIONS.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return text;
  }

  /** As long as the sentence, and none of its words. */
  private static String other(String sentence) {
    String[] words = "quick brown foxes jump over lazy dogs while seven wizards brew potions".split(" ");
    int count = sentence.split("\\s+").length;
    StringBuilder text = new StringBuilder("Wise");
    for (int i = 0; i < count; i++) {
      text.append(' ').append(words[(i * 7 + sentence.length()) % words.length]);
    }
    return text.append('!').toString();
  }

  /** Loads a model that answers what it is told to. */
  private static ModelLoader given(ModelLoader loader, UnaryOperator<String> answers) {
    return (folder, threads, progress, cancellation) ->
        new Given(loader.load(folder, threads, progress, cancellation), answers);
  }

  private static final class Given implements LanguageModel, PromptEncoder {
    private final LanguageModel model;
    private final UnaryOperator<String> answers;
    private final int stop;
    private int promptTokens;
    private int[] answer = {};

    Given(LanguageModel model, UnaryOperator<String> answers) {
      this.model = model;
      this.answers = answers;
      this.stop =
          IntStream.range(0, model.tokenizer().vocabularySize())
              .filter(model::isStopToken)
              .findFirst()
              .getAsInt();
    }

    @Override
    public String render(List<ChatMessage> messages) {
      return model.promptEncoder().render(messages);
    }

    /** The engine encodes a conversation just before it is answered. */
    @Override
    public int[] encode(List<ChatMessage> messages) {
      String said = messages.getLast().content();
      int[] ids = model.promptEncoder().encode(messages);
      answer = model.tokenizer().encode(answers.apply(said.substring(said.indexOf(": ") + 2)));
      promptTokens = ids.length;
      return ids;
    }

    /** Raises the logit of what is to follow so many tokens. */
    private float[] raised(float[] logits, int count) {
      int at = count - promptTokens;
      if (at >= 0) {
        logits[at < answer.length ? answer[at] : stop] = 1e4f;
      }
      return logits;
    }

    @Override
    public String id() {
      return model.id();
    }

    @Override
    public int contextLength() {
      return model.contextLength();
    }

    @Override
    public Tokenizer tokenizer() {
      return model.tokenizer();
    }

    @Override
    public PromptEncoder promptEncoder() {
      return this;
    }

    @Override
    public boolean isStopToken(int id) {
      return model.isStopToken(id);
    }

    @Override
    public void close() {
      model.close();
    }

    @Override
    public Generator newGenerator() {
      Generator run = model.newGenerator();
      return new Generator() {
        @Override
        public int tokenCount() {
          return run.tokenCount();
        }

        @Override
        public long cacheBytes() {
          return run.cacheBytes();
        }

        @Override
        public float[] append(int[] ids, Progress progress, CancellationToken cancellation) {
          return raised(run.append(ids, progress, cancellation), run.tokenCount());
        }

        @Override
        public int mostEach() {
          return run.mostEach();
        }

        @Override
        public LogitsAfter appendEach(
            int[] ids, int each, Progress progress, CancellationToken cancellation) {
          LogitsAfter found = run.appendEach(ids, each, progress, cancellation);
          int first = run.tokenCount() - each + 1;
          return index -> raised(found.at(index), first + index);
        }

        @Override
        public double[] score(int[] ids, Progress progress, CancellationToken cancellation) {
          return run.score(ids, progress, cancellation);
        }

        @Override
        public java.util.Optional<Saved> save(int tokenCount, long limit) {
          return run.save(tokenCount, limit);
        }

        @Override
        public void restore(Saved saved, int tokenCount) {
          run.restore(saved, tokenCount);
        }

        @Override
        public void rewindTo(int tokenCount) {
          run.rewindTo(tokenCount);
        }

        @Override
        public void close() {
          run.close();
        }
      };
    }
  }
}
