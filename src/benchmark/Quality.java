import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.qalam.assist.Action;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Comparison;
import org.qalam.assist.EngineAssistant;
import org.qalam.assist.Finding;
import org.qalam.assist.Proposal;
import org.qalam.assist.Tally;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;

/**
 * How well a model does the prompts of quality.txt, by plain checks (docs/quality.md).
 *
 * <p>Run after {@code mvn package}: {@code src/benchmark/quality FOLDER_OF_MODEL [--show] [--seed N] [--only ACTION]}.
 * Each prompt has one point, shared among its checks: no fault found by the program's own checks
 * (chatter, refusal, loop, answered instead of edited, sentences left alone), language kept, length
 * within the action's bounds, guarded things kept, each planted error corrected, each wanted word
 * there, and, for proofreading, nothing else changed. Told are a table of points in per cent and of
 * prompts with all of theirs, and the same as JSON.
 */
final class Quality {
  private record Fix(String wrong, String[] right) {}

  private record Prompt(String action, String language, String text, List<Fix> fixes, List<String[]> wanted) {}

  private static final class Score {
    int prompts;
    int perfect;
    double points;
    final Map<String, int[]> checks = new LinkedHashMap<>();
  }

  public static void main(String[] args) throws Exception {
    List<String> options = Arrays.asList(args);
    boolean show = options.contains("--show");
    long seed = options.contains("--seed") ? Long.parseLong(options.get(options.indexOf("--seed") + 1)) : 0;
    String only = options.contains("--only") ? options.get(options.indexOf("--only") + 1) : "";
    Path model = Path.of(args[0]);
    Map<String, Score> scores = new LinkedHashMap<>();
    try (WorkerEngine engine = new WorkerEngine(new OnnxModelLoader(), _ -> 2)) {
      EngineAssistant assistant = new EngineAssistant(engine);
      assistant.use("model", model).join();
      for (Prompt prompt : read(Path.of("src/benchmark/quality.txt"))) {
        if (!only.isEmpty() && !only.equals(prompt.action)) {
          continue;
        }
        Action action =
            assistant.actions().stream().filter(a -> a.id().equals(prompt.action)).findFirst().orElseThrow();
        Proposal proposal =
            assistant
                .propose(new AssistRequest(action, prompt.text, "", seed), _ -> {}, new CancellationToken())
                .join();
        Map<String, Boolean> found = check(prompt, action, proposal);
        Score score = scores.computeIfAbsent(prompt.action + " " + prompt.language, _ -> new Score());
        long passed = found.values().stream().filter(ok -> ok).count();
        score.prompts++;
        score.points += (double) passed / found.size();
        score.perfect += passed == found.size() ? 1 : 0;
        found.forEach((name, ok) -> {
          int[] count = score.checks.computeIfAbsent(name.replaceAll(" .*", ""), _ -> new int[2]);
          count[ok ? 0 : 1]++;
        });
        if (show) {
          System.out.println((passed == found.size() ? "ok  " : "    ") + prompt.action + " " + prompt.language);
          System.out.println("    < " + prompt.text);
          System.out.println("    > " + proposal.text().replace("\n", " / "));
          found.forEach((name, ok) -> {
            if (!ok) {
              System.out.println("      not: " + name);
            }
          });
        }
      }
    }
    tell(scores);
  }

  private static Map<String, Boolean> check(Prompt prompt, Action action, Proposal proposal) {
    String text = proposal.text();
    Map<String, Boolean> found = new LinkedHashMap<>();
    found.put(
        "sound",
        !text.isBlank()
            && proposal.findings().stream().allMatch(f -> f.check() == Finding.Check.UNCHANGED));
    Comparison comparison = Comparison.of(action.result(), false, prompt.text, text);
    found.put("language", comparison.keepsLanguage());
    found.put("length", isLongEnough(prompt, text));
    if (!prompt.action.equals("proofread")) {
      found.put("changed", !words(text).equals(words(prompt.text)));
    }
    if (!comparison.tallies().isEmpty()) {
      found.put("guarded", comparison.tallies().stream().allMatch(Tally::isWhole));
    }
    for (Fix fix : prompt.fixes) {
      boolean isRight = Arrays.stream(fix.right).anyMatch(right -> hasWhole(text, right));
      found.put("corrected " + fix.wrong, isRight && !hasWhole(text, fix.wrong));
    }
    for (String[] wanted : prompt.wanted) {
      found.put("wanted " + wanted[0], has(text, wanted));
    }
    if (prompt.action.equals("proofread")) {
      found.put("nothing-else", changesNothingElse(prompt, text));
    }
    return found;
  }

