package org.qalam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.qalam.engine.NoModelException;
import org.qalam.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

class QalamCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final QalamCommand root = new QalamCommand();
  private int windows;

  private int run(Object command, String... arguments) {
    return root.execute(
        () -> {
          windows++;
          return 0;
        },
        List.of(command),
        new PrintWriter(out),
        new PrintWriter(err),
        arguments);
  }

  @Test
  void answerAloneGoesToStandardOutput() {
    assertEquals(0, run(new Greet(), "greet", "Layla", "--loud"));
    assertEquals("HELLO Layla" + System.lineSeparator(), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void withoutCommandTheWindowOpensWithTheDataThatHomeNames() {
    assertEquals(0, run(new Greet(), "--home", "elsewhere"));
    assertEquals(1, windows);
    assertEquals(Optional.of(Path.of("elsewhere")), root.home());
  }

  @Test
  void homeMayStandBehindTheCommand() {
    assertEquals(0, run(new Greet(), "greet", "Omar", "--home", "elsewhere"));
    assertEquals(0, windows);
    assertEquals(Optional.of(Path.of("elsewhere")), root.home());
  }

  @Test
  void ownErrorIsOneSentenceAndExitCodeOne() {
    assertEquals(1, run(failing(new NoModelException()), "fail"));
    assertEquals("No model is chosen." + System.lineSeparator(), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void errorOfAnotherThreadIsToldAsItWasThere() {
    run(failing(new CompletionException(new NoModelException())), "fail");
    assertEquals("No model is chosen." + System.lineSeparator(), err.toString());
  }

  @Test
  void missingFileIsNamed() {
    run(failing(new NoSuchFileException("a.txt")), "fail");
    assertEquals("a.txt: there is no such file." + System.lineSeparator(), err.toString());
  }

  @Test
  void unknownErrorSaysHowToLearnMore() {
    assertEquals(1, run(failing(new IllegalStateException("a bug")), "fail"));
    assertEquals(
        "Something went wrong: a bug; run again with --verbose for details."
            + System.lineSeparator(),
        err.toString());
  }

  @Test
  void verboseShowsWhereAnErrorCameFrom() {
    assertEquals(1, run(failing(new IllegalStateException("a bug")), "fail", "--verbose"));
    assertTrue(err.toString().contains("\tat " + getClass().getName()), err.toString());
  }

  @Test
  void errorOfTheMachineIsToldToo() {
    run(failing(new OutOfMemoryError("Java heap space")), "fail");
    assertTrue(err.toString().startsWith("There is too little memory;"), err.toString());
  }

  @Test
  void nameOfAFileKeepsItsSpelling() {
    assertEquals(
        "llama.gguf: this is cut short.",
        CommandErrors.sentence(
            new org.qalam.convert.ImportException("llama.gguf: this is cut short"), Set.of()));
    assertEquals(
        "notes is not a backup.",
        CommandErrors.sentence(
            new StoreException(StoreException.Reason.DAMAGED, "notes is not a backup"),
            Set.of("notes")));
  }

  @Test
  void wrongUseIsExitCodeTwoWithTheWayToHelp() {
    assertEquals(2, run(new Greet(), "greet"));
    assertEquals(
        "Missing required parameter: 'NAME'."
            + System.lineSeparator()
            + "See: qalam greet --help"
            + System.lineSeparator(),
        err.toString());
  }

  @Test
  void unknownCommandIsWrongUse() {
    assertEquals(2, run(new Greet(), "great"));
    assertTrue(err.toString().startsWith("Not known here: great."), err.toString());
  }

  @Test
  void everyCommandHasHelp() {
    assertEquals(0, run(new Greet(), "greet", "--help"));
    assertTrue(out.toString().startsWith("Usage: qalam greet"), out.toString());
  }

  @Test
  void methodsAreGivenTheirOwnOptions() {
    assertEquals(0, run(new Group(), "group", "add", "3", "--times", "4"));
    assertEquals("12" + System.lineSeparator(), out.toString());
  }

  @Test
  void versionIsTheBuilds() {
    assertEquals(0, run(new Greet(), "--version"));
    assertTrue(out.toString().matches("(?s)Qalam \\d+\\.\\d+\\.\\d+.*Java 25.*"), out.toString());
  }

  @Test
  void answerThatCannotBeWrittenIsAFailure() {
    Writer fullDisk =
        new Writer() {
          @Override
          public void write(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    PrintWriter full = new PrintWriter(fullDisk);
    int exit =
        root.execute(() -> 0, List.of(new Greet()), full, new PrintWriter(err), "greet", "Layla");
    assertEquals(1, exit);
    assertEquals(
        "The answer could not be written to standard output." + System.lineSeparator(),
        err.toString());
  }

  private static Object failing(Throwable thrown) {
    return new Fail(thrown);
  }

  @Command(name = "greet")
  static final class Greet implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Option(names = "--loud")
    private boolean loud;

    @Override
    public Integer call() {
      spec.commandLine().getOut().println((loud ? "HELLO " : "Hello ") + name);
      return 0;
    }
  }

  @Command(name = "group")
  static final class Group {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(name = "add")
    void add(
        @Parameters(paramLabel = "N") int number,
        @Option(names = "--times", defaultValue = "1") int times) {
      spec.commandLine().getOut().println(number * times);
    }
  }

  @Command(name = "fail")
  record Fail(Throwable thrown) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (Exception) thrown;
    }
  }
}
