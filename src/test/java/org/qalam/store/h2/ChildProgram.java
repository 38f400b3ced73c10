package org.qalam.store.h2;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A test program in a Java process of its own, on this one's class path. */
final class ChildProgram implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ChildProgram(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildProgram start(Class<?> program, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ChildProgram(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line that it prints. */
  String readLine() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the child program ended, exit code " + process.exitValue());
    }
    return line;
  }

  /** Ends it without warning (SIGKILL where there are signals); gives the lines still unread. */
  List<String> kill() throws IOException, InterruptedException {
    // Process.destroyForcibly would also throw away what it has printed.
    boolean _ = process.toHandle().destroyForcibly();
    List<String> lines = out.lines().toList();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IOException("the child program does not end");
    }
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
