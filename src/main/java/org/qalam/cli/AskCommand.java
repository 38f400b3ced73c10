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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Assistant;
import org.qalam.assist.CitedAnswer;
import org.qalam.assist.Finding;
import org.qalam.assist.NotesQuestion;
import org.qalam.assist.Question;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.search.NotePassage;
import org.qalam.search.NoteSearch;
import org.qalam.store.DocumentStore;
import org.qalam.task.CancellationToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam ask}: a question about a text or all documents, answered from passages. */
@Command(
    name = "ask",
    description =
        "Answers a question about a text, or with --all about all documents, with the passages that"
            + " say so. Exit code 1 if they do not answer it.")
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

  @Option(
      names = "--all",
      description = "Asks about all documents; #tag, after: and before: narrow it down.")
  private boolean all;

  @Option(
      names = "--words-only",
      description = "With --all: leaves the meaning of documents aside.")
  private boolean wordsOnly;

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
    if (all && source != null) {
      throw new ParameterException(
          spec.commandLine(), "--all asks about the documents: leave --in away.");
    }
    CitedAnswer answer = all ? aboutAll() : aboutText();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(out, facts(answer));
    } else {
      write(out, answer);
    }
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    List<Finding> findings = answer.proposal().findings();
    findings.forEach(finding -> err.println(sentence(finding)));
    err.flush();
    return answer.proposal().text().isEmpty() ? 1 : 0;
  }

  private String sentence(Finding finding) {
    return all && finding.check() == Finding.Check.NOT_SAID
        ? "The documents do not answer this."
        : RewriteCommand.sentence(finding);
  }

  private CitedAnswer aboutText() throws IOException, CatalogException {
    Question asked = new Question(question, RewriteCommand.text(source, in), seed);
    return answer(assistant -> assistant.ask(asked, _ -> {}, new CancellationToken()));
  }

  private CitedAnswer aboutAll() throws CatalogException {
    List<NotePassage> passages;
    try (DocumentStore store = StoredDocuments.open(services, spec);
        NoteSearch search =
            DocumentSearch.of(services, store, !wordsOnly, spec.commandLine().getErr())) {
      passages = search.passages(question, NotesQuestion.MOST).join();
    }
    NotesQuestion asked = new NotesQuestion(question, passages, seed);
    return answer(assistant -> assistant.ask(asked, _ -> {}, new CancellationToken()));
  }

  private CitedAnswer answer(Function<Assistant, CompletableFuture<CitedAnswer>> work)
      throws CatalogException {
    InstalledModel model = RewriteCommand.model(services, modelId);
    Assistant assistant = services.assistant();
    try {
      assistant.use(model.id(), model.folder()).join();
      return work.apply(assistant).join();
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
        .forEach(source -> out.println("[" + source.number() + "] " + note(source) + line(source)));
  }

  private static String line(CitedAnswer.Source source) {
    return source.text().replace('\n', ' ');
  }

  private static String note(CitedAnswer.Source source) {
    return source
        .note()
        .map(note -> note.title().isEmpty() ? "Untitled" : note.title())
        .map(title -> title.equals(source.text()) ? "" : title + ": ")
        .orElse("");
  }

  private static Map<String, Object> facts(CitedAnswer answer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("text", answer.proposal().text());
    facts.put("model", answer.proposal().model());
    facts.put("sources", answer.sources().stream().map(AskCommand::facts).toList());
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

  private static Map<String, Object> facts(CitedAnswer.Source source) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("number", source.number());
    source
        .note()
        .ifPresent(note -> {
          facts.put("id", note.id().toString());
          facts.put("title", note.title());
        });
    facts.put("start", source.range().start());
    facts.put("end", source.range().end());
    facts.put("text", source.text());
    return facts;
  }
}
