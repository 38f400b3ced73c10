import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qalam.assist.Action;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.EngineAssistant;
import org.qalam.assist.Proposal;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;

/**
 * Compares whole jobs with and without guesses from the prompt (decision 0067).
 *
 * <p>Run after {@code mvn package}: {@code java --enable-native-access=ALL-UNNAMED
 * -Donnxruntime.native.path=target/qalam/lib -cp
 * 'target/qalam/app/*' src/benchmark/Lookup.java FOLDER_OF_MODEL TEXT_FILE [ACTION] [ROUNDS]}. The
 * two take turns; told are the seconds of each round, the median of the rounds' ratios, and where
 * the answers part.
 */
final class Lookup {
  public static void main(String[] args) throws Exception {
    Path model = Path.of(args[0]);
    String text = Files.readString(Path.of(args[1])).strip();
    String wanted = args.length > 2 ? args[2] : "proofread";
    int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
    double[] ratios = new double[rounds];
    try (WorkerEngine with = engine(true);
        WorkerEngine without = engine(false)) {
      EngineAssistant faster = assistant(with, model);
      EngineAssistant plain = assistant(without, model);
      Action action =
          faster.actions().stream().filter(each -> each.id().equals(wanted)).findFirst().get();
      AssistRequest request = new AssistRequest(action, text, "", 0);
      run(faster, new AssistRequest(action, "It are a start.", "", 0));
      run(plain, new AssistRequest(action, "It are a start.", "", 0));
      for (int i = 0; i < rounds; i++) {
        Proposal slow = run(plain, request);
        Proposal fast = run(faster, request);
        ratios[i] = slow.seconds() / fast.seconds();
        System.out.printf(
            Locale.ROOT,
            "without %.2f s (%.0f tokens/s), with %.2f s (%.0f), ratio %.2f, tokens %d and %d, answers %s%n",
            slow.seconds(),
            slow.tokensPerSecond(),
            fast.seconds(),
            fast.tokensPerSecond(),
            ratios[i],
            slow.newTokens(),
            fast.newTokens(),
            slow.text().equals(fast.text()) ? "equal" : "part: " + parting(slow.text(), fast.text()));
      }
    }
    Arrays.sort(ratios);
    System.out.printf(Locale.ROOT, "median ratio %.2f%n", ratios[rounds / 2]);
  }

  private static WorkerEngine engine(boolean guesses) {
    WorkerEngine engine = new WorkerEngine(new OnnxModelLoader(), _ -> 2);
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

  private static String parting(String one, String other) {
    int at = Arrays.mismatch(one.toCharArray(), other.toCharArray());
    List<String> parts =
        List.of(one, other).stream()
            .map(text -> text.substring(Math.max(0, at - 20), Math.min(text.length(), at + 20)))
            .toList();
    return parts.toString().replace('\n', ' ');
  }
}
