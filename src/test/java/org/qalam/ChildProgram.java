package org.qalam;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A test program in a Java process of its own, on this one's class path. */
public final class ChildProgram implements AutoCloseable {
  /**
   * Of a Java process that lives some seconds: the second compiler takes what is hot from then on
   * alone, else it works longer than all it compiles.
   */
  public static final List<String> SHORT_LIVED =
      List.of(
          "-XX:Tier4InvocationThreshold=320000",
          "-XX:Tier4MinInvocationThreshold=48000",
          "-XX:Tier4CompileThreshold=960000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private final Process process;
  private final BufferedReader out;

  private ChildProgram(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  public static ChildProgram start(Class<?> program, Object... arguments) throws IOException {
    return start(
        program, List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), new ProcessBuilder(), arguments);
  }

  /**
   * The same for a program that has Qalam's window, drawn on no screen.
   *
   * @param options more of the Java process: the first compiler alone saves time where no model is
   *     loaded, whose digests would take ten seconds with it
   * @param temporary folder of temporary files, in which it runs
   */
  public static ChildProgram startWindow(
      Class<?> program, List<String> options, Path temporary, Object... arguments)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-Xmx768m",
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.io.tmpdir=" + temporary,
                "-Dglass.platform=Headless",
                "-Dprism.order=sw",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
    all.addAll(SHORT_LIVED);
    all.addAll(options);
    List<Object> named = new ArrayList<>(List.of(program.getName()));
    named.addAll(List.of(arguments));
    return start(
        UnseenPictures.class,
        all,
        new ProcessBuilder().directory(temporary.toFile()),
        named.toArray());
  }

  private static ChildProgram start(
      Class<?> program, List<String> options, ProcessBuilder builder, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ChildProgram(
        builder.command(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line that it prints. */
  public String readLine() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException(
          "the child program ended, exit code " + process.onExit().join().exitValue());
    }
    return line;
  }

  /** Ends it without warning (SIGKILL where there are signals); gives the lines still unread. */
  public List<String> kill() throws IOException, InterruptedException {
    // Process.destroyForcibly would also throw away what it has printed.
    boolean _ = process.toHandle().destroyForcibly();
    List<String> lines = out.lines().toList();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IOException("the child program does not end");
    }
    return lines;
  }

  /** How it ended, which it has. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Waits until it has ended by itself; gives its exit code. */
  public int end() throws IOException, InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IOException("the child program does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    boolean _ = process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
