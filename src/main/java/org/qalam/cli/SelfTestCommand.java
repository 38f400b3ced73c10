package org.qalam.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code qalam self-test}: whether this installation works on this machine. */
@Command(
    name = "self-test",
    description = {
      "Checks that Qalam works here: opens its window without a screen, on data of its own,",
      "types, proofreads a sentence and closes it."
    })
public final class SelfTestCommand implements Callable<Integer> {
  /** What checks it all. */
  @FunctionalInterface
  public interface Walk {
    /**
     * Checks it.
     *
     * @param tours how often it goes through the whole window besides
     * @return what worked, in a sentence
     */
    String go(int tours) throws IOException;
  }

  private final Walk walk;

  @Option(
      names = "--tours",
      paramLabel = "N",
      defaultValue = "0",
      description = "Also goes N times through all that the window shows.")
  private int tours;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  public SelfTestCommand(Walk walk) {
    this.walk = walk;
  }

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().println(walk.go(tours));
    return 0;
  }
}
