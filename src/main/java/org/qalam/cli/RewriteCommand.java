package org.qalam.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.qalam.assist.Action;
import org.qalam.assist.AssistRequest;
import org.qalam.assist.Assistant;
import org.qalam.assist.Finding;
import org.qalam.assist.Languages;
import org.qalam.assist.Proposal;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.exchange.TextExport;
import org.qalam.exchange.TextImport;
import org.qalam.task.CancellationToken;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code qalam rewrite}: an action of the panel on a text from a file or standard input. */
@Command(
    name = "rewrite",
    description =
        "Proofreads, rewrites, shortens or summarizes a text. Exit code 1 if checks fail.")
public final class RewriteCommand implements Callable<Integer> {
  private final Services services;
  private final InputStream in;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  @Option(
      names = "--action",
      required = true,
      description = "proofread, rewrite, concise, friendly, summarize, translate, ...")
  private String action = "";

  @Option(names = "--model", description = "The model; else the first one installed.")
  private @Nullable String modelId;

  @Option(names = "--in", description = "A text file; else standard input, in UTF-8.")
  private @Nullable Path source;

  @Option(names = "--out", description = "The file to write; else standard output.")
  private @Nullable Path target;

  @Option(
      names = "--instruction",
      defaultValue = "",
      description = "What to do, for the action 'instruct'.")
  private String instruction = "";

  @Option(
      names = "--language",
      defaultValue = "",
      description = "The language to translate into, such as fr or French.")
  private String language = "";

  @Option(names = "--seed", defaultValue = "0", description = "Another seed, another proposal.")
  private long seed;

