package org.qalam.print;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.qalam.exchange.Paper;
import org.qalam.exchange.PrintPages;
import org.qalam.task.CancellationToken;
import org.qalam.task.Sentence;

/**
 * Printers of CUPS, which Linux and macOS have. Its own commands are asked: {@code lp} takes a PDF
 * file as it is, from a pipe, so that letters come to the printer as letters and no copy of the
 * text lies in the folder for temporary files. Belongs to no thread.
 */
public final class CupsPrinters implements Printers {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** So much longer a long document takes. */
  private static final int FOR_PAGES = 8;

  private final String lp;
  private final String lpstat;
  private final Duration patience;

  public CupsPrinters() {
    this("lp", "lpstat", PATIENCE);
  }

  /**
   * @param lp the command that prints
   * @param lpstat the command that tells of printers
   * @param patience how long it may take to answer
   */
  CupsPrinters(String lp, String lpstat, Duration patience) {
    this.lp = lp;
    this.lpstat = lpstat;
    this.patience = patience;
  }

  @Override
  public List<Printer> list() {
    Answer names = ask(List.of(lpstat, "-e"));
    if (names.code() != 0) {
      return List.of(); // no CUPS on this computer, or none that runs
    }
    Answer usual = ask(List.of(lpstat, "-d"));
    String first = usual.code() == 0 ? usual.words().replaceFirst(".*: ", "").strip() : "";
    return names
        .words()
        .lines()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> new Printer(name, name.equals(first)))
        .sorted(Comparator.comparing(Printer::isDefault).reversed())
        .toList();
  }

  @Override
  public void print(Printer printer, PrintPages pages, PrintOrder order, CancellationToken token) {
    token.throwIfCancelled();
    List<String> command =
        new ArrayList<>(List.of(lp, "-d", printer.name(), "-n", String.valueOf(order.copies())));
    if (!order.title().isBlank()) {
      command.addAll(List.of("-t", Sentence.of(order.title())));
    }
    command.addAll(List.of("-o", "media=" + (pages.paper() == Paper.LETTER ? "Letter" : "A4")));
    command.addAll(List.of("-o", "collate=true"));
    switch (order.sides()) {
      case ONE -> command.addAll(List.of("-o", "sides=one-sided"));
      case BOTH -> command.addAll(List.of("-o", "sides=two-sided-long-edge"));
      case USUAL -> {}
    }
    Answer answer =
        run(
            command,
            pages.pdf(order.first(), order.last()),
            token,
            patience.multipliedBy(FOR_PAGES));
    if (answer.code() != 0) {
      throw new PrintException(
          "The printer "
              + printer.name()
              + " did not take the document"
              + (answer.words().isBlank() ? "" : " (" + Sentence.of(answer.words()) + ")")
              + ".",
          null);
    }
  }

  /**
   * What a command said.
   *
   * @param code 127 where there is no such command, as shells have it
   */
  private record Answer(int code, String words) {}

  private Answer ask(List<String> command) {
    return run(command, new byte[0], new CancellationToken(), patience);
  }

  private static Answer run(
      List<String> command, byte[] input, CancellationToken token, Duration limit) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8"); // what it says is read
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Answer(127, "there is no command " + command.getFirst());
    }
    // Both pipes have a thread, for the command may hang before it reads or says anything.
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Thread reader = pump("printer says", () -> process.getInputStream().transferTo(said));
    Thread writer =
        pump(
            "printer reads",
            () -> {
              try (OutputStream out = process.getOutputStream()) {
                out.write(input);
              }
            });
    try {
      long end = System.nanoTime() + limit.toNanos();
      while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
        token.throwIfCancelled();
        if (System.nanoTime() > end) {
          throw new PrintException("The printer system of this computer does not answer.", null);
        }
      }
      reader.join(limit);
      writer.join(limit);
      return new Answer(process.exitValue(), said.toString(StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrintException("Printing was interrupted.", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private interface Pump {
    void run() throws IOException;
  }

  private static Thread pump(String name, Pump work) {
    return Thread.ofPlatform()
        .name(name)
        .daemon(true)
        .start(() -> {
          try {
            work.run();
          } catch (IOException e) {
            // The command has ended; its exit code tells how.
          }
        });
  }
}
