package org.qalam.app;

import java.io.Console;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.qalam.cli.ActionCommand;
import org.qalam.cli.AskCommand;
import org.qalam.cli.BackupCommands;
import org.qalam.cli.BenchCommand;
import org.qalam.cli.DocCommand;
import org.qalam.cli.GenerateCommand;
import org.qalam.cli.ModelCommand;
import org.qalam.cli.PassphraseCommand;
import org.qalam.cli.PassphraseInput;
import org.qalam.cli.QalamCommand;
import org.qalam.cli.RewriteCommand;
import org.qalam.cli.SelfTestCommand;
import org.qalam.cli.Services;
import org.qalam.cli.TokenizeCommand;

/** One run of Qalam, from its arguments to its exit code. */
public final class Program {
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final LogFiles logs = LogFiles.silent();

  /**
   * @param in what commands read, in UTF-8
   * @param charset of what is written; UTF-8 unless a terminal wants another
   */
  public Program(InputStream in, OutputStream out, OutputStream err, Charset charset) {
    this.in = in;
    this.out = new PrintWriter(new OutputStreamWriter(out, charset), false);
    this.err = new PrintWriter(new OutputStreamWriter(err, charset), true);
  }

  /** What a terminal understands; a file or a pipe gets UTF-8. */
  public static Charset outputCharset() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    String name = terminal ? System.getProperty("stdout.encoding", "UTF-8") : "UTF-8";
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }

  /** Runs to the end of the command, or until the window is closed. */
  public int run(String... arguments) {
    QalamCommand root = new QalamCommand();
    try (PassphraseInput input = new PassphraseInput(root, err);
        LiveServices services = new LiveServices(() -> open(root), input)) {
      return root.execute(
          () -> showWindow(services), commands(services, input), out, err, arguments);
    } finally {
      logs.close();
    }
  }

  /** All commands; a new one is one line here. */
  private List<Object> commands(Services services, PassphraseInput input) {
    return List.of(
        new ModelCommand(services),
        new TokenizeCommand(services, in),
        new GenerateCommand(services, in),
        new BenchCommand(services),
        DocCommand.line(services, in),
        new RewriteCommand(services, in),
        new AskCommand(services, in),
        new ActionCommand(services),
        BackupCommands.backup(services, input),
        BackupCommands.restore(services, input),
        new PassphraseCommand(services, input),
        new SelfTestCommand(new SelfTest()::run));
  }

  /** The data folder; from here on its logs are written. */
  private Path open(QalamCommand command) {
    Path home = DataFolder.create(DataFolder.locate(command.home()));
    logs.writeTo(home);
    if (command.verbose()) {
      logs.showOn(err);
    }
    return home;
  }

  private int showWindow(LiveServices services) {
    try {
      return new QalamWindow(services).run();
    } catch (UnsupportedOperationException | UnsatisfiedLinkError e) {
      // JavaFX's way to say that there is no screen, or (on Linux) no GTK 3.
      err.println(
          "No window can be opened here ("
              + e.getMessage()
              + "); on Linux a desktop with GTK 3 is needed. Commands work: qalam --help");
      return 1;
    }
  }
}
