package org.qalam.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qalam.assist.Action;
import org.qalam.assist.Assistant;
import org.qalam.assist.OwnActions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam action}: the actions of the panel, and the writer's own among them. */
@Command(
    name = "action",
    description = "Lists all actions; takes over and gives out the writer's own.")
public final class ActionCommand implements Runnable {
  private final Services services;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  public ActionCommand(Services services) {
    this.services = services;
  }

  /** Without a subcommand this is wrong use. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do: action list, import or export.");
  }

  @Command(description = "Lists all actions; files that cannot be used are told.")
  void list(@Option(names = "--json", description = "Prints JSON.") boolean json) {
    Assistant assistant = services.assistant();
    List<String> problems = assistant.readOwnActions().join();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(
          out,
          Map.of(
              "actions",
              assistant.actions().stream().map(ActionCommand::facts).toList(),
              "problems",
              problems));
    } else {
      for (Action action : assistant.actions()) {
        String name = action.isOwn() ? "  " + action.name() : "";
        out.println((action.id() + name).strip());
      }
    }
    out.flush();
    complain(json ? List.of() : problems);
  }

  private static Map<String, Object> facts(Action action) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", action.id());
    facts.put("name", action.isOwn() ? action.name() : action.id());
    facts.put("own", action.isOwn());
    facts.put("kind", action.kind().name().toLowerCase(Locale.ROOT));
    facts.put("needs_language", action.needsLanguage());
    return facts;
  }

  @Command(
      name = "import",
      description = "Takes over an action (.md), or the buttons of WritingTools (options.json).")
  void take(@Parameters(paramLabel = "FILE", description = "The file.") Path file) {
    OwnActions.Imported imported = own().importFrom(file);
    PrintWriter out = spec.commandLine().getOut();
    imported.ids().forEach(out::println);
    out.flush();
    complain(imported.remarks());
  }

  @Command(description = "Writes an action's file.")
  void export(
      @Parameters(paramLabel = "ID", description = "The action.") String id,
      @Parameters(paramLabel = "FILE", description = "The file to write.") Path file) {
    own().export(id, file);
  }

  private void complain(List<String> sentences) {
    PrintWriter err = spec.commandLine().getErr();
    sentences.forEach(err::println);
    err.flush();
  }

  private OwnActions own() {
    return OwnActions.in(services.home());
  }
}
