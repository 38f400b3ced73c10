import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.qalam.assist.Action;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.EngineAssistant;
import org.qalam.assist.Phase;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;

/**
 * Time to the first token of an action on a document, and of the actions after it (decision 0084).
 *
 * <p>Run after {@code mvn package}: {@code java --enable-native-access=ALL-UNNAMED
 * -Donnxruntime.native.path=target/qalam/lib -cp 'target/qalam/app/*'
 * src/benchmark/FirstToken.java FOLDER_OF_MODEL src/benchmark/letter.txt [ROUNDS]}. Each round has a
 * session of its own: the model loaded, and warm by a short action on other words. Told are medians,
 * in milliseconds from the request, as a table and as JSON.
 */
final class FirstToken {
  private static final String[] ACTIONS = {"summarize", "key-points", "rewrite", "concise", "proofread"};

  public static void main(String[] args) throws Exception {
    Path model = Path.of(args[0]);
    String text = Files.readString(Path.of(args[1])).strip();
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    double[][][] seconds = new double[ACTIONS.length][4][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < ACTIONS.length; i++) {
        String other = ACTIONS[i].equals("summarize") ? "key-points" : "summarize";
        try (WorkerEngine engine = new WorkerEngine(new OnnxModelLoader(), _ -> 2)) {
          EngineAssistant assistant = new EngineAssistant(engine);
          assistant.use("model", model).join();
          measured(assistant, "friendly", "We would like to see what you have written so far.", 0, true);
          seconds[i][0][round] = measured(assistant, ACTIONS[i], text, 0, true);
          seconds[i][1][round] = measured(assistant, ACTIONS[i], text, 1, false);
          seconds[i][2][round] = measured(assistant, other, text, 0, true);
          seconds[i][3][round] = measured(assistant, ACTIONS[i], text, 2, false);
        }
      }
    }
    StringBuilder json = new StringBuilder();
    System.out.println("| action | first | again | / first | another | / first | first one once more | / first |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (int i = 0; i < ACTIONS.length; i++) {
      double[] found = Arrays.stream(seconds[i]).mapToDouble(FirstToken::median).toArray();
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.2f | %.0f | %.2f | %.0f | %.2f |%n",
          ACTIONS[i],
          1e3 * found[0],
          1e3 * found[1],
          found[1] / found[0],
          1e3 * found[2],
          found[2] / found[0],
          1e3 * found[3],
          found[3] / found[0]);
      json.append(json.isEmpty() ? "" : ",")
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"action\":\"%s\",\"first\":%.4f,\"again\":%.4f,\"another\":%.4f,\"once_more\":%.4f}",
                  ACTIONS[i],
                  found[0],
                  found[1],
                  found[2],
                  found[3]));
    }
    System.out.println("{\"rounds\":" + rounds + ",\"seconds\":[" + json + "]}");
  }

  /** Seconds from the request to the first token; then it is stopped, or goes on to its end. */
  private static double measured(
      EngineAssistant assistant, String id, String text, long seed, boolean toTheEnd) {
    Action action = assistant.actions().stream().filter(a -> a.id().equals(id)).findFirst().get();
    AtomicLong first = new AtomicLong();
    CancellationToken cancellation = new CancellationToken();
    long start = System.nanoTime();
    assistant
        .propose(
            new AssistRequest(action, text, "", seed),
            phase -> {
              if (phase instanceof Phase.Writing) {
                first.compareAndSet(0, System.nanoTime());
                if (!toTheEnd) {
                  cancellation.cancel();
                }
              }
            },
            cancellation)
        .join();
    return (first.get() - start) / 1e9;
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
