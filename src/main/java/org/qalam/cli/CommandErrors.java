package org.qalam.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people at the command line what went wrong, in one sentence. */
final class CommandErrors {
  private CommandErrors() {}

  /** Tells of wrong use and where help is to be had. */
  static int wrongUse(ParameterException e) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(
        e instanceof UnmatchedArgumentException unmatched
            ? "Not known here: " + String.join(" ", unmatched.getUnmatched()) + "."
            : asSentence(String.valueOf(e.getMessage()), Set.of()));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("See: " + line.getCommandSpec().qualifiedName() + " --help");
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /**
   * Tells of work that failed; only {@code verbose} shows the way there.
   *
   * @param names what was typed, such as files, which stays as it is also where a sentence begins
   */
  static int failed(Throwable thrown, PrintWriter err, boolean verbose, Set<String> names) {
    err.println(sentence(thrown, names));
    if (verbose) {
      thrown.printStackTrace(err);
    }
    err.flush();
    return QalamCommand.FAILED;
  }

  /** One sentence for people about {@code thrown}. */
  static String sentence(Throwable thrown, Set<String> names) {
    Throwable cause = unwrap(thrown);
    String message = cause.getMessage();
    if (cause instanceof CancellationException) {
      return "Cancelled.";
    }
    if (cause instanceof OutOfMemoryError) {
      return "There is too little memory; close other programs or take a smaller model.";
    }
    // Qalam's own exceptions carry a sentence for people.
    if (message != null && cause.getClass().getName().startsWith("org.qalam.")) {
      return asSentence(message, names);
    }
    if (cause instanceof FileSystemException e && e.getFile() != null) {
      return e.getFile() + ": " + reason(e);
    }
    if (cause instanceof CharacterCodingException) {
      return "The text is not in UTF-8; convert it first.";
    }
    if (cause instanceof IOException && message != null && message.contains("No space left")) {
      return "The disk is full; free some space and try again.";
    }
    return "Something went wrong: "
        + (message == null ? cause.getClass().getSimpleName() : message.strip())
        + "; run again with --verbose for details.";
  }

  private static String reason(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file.";
      case FileAlreadyExistsException _ -> "it is there already.";
      case AccessDeniedException _ -> "you may not read or write it; choose another place.";
      default -> {
        String reason = e.getReason();
        if (reason == null) {
          yield "it cannot be read or written.";
        }
        yield reason.contains("No space left")
            ? "the disk is full; free some space and try again."
            : "it cannot be read or written (" + reason.toLowerCase(Locale.ROOT) + ").";
      }
    };
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean wrapper =
        thrown instanceof CompletionException
            || thrown instanceof ExecutionException
            || thrown instanceof UncheckedIOException
            || thrown instanceof CommandLine.ExecutionException;
    return wrapper && cause != null ? unwrap(cause) : thrown;
  }

  /** Begins with a capital, unless with a name such as {@code llama.gguf:}, and ends with a dot. */
  private static String asSentence(String message, Set<String> names) {
    String text = message.strip();
    int word = 0;
    while (word < text.length() && Character.isLetter(text.charAt(word))) {
      word++;
    }
    boolean plainWord = word > 0 && (word == text.length() || text.charAt(word) == ' ');
    if (plainWord && !names.contains(text.substring(0, word))) {
      text = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
    return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
  }
}
