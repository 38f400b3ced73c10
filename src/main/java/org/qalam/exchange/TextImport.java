package org.qalam.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * Reads Markdown and plain text files, whatever their names end with.
 *
 * <p>UTF-8 and UTF-16 (by its byte order mark) are recognised; any other bytes are taken for
 * Windows' Arabic or Western code page, whichever they look like. A file whose text begins with a
 * Markdown heading gets its title from there, one with front matter from that; any other is named
 * after the file.
 */
public final class TextImport {
  /** Largest file, in bytes; a long novel has about 2 MB. */
  public static final int LIMIT = 16 * 1024 * 1024;

  private TextImport() {}

  /**
   * Reads a file.
   *
   * @throws ExchangeException where it is missing, too large or not text
   */
  public static ImportedText read(Path file) {
    return named(file, text(file, bytes(file)));
  }

  /** A text with the title that it gives itself, or its file gives it. */
  static ImportedText named(Path file, String text) {
    String title = FrontMatter.of(text).title();
    return new ImportedText(
        !title.isBlank() ? title : startsWithHeading(text) ? "" : nameWithoutSuffix(file), text);
  }

  /**
   * Line ends become {@code \n}; control characters that no text needs are left out.
   *
   * @param text as it was found in a file or on a clipboard
   */
  public static String normalise(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> {
          clean.append('\n');
          if (i + 1 < text.length() && text.charAt(i + 1) == '\n') {
            i++;
          }
        }
        // Next line, line and paragraph separator, vertical tab, form feed: all of them end a line.
        case '\u0085', '\u2028', '\u2029', '\u000b', '\f' -> clean.append('\n');
        case '\n', '\t' -> clean.append(c);
        default -> {
          if (!Character.isISOControl(c)) {
            clean.append(c);
          }
        }
      }
    }
    return clean.toString();
  }

  private static byte[] bytes(Path file) {
    return bytes(file, LIMIT, "which is the most that a document can take; split it first.");
  }

  /**
   * All bytes of a file.
   *
   * @param limit so many at most
   * @param otherwise why, and what to do then; the end of a sentence
   */
  static byte[] bytes(Path file, int limit, String otherwise) {
    if (Files.isDirectory(file)) {
      throw new ExchangeException(
          Reason.MISSING, file, file + " is a folder; name the text files in it.", null);
    }
    if (!Files.exists(file)) {
      throw new ExchangeException(
          Reason.MISSING, file, "There is no file " + file + "; check the name.", null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new ExchangeException(
            Reason.TOO_LARGE,
            file,
            file + " is larger than " + limit / (1024 * 1024) + " MB, " + otherwise,
            null);
      }
      return bytes;
    } catch (AccessDeniedException e) {
      throw new ExchangeException(
          Reason.FAILED, file, file + " may not be read; allow reading it and try again.", e);
    } catch (IOException e) {
      throw new ExchangeException(
          Reason.FAILED, file, file + " could not be read (" + e.getMessage() + ").", e);
    }
  }

  private static String text(Path file, byte[] bytes) {
    Optional<String> kind = FileKind.of(bytes);
    if (kind.isPresent()) {
      throw new ExchangeException(
          Reason.NOT_TEXT,
          file,
          file + " is " + kind.get() + ", not text; save it as plain text or Markdown first.",
          null);
    }
    String decoded = TextDecoder.decode(bytes);
    if (hasTooManyControls(decoded)) {
      throw new ExchangeException(
          Reason.NOT_TEXT,
          file,
          file
              + " does not hold text; choose a Markdown, text, Word, OpenDocument, HTML or PDF file.",
          null);
    }
    return normalise(decoded);
  }

  /** Text has a stray control character now and then; other data is full of them. */
  private static boolean hasTooManyControls(String text) {
    long controls =
        text.chars()
            .filter(c -> Character.isISOControl(c) && "\t\n\u000b\f\r\u0085".indexOf(c) < 0)
            .count();
    return controls > 3 && controls * 50 > text.length();
  }

  private static boolean startsWithHeading(String text) {
    String start = text.stripLeading();
    int marks = 0;
    while (marks < start.length() && start.charAt(marks) == '#') {
      marks++;
    }
    return marks >= 1
        && marks <= 6
        && marks < start.length()
        && (start.charAt(marks) == ' ' || start.charAt(marks) == '\t')
        && !start.substring(marks).lines().findFirst().orElse("").isBlank();
  }

  static String nameWithoutSuffix(Path file) {
    Path last = file.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
