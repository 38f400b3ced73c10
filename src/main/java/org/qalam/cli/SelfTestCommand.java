package org.qalam.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code qalam self-test}: whether this installation works on this machine. */
@Command(
    name = "self-test",
    description = {
      "Checks that Qalam works here: opens its window without a screen, on data of its own,",
      "types, proofreads a sentence and closes it."
    })
public final class SelfTestCommand implements Callable<Integer> {
  private final Callable<String> walk;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  /**
   * @param walk does it all and returns what worked, in a sentence
   */
  public SelfTestCommand(Callable<String> walk) {
    this.walk = walk;
  }

  @Override
  public Integer call() throws Exception {
    spec.commandLine().getOut().println(walk.call());
    return 0;
  }
}
