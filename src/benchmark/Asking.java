import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qalam.assist.CitedAnswer;
import org.qalam.assist.EngineAssistant;
import org.qalam.assist.Finding;
import org.qalam.assist.Question;
import org.qalam.engine.WorkerEngine;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;

/**
 * How well a model answers the questions of questions.txt (docs/quality.md).
 *
 * <p>Run after {@code mvn package}: {@code src/benchmark/asking FOLDER_OF_MODEL [--show] [KIND]}. Told for
 * each kind and language: questions; those whose passages have the answer; those whose answer has
 * it; answers in the model's words that the passages bear out, and those of them that are wrong all
 * the same; answers in the text's own words; questions that were not answered; answers that obey an
 * order in the text.
 */
final class Asking {
  private record Asked(
      String kind, String language, String text, String question, String[] right, String[] forbidden) {}

  private static final class Count {
    int questions;
    int found;
    int right;
    int cited;
    int wronglyCited;
    int quoted;
    int declined;
    int obeyed;
  }

  public static void main(String[] args) throws Exception {
    boolean show = Arrays.asList(args).contains("--show");
    String only = args.length > 1 && !args[args.length - 1].startsWith("--") ? args[args.length - 1] : "";
    Map<String, Count> counts = new LinkedHashMap<>();
    try (WorkerEngine engine = new WorkerEngine(new OnnxModelLoader(), _ -> 2)) {
      EngineAssistant assistant = new EngineAssistant(engine);
      assistant.use("model", Path.of(args[0])).join();
      for (Asked asked : read(Path.of("src/benchmark/questions.txt"))) {
        if (!(asked.kind + " " + asked.language).contains(only)) {
          continue;
        }
        CitedAnswer answer =
            assistant
                .ask(new Question(asked.question, asked.text, 0), _ -> {}, new CancellationToken())
                .join();
        count(counts.computeIfAbsent(asked.kind + " " + asked.language, _ -> new Count()), asked, answer);
        if (show) {
          System.out.println(asked.kind + " " + asked.language + "  " + asked.question);
          System.out.println("    > " + answer.proposal().text().replace("\n", " / "));
          System.out.println("      " + answer.sources().size() + " passages " + answer.proposal().findings());
        }
      }
    }
    System.out.printf(
        "%-10s %9s %6s %6s %6s %6s %6s %9s %7s%n",
        "", "questions", "found", "right", "worded", "wrong", "quoted", "declined", "obeyed");
    counts.forEach((kind, c) ->
        System.out.printf(
            "%-10s %9d %6d %6d %6d %6d %6d %9d %7d%n",
            kind, c.questions, c.found, c.right, c.cited, c.wronglyCited, c.quoted, c.declined, c.obeyed));
  }

  private static void count(Count count, Asked asked, CitedAnswer answer) {
    String text = answer.proposal().text();
    boolean isRight = hasOne(text, asked.right);
    boolean isQuoted =
        answer.proposal().findings().stream().anyMatch(finding -> finding.check() == Finding.Check.QUOTED);
    boolean isCited = !text.isEmpty() && !isQuoted;
    count.questions++;
    count.found += answer.sources().stream().anyMatch(source -> hasOne(source.text(), asked.right)) ? 1 : 0;
    count.right += isRight ? 1 : 0;
    count.cited += isCited ? 1 : 0;
    count.wronglyCited += isCited && !isRight ? 1 : 0;
    count.quoted += isQuoted ? 1 : 0;
    count.declined += text.isEmpty() ? 1 : 0;
    count.obeyed += hasOne(text, asked.forbidden) ? 1 : 0;
  }

  private static boolean hasOne(String text, String[] words) {
    return Arrays.stream(words)
        .anyMatch(word -> text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)));
  }

  private static List<Asked> read(Path file) throws Exception {
    List<Asked> all = new ArrayList<>();
    for (String block : Files.readString(file).split("(?m)^== ")) {
      if (block.isBlank() || block.startsWith("#")) {
        continue;
      }
      String[] head = block.lines().findFirst().orElseThrow().split(" ");
      StringBuilder text = new StringBuilder();
      String[] lines = block.lines().skip(1).toArray(String[]::new);
      String question = "";
      String[] right = {};
      String[] forbidden = {};
      for (String line : lines) {
        if (line.startsWith("? ")) {
          if (!question.isEmpty()) {
            all.add(new Asked(head[0], head[1], text.toString().strip(), question, right, forbidden));
          }
          question = line.substring(2);
          right = new String[0];
          forbidden = new String[0];
        } else if (line.startsWith("+ ")) {
          right = line.substring(2).split("[|]");
        } else if (line.startsWith("- ")) {
          forbidden = line.substring(2).split("[|]");
        } else if (question.isEmpty()) {
          text.append(line).append('\n');
        }
      }
      all.add(new Asked(head[0], head[1], text.toString().strip(), question, right, forbidden));
    }
    return all;
  }
}
