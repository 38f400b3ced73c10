package org.qalam.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * Writes a document as a Markdown or text file: UTF-8, lines that end with {@code \n}, the text as
 * it stands. A file is complete or not there at all, and an existing one is replaced only when that
 * is asked for.
 */
public final class TextExport {
  /** Bytes of UTF-8; most file systems end at 255, and a number may be added. */
  private static final int LONGEST_NAME = 180;

  /** Names that Windows keeps for devices, whatever their suffix. */
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private TextExport() {}

  /**
   * Writes a text to a file.
   *
   * @param replace whether a file of that name may be replaced; otherwise the new one is called
   *     {@code name (2).md}, {@code name (3).md} and so on
   * @return the file that was written
   * @throws ExchangeException where it cannot be written; nothing is changed then
   */
  public static Path write(String text, Path target, boolean replace) {
    return write(text.getBytes(StandardCharsets.UTF_8), target, replace);
  }

  /** Writes the bytes of a file in the same way. */
  static Path write(byte[] bytes, Path target, boolean replace) {
    Path whole = target.toAbsolutePath().normalize();
    if (Files.isDirectory(whole)) {
      throw new ExchangeException(
          Reason.FAILED, target, target + " is a folder; give the file a name.", null);
    }
    Path half = null;
    Path reserved = null;
    try {
      Path real = replace && Files.exists(whole) ? whole.toRealPath() : whole;
      half = writeAside(bytes, real);
      Path goal = real;
      if (!replace) {
        goal = reserve(real);
        reserved = goal;
      }
      // The move takes the place of the reserved, empty file (or of the one to be replaced).
      Files.move(half, goal, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      half = null;
      reserved = null;
      return goal;
    } catch (IOException e) {
      throw explained(e, target);
    } finally {
      deleteQuietly(half);
      deleteQuietly(reserved);
    }
  }

  /**
   * A file name for a title, fit for every system.
   *
   * @param title may be empty
   * @param suffix such as {@code .md}
   */
  public static String fileName(String title, String suffix) {
    StringBuilder name = new StringBuilder();
    title
        .codePoints()
        .map(c -> Character.isISOControl(c) || "<>:\"/\\|?*".indexOf(c) >= 0 ? ' ' : c)
        .forEach(name::appendCodePoint);
    String clean = name.toString().strip().replaceAll("\\s+", " ");
    clean = clean.substring(0, lengthWithin(clean, LONGEST_NAME));
    // Windows drops dots at the end, other systems hide a file with a dot at the start.
    clean = clean.replaceAll("^[. ]+|[. ]+$", "");
    if (clean.isEmpty()) {
      clean = "Untitled";
    }
    int dot = clean.indexOf('.');
    String stem = (dot < 0 ? clean : clean.substring(0, dot)).toLowerCase(Locale.ROOT);
    return (DEVICES.contains(stem) ? "_" : "") + clean + suffix;
  }

  /** How many UTF-16 units of a text, in whole characters, fit into so many bytes of UTF-8. */
  private static int lengthWithin(String text, int limit) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int end = 0;
    int bytes = 0;
    for (int next = characters.next(); next != BreakIterator.DONE; next = characters.next()) {
      bytes += text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > limit) {
        return end;
      }
      end = next;
    }
    return end;
  }

  private static Path writeAside(byte[] content, Path target) throws IOException {
    Path half = target.resolveSibling("." + Long.toHexString(System.nanoTime()) + ".qalam-part");
    boolean whole = false;
    try (FileChannel channel =
        FileChannel.open(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      channel.force(true);
      whole = true;
      return half;
    } finally {
      if (!whole) {
        deleteQuietly(half);
      }
    }
  }

  /** Makes an empty file that did not exist, so that no other program can take its name. */
  private static Path reserve(Path target) throws IOException {
    Path last = target.getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String suffix = dot > 0 ? name.substring(dot) : "";
    Path candidate = target;
    int number = 1;
    while (true) {
      try {
        return Files.createFile(candidate);
      } catch (FileAlreadyExistsException e) {
        number++;
        candidate = target.resolveSibling(stem + " (" + number + ")" + suffix);
      }
    }
  }

  private static ExchangeException explained(IOException e, Path target) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("not enough space")) {
      return new ExchangeException(
          Reason.DISK_FULL,
          target,
          target + " was not written, because the disk is full; free some space and try again.",
          e);
    }
    if (e instanceof NoSuchFileException) {
      return new ExchangeException(
          Reason.MISSING,
          target,
          target + " was not written, because its folder does not exist; make it first.",
          e);
    }
    if (e instanceof AccessDeniedException || message.contains("read-only")) {
      return new ExchangeException(
          Reason.FAILED,
          target,
          target + " was not written, because its folder may not be changed; choose another.",
          e);
    }
    return new ExchangeException(
        Reason.FAILED, target, target + " was not written (" + e.getMessage() + ").", e);
  }

  private static void deleteQuietly(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        System.getLogger(TextExport.class.getName())
            .log(System.Logger.Level.DEBUG, "a half-written file stays behind", e);
      }
    }
  }
}
