package org.qalam.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Assistant;
import org.qalam.assist.CitedAnswer;
import org.qalam.assist.Finding;
import org.qalam.assist.Question;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.task.CancellationToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam ask}: a question about a text, answered from its passages. */
@Command(
    name = "ask",
    description =
        "Answers a question about a text, with the passages that say so. Exit code 1 if the text"
            + " does not answer it.")
public final class AskCommand implements Callable<Integer> {
  private final Services services;
  private final InputStream in;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  @Parameters(paramLabel = "QUESTION", description = "What is to be found out.")
  private String question = "";

  @Option(names = "--model", description = "The model; else the first one installed.")
  private @Nullable String modelId;

  @Option(names = "--in", description = "A text file; else standard input, in UTF-8.")
  private @Nullable Path source;

  @Option(names = "--seed", defaultValue = "0", description = "Another seed, another answer.")
  private long seed;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  /**
   * @param in where a text comes from, in UTF-8
   */
  public AskCommand(Services services, InputStream in) {
    this.services = services;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException, CatalogException {
    String text = RewriteCommand.text(source, in);
    InstalledModel model = RewriteCommand.model(services, modelId);
    CitedAnswer answer = answer(model, new Question(question, text, seed));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(out, facts(answer));
    } else {
      write(out, answer);
    }
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    List<Finding> findings = answer.proposal().findings();
    findings.forEach(finding -> err.println(RewriteCommand.sentence(finding)));
    err.flush();
    return answer.proposal().text().isEmpty() ? 1 : 0;
  }

  private CitedAnswer answer(InstalledModel model, Question asked) {
    Assistant assistant = services.assistant();
    try {
      assistant.use(model.id(), model.folder()).join();
      return assistant.ask(asked, _ -> {}, new CancellationToken()).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * The answer, and below it each passage that it cites; all that were read where it cites none.
   */
  private static void write(PrintWriter out, CitedAnswer answer) {
    String text = answer.proposal().text();
    if (!text.isEmpty()) {
      out.println(text);
      out.println();
    }
    List<Integer> cited = CitedAnswer.cited(text);
    answer.sources().stream()
        .filter(source -> cited.isEmpty() || cited.contains(source.number()))
        .forEach(
            source -> out.println("[" + source.number() + "] " + source.text().replace('\n', ' ')));
  }

  private static Map<String, Object> facts(CitedAnswer answer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("text", answer.proposal().text());
    facts.put("model", answer.proposal().model());
    facts.put(
        "sources",
        answer.sources().stream()
            .map(source ->
                Map.of(
                    "number", source.number(),
                    "start", source.range().start(),
                    "end", source.range().end(),
                    "text", source.text()))
            .toList());
    facts.put(
        "findings",
        answer.proposal().findings().stream()
            .map(finding ->
                Map.of(
                    "check",
                    finding.check().name().toLowerCase(Locale.ROOT),
                    "detail",
                    finding.detail()))
            .toList());
    facts.put("prompt_tokens", answer.proposal().promptTokens());
    facts.put("new_tokens", answer.proposal().newTokens());
    facts.put("seconds", answer.proposal().seconds());
    return facts;
  }
}
