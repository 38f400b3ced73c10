package org.qalam.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends mutants to a child process with a heap of 512 MB, and a new child after each that ended it.
 */
final class HostileRun implements AutoCloseable {
  /** Processor time of one mutant, since the whole machine may stand still for a while. */
  private static final Duration CPU_LIMIT = Duration.ofSeconds(60);

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String EXIT = "#exit";

  private final Path work;
  private BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private @Nullable Process child;

  HostileRun(Path work) throws IOException {
    this.work = Files.createDirectories(work);
  }

  /** How many mutants ended in which way, by format; and those that should not have. */
  record Ends(Map<Format, Map<String, Integer>> counts, List<String> defects) {
    int refused() {
      return counts.values().stream().mapToInt(ends -> ends.getOrDefault("REFUSED", 0)).sum();
    }
  }

  /** Tries the seeds {@code first} to {@code first + count - 1}; all ends go to report.txt. */
  Ends tryAll(long first, long count, List<Format> formats) throws Exception {
    Ends ends = new Ends(new EnumMap<>(Format.class), new ArrayList<>());
    try (Writer report = Files.newBufferedWriter(work.resolve("report.txt"))) {
      for (long seed = first; seed < first + count; seed++) {
        for (Format format : formats) {
          String end = end(format, seed);
          report.write(format + " " + seed + " " + end + "\n");
          report.flush();
          if (end.startsWith("DEFECT")) {
            ends.defects.add(format + " " + seed + " " + end);
          }
          ends.counts
              .computeIfAbsent(format, _ -> new TreeMap<>())
              .merge(end.split(" ", 2)[0], 1, Integer::sum);
        }
      }
      report.write(ends.counts + "\n");
    }
    return ends;
  }

  /** How a mutant ended: {@code RAN}, {@code REFUSED ...} or {@code DEFECT ...}. */
  String end(Format format, long seed) throws Exception {
    Process process = child();
    Writer tasks = process.outputWriter(StandardCharsets.UTF_8);
    Duration before = cpu(process);
    long start = System.nanoTime();
    try {
      tasks.write(format + " " + seed + "\n");
      tasks.flush();
    } catch (IOException ended) {
      // The reader of its answers tells.
    }
    while (true) {
      String answer = answers.poll(1, TimeUnit.SECONDS);
      if (answer != null && answer.startsWith(HostileChild.ANSWER)) {
        String end = answer.substring(HostileChild.ANSWER.length());
        if (end.startsWith("DEFECT")) {
          close(); // after an error of the machine nothing it says counts
        }
        return end;
      }
      if (answer != null) {
        int code = process.waitFor();
        close();
        return "DEFECT the process ended with " + code;
      }
      if (cpu(process).minus(before).compareTo(CPU_LIMIT) > 0
          || System.nanoTime() - start > LIMIT.toNanos()) {
        close();
        return "DEFECT it does not end";
      }
    }
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private Process child() throws IOException {
    Process known = child;
    if (known != null) {
      return known;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + work.resolve("crash-%p.log"),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            HostileChild.class.getName(),
            work.toString()));
    Process started =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(work.resolve("child.log").toFile()))
            .start();
    child = started;
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    answers = heard;
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  if (line.startsWith(HostileChild.ANSWER)) {
                    heard.add(line);
                  }
                }
              } catch (IOException ended) {
                // as when it ends by itself
              }
              heard.add(EXIT);
            },
            "hostile-answers");
    reader.setDaemon(true);
    reader.start();
    return started;
  }

  @Override
  public void close() {
    Process process = child;
    child = null;
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