  @Option(names = "--diff", description = "Shows what would change, line by line.")
  private boolean diff;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  /**
   * @param in where a text comes from, in UTF-8
   */
  public RewriteCommand(Services services, InputStream in) {
    this.services = services;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException, CatalogException {
    Assistant assistant = services.assistant();
    Action chosen = chosen(assistant);
    String words = chosen.needsLanguage() ? target() : instruction;
    if (!chosen.needsLanguage() && !language.isBlank()) {
      throw wrong("the action '" + action + "' keeps the text's language; leave --language out");
    }
    String text = text(source, in);
    InstalledModel model = model();
    Proposal proposal;
    try {
      assistant.use(model.id(), model.folder()).join();
      proposal =
          assistant
              .propose(
                  new AssistRequest(chosen, text, words, seed)
                      .in(chosen.needs().document() ? text : ""),
                  _ -> {},
                  new CancellationToken())
              .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    write(text, proposal);
    List<Finding> faults =
        proposal.findings().stream()
            .filter(finding -> finding.check() != Finding.Check.UNCHANGED)
            .toList();
    PrintWriter err = spec.commandLine().getErr();
    for (Finding fault : faults) {
      err.println(sentence(fault));
    }
    err.flush();
    boolean usable =
        faults.stream()
            .allMatch(fault -> !fault.isFault() || fault.check() == Finding.Check.PARTLY_KEPT);
    return usable ? 0 : 1;
  }

  /** A text file's text, or what standard input gives. */
  static String text(@Nullable Path file, InputStream in) throws IOException {
    return file == null
        ? TextImport.normalise(withoutMark(TokenizeCommand.readText(in)))
        : TextImport.read(file).text();
  }

  /** The text without the byte order mark that editors on Windows begin files with. */
  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private Action chosen(Assistant assistant) {
    List<String> problems = assistant.readOwnActions().join();
    Optional<Action> found =
        assistant.actions().stream()
            .filter(known -> known.id().equals(action) || known.name().equalsIgnoreCase(action))
            .findFirst();
    return found.orElseThrow(() -> {
      problems.forEach(spec.commandLine().getErr()::println);
      return wrong(
          "there is no action '"
              + action
              + "'; there are: "
              + String.join(", ", assistant.actions().stream().map(Action::id).toList()));
    });
  }

  /** The code of the language to translate into. */
  private String target() {
    if (language.isBlank()) {
      throw wrong("say into which language with --language, such as --language fr");
    }
    return Languages.coded(language)
        .orElseThrow(() ->
            wrong("there is no language '" + language + "'; name it in English or by its code"));
  }

  private CommandLine.ParameterException wrong(String sentence) {
    return new CommandLine.ParameterException(spec.commandLine(), sentence);
  }

  private InstalledModel model() throws CatalogException {
    return model(services, modelId);
  }

  /** The model with this id; the first one that is installed where none is named. */
  static InstalledModel model(Services services, @Nullable String id) throws CatalogException {
    if (id != null) {
      return services.catalog().require(id);
    }
    List<InstalledModel> installed = services.catalog().list();
    if (installed.isEmpty()) {
      throw new CatalogException(
          CatalogException.Reason.MISSING,
          "no model is installed; add one with: qalam model import PATH");
    }
    return installed.getFirst();
  }

  private void write(String original, Proposal proposal) {
    PrintWriter out = spec.commandLine().getOut();
    if (target != null) {
      Path _ = TextExport.write(proposal.text(), target, true);
    }
    if (json) {
      Json.print(out, facts(proposal));
    } else if (diff) {
      List<String> before = original.lines().toList();
      UnifiedDiffUtils.generateUnifiedDiff(
              "before",
              "after",
              before,
              DiffUtils.diff(before, proposal.text().lines().toList()),
              2)
          .forEach(out::println);
    } else if (target == null) {
      out.print(proposal.text());
      if (!proposal.text().endsWith("\n")) {
        out.println();
      }
    }
    out.flush();
  }

  private static Map<String, Object> facts(Proposal proposal) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("action", proposal.request().action().id());
    facts.put("model", proposal.model());
    facts.put("text", proposal.text());
    facts.put(
        "findings",
        proposal.findings().stream()
            .map(finding -> Map.of("check", name(finding), "detail", finding.detail()))
            .toList());
    facts.put("attempts", proposal.attempts());
    facts.put("prompt_tokens", proposal.promptTokens());
    facts.put("new_tokens", proposal.newTokens());
    facts.put("tokens_per_second", proposal.tokensPerSecond());
    facts.put("seconds", proposal.seconds());
    return facts;
  }

  private static String name(Finding finding) {
    return finding.check().name().toLowerCase(Locale.ROOT);
  }

  /** A finding in words. */
  static String sentence(Finding fault) {
    String detail = fault.detail().isEmpty() ? "" : " (" + fault.detail() + ")";
    return switch (fault.check()) {
          case EMPTY -> "The model gave no text";
          case LANGUAGE -> "The answer is in another language than the text";
          case TOO_SHORT -> "The answer is much shorter than it should be";
          case TOO_LONG -> "The answer is much longer than it should be";
          case CHATTER -> "The answer talks about itself";
          case REFUSAL -> "The model refused";
          case THINKING -> "The answer contains the model's thinking";
          case REPETITION -> "The answer repeats itself";
          case ANSWERED_INSTEAD -> "The model answered the text instead of editing it";
          case CUT_OFF -> "The answer is cut off at the end";
          case ADDED -> "The answer says things that the text does not say";
          case PARTLY_KEPT -> "Some sentences came back garbled and were left as they are";
          case PARTS_DOUBTFUL -> "Some parts of the text came back with faults";
          case NOT_JOINED -> "What came of the parts of the text is too long to be told as one";
          case PARTS_DONE -> "It was stopped when some parts of the text were done";
          case IN_PARTS -> "The text is long and was worked on in parts; read where they meet";
          case END_READ -> "Only the end of the text was read";
          case NOT_SAID -> "The text does not answer this";
          case UNSUPPORTED -> "Sentences of the answer that no passage bears out were left out";
          case QUOTED -> "The text does not bear out the model's answer; this is the text's own";
          case ORDERS -> "Sentences of the text that give orders to a model were kept from it";
          case UNCHANGED -> "Nothing is changed";
        }
        + detail
        + ".";
  }
}
