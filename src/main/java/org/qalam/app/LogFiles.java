package org.qalam.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The program's logs: {@code logs/qalam-0.log} and older ones in the data folder, at most five
 * megabytes together. No document's text belongs into them, ever; libraries that are given text may
 * not log at all.
 */
public final class LogFiles {
  private static final int BYTES = 1_000_000;
  private static final int FILES = 5;

  /** They see prompts and texts, and might quote them. */
  private static final List<String> SILENT = List.of("com.hubspot", "org.h2", "h2database");

  // java.util.logging holds its loggers weakly: a level is forgotten with the logger.
  private final List<Logger> levels;

  private LogFiles(List<Logger> levels) {
    this.levels = levels;
  }

  /** Keeps logs off the console; until a folder is known, nothing is logged. */
  public static LogFiles silent() {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger own = Logger.getLogger("org.qalam");
    own.setLevel(Level.INFO);
    List<Logger> silent = SILENT.stream().map(Logger::getLogger).toList();
    silent.forEach(logger -> logger.setLevel(Level.OFF));
    return new LogFiles(Stream.concat(Stream.of(root, own), silent.stream()).toList());
  }

  /** Logs into {@code home}. Without a place to write, the program goes on without logs. */
  public void writeTo(Path home) {
    try {
      Path folder = Files.createDirectories(home.resolve("logs"));
      // A percent sign would be a pattern of FileHandler's.
      String pattern = folder.toString().replace("%", "%%") + "/qalam-%g.log";
      FileHandler handler = new FileHandler(pattern, BYTES, FILES, true);
      handler.setEncoding(StandardCharsets.UTF_8.name());
      handler.setFormatter(new LineFormatter());
      handler.setLevel(Level.ALL);
      levels.getFirst().addHandler(handler);
    } catch (IOException e) {
      // Not worth stopping a writer for.
    }
  }

  /** Shows what is logged to a person who asked for details. */
  public void showOn(PrintWriter err) {
    Handler handler =
        new Handler() {
          private final Formatter formatter = new LineFormatter();

          @Override
          public void publish(LogRecord entry) {
            err.print(formatter.format(entry));
            err.flush();
          }

          @Override
          public void flush() {
            err.flush();
          }

          @Override
          public void close() {}
        };
    levels.getFirst().addHandler(handler);
  }

  /** Ends logging and lets go of the files. */
  public void close() {
    LogManager.getLogManager().reset();
  }

  /** One line an entry, and below it where an error came from. */
  private static final class LineFormatter extends Formatter {
    @Override
    public String format(LogRecord entry) {
      StringWriter text = new StringWriter();
      PrintWriter line = new PrintWriter(text);
      line.printf(
          Locale.ROOT,
          "%s %-7s %s: %s%n",
          entry.getInstant().truncatedTo(ChronoUnit.MILLIS),
          entry.getLevel().getName(),
          entry.getLoggerName(),
          formatMessage(entry));
      if (entry.getThrown() != null) {
        entry.getThrown().printStackTrace(line);
      }
      return text.toString();
    }
  }
}
