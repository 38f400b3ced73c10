package org.qalam.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * {@code qalam}: what all commands have in common. Answers go to standard output, everything else
 * to standard error. The exit code is 0 on success, 1 where the work failed, 2 for wrong use.
 */
@Command(
    name = "qalam",
    description = {
      "An offline writing assistant. Without a command it opens its window.",
      "Nothing leaves this device."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "[COMMAND]",
    commandListHeading = "%nCommands:%n")
public final class QalamCommand implements Runnable {
  /** What a command returns where the work failed. */
  static final int FAILED = CommandLine.ExitCode.SOFTWARE;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Keeps all data in this folder; QALAM_HOME says the same.")
  private @Nullable Path home;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Shows where an error came from.")
  private boolean verbose;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Has the passphrase of the notes in its first line.")
  private @Nullable Path passphraseFile;

  private boolean windowWanted;

  /** The folder given with {@code --home}; known while a command runs. */
  public Optional<Path> home() {
    return Optional.ofNullable(home);
  }

  /** The file given with {@code --passphrase-file}; known while a command runs. */
  Optional<Path> passphraseFile() {
    return Optional.ofNullable(passphraseFile);
  }

  /** Whether details of errors are wanted; known while a command runs. */
  public boolean verbose() {
    return verbose;
  }

  /** Without a command the window opens, with the data that {@code --home} names. */
  @Override
  public void run() {
    windowWanted = true;
  }

  /**
   * Runs one command, or the window, on the calling thread.
   *
   * @param window opens the window and returns the exit code when it is closed
   * @param commands the subcommands, each an object with picocli's annotations
   * @param out hears answers only
   * @param err hears errors, progress and hints
   * @return the exit code
   */
  public int execute(
      IntSupplier window,
      List<Object> commands,
      PrintWriter out,
      PrintWriter err,
      String... arguments) {
    if (arguments.length == 0) { // half a second that a window can do without
      return window.getAsInt();
    }
    CommandLine line = new CommandLine(this);
    commands.forEach(line::addSubcommand);
    addHelp(line);
    line.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(_ -> FAILED)
        .setParameterExceptionHandler((e, _) -> CommandErrors.wrongUse(e))
        .setExecutionExceptionHandler(
            (e, _, typed) -> CommandErrors.failed(e, err, verbose, words(typed)));
    int result;
    try {
      result = line.execute(arguments);
    } catch (Error e) { // too little memory, a native library that is missing
      result = CommandErrors.failed(e, err, verbose, Set.of());
    }
    if (result == 0 && out.checkError()) {
      err.println("The answer could not be written to standard output.");
      result = FAILED;
    }
    err.flush();
    return result == 0 && windowWanted ? window.getAsInt() : result;
  }

  /** What was typed as a value, such as the name of a file. */
  private static Set<String> words(ParseResult typed) {
    return typed.asCommandLineList().stream()
        .flatMap(line -> line.getParseResult().matchedArgs().stream())
        .flatMap(argument -> argument.originalStringValues().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Every command answers to --help, whether its author thought of it or not. Added last: picocli
   * hands options to a command's method by their order.
   */
  private static void addHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (!spec.optionsMap().containsKey("--help")) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Shows this help.")
              .build());
    }
    line.getSubcommands().values().forEach(QalamCommand::addHelp);
  }
}