  private static List<String> words(String text) {
    return Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]+").matcher(text).results().map(word -> word.group()).toList();
  }

  /** Shortening and summaries must be shorter, a correction and another tone about as long. */
  private static boolean isLongEnough(Prompt prompt, String text) {
    double share = (double) text.strip().length() / prompt.text.length();
    return switch (prompt.action) {
      case "proofread" -> share > 0.8 && share < 1.25;
      case "concise" -> share > 0.15 && share < 0.85;
      case "summarize" -> share > 0.05 && share < 0.6;
      default -> share > 0.5 && share < 4;
    };
  }

  /** Whether the words of the original that no planted error holds are all there, in their order. */
  private static boolean changesNothingElse(Prompt prompt, String text) {
    String rest = prompt.text;
    for (Fix fix : prompt.fixes) {
      rest = rest.replace(fix.wrong, "\n");
    }
    int at = 0;
    int words = 0;
    for (String part : rest.split("\n", -1)) {
      for (String word : part.split("[^\\p{L}\\p{M}\\p{Nd}]+")) {
        if (!word.isEmpty()) {
          int next = text.indexOf(word, at);
          if (next < 0) {
            return false;
          }
          at = next + word.length();
          words++;
        }
      }
    }
    long answered = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]+").matcher(text).results().count();
    long planted = prompt.fixes.stream().mapToLong(fix -> fix.right[0].split(" ").length + 1).sum();
    return answered <= words + planted + 1;
  }

  private static boolean hasWhole(String text, String words) {
    return Pattern.compile("(?<![\\p{L}\\p{Nd}])" + Pattern.quote(words) + "(?!['’]?[\\p{L}\\p{M}\\p{Nd}])")
        .matcher(text)
        .find();
  }

  /** Whether one of these is there, whatever its ending. */
  private static boolean has(String text, String... words) {
    return Arrays.stream(words)
        .anyMatch(word ->
            Pattern.compile("(?<![\\p{L}\\p{Nd}])" + Pattern.quote(word)).matcher(text).find());
  }

  private static List<Prompt> read(Path file) throws Exception {
    List<Prompt> prompts = new ArrayList<>();
    Prompt last = null;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("== ")) {
        String[] head = line.substring(3).split(" ");
        last = new Prompt(head[0], head[1], "", new ArrayList<>(), new ArrayList<>());
      } else if (last != null && line.startsWith("- ")) {
        String[] sides = line.substring(2).split(" => ");
        last.fixes.add(new Fix(sides[0], sides[1].split("\\|")));
      } else if (last != null && line.startsWith("+ ")) {
        last.wanted.add(line.substring(2).split("\\|"));
      } else if (last != null && !line.isBlank()) {
        last = new Prompt(last.action, last.language, line, last.fixes, last.wanted);
        prompts.add(last);
      }
    }
    return prompts;
  }

  private static void tell(Map<String, Score> scores) {
    System.out.println("| action | prompts | points | all right | what failed |");
    System.out.println("|---|---|---|---|---|");
    StringBuilder json = new StringBuilder();
    scores.forEach((name, score) -> {
      List<String> failed = new ArrayList<>();
      score.checks.forEach((check, count) -> {
        if (count[1] > 0) {
          failed.add(check + " " + count[1] + " of " + (count[0] + count[1]));
        }
      });
      double points = 100 * score.points / score.prompts;
      System.out.printf(
          Locale.ROOT, "| %s | %d | %.0f | %d | %s |%n", name, score.prompts, points, score.perfect,
          String.join(", ", failed));
      json.append(json.isEmpty() ? "{" : ", ")
          .append(String.format(Locale.ROOT, "\"%s\": [%.1f, %d]", name, points, score.perfect));
    });
    System.out.println(json + "}");
  }
}
