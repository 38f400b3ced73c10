package org.qalam.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What must stay as it is: a file outside of every model's folder that nobody may read, and a
 * marker that only executed code would make. A read is seen by the file's time of access, which is
 * set behind its time of change so that systems with {@code relatime} note it, and by its text in
 * what was written.
 */
final class Canary {
  static final String TEXT = "QALAM-CANARY-5f0c61d2";
  private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);

  final Path secret;
  final Path marker;

  Canary(Path work) throws IOException {
    secret = work.resolve("secret.bin");
    marker = work.resolve("executed");
    Files.writeString(secret, (TEXT + "\n").repeat(100_000));
  }

  void arm() throws IOException {
    Files.getFileAttributeView(secret, BasicFileAttributeView.class)
        .setTimes(FileTime.fromMillis(OLD.toMillis() + 1000), OLD, null);
    Files.deleteIfExists(marker);
  }

  /** What was touched since it was armed; empty where nothing was. */
  String touched() throws IOException {
    if (Files.exists(marker)) {
      return "code was executed";
    }
    BasicFileAttributes now = Files.readAttributes(secret, BasicFileAttributes.class);
    if (!now.lastAccessTime().equals(OLD)) {
      return "the file outside was read";
    }
    return "";
  }

  /** As above, and whether its text has got into what an import wrote. */
  String touchedOrIn(Path written) throws IOException {
    String touched = touched();
    if (!touched.isEmpty() || !Files.exists(written)) {
      return touched;
    }
    byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
    try (Stream<Path> tree = Files.walk(written)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        if (contains(Files.readAllBytes(file), text)) {
          return "the text of the file outside is in " + file.getFileName();
        }
      }
    }
    return "";
  }

  private static boolean contains(byte[] bytes, byte[] text) {
    for (int i = 0; i + text.length <= bytes.length; i++) {
      if (bytes[i] == text[0] && Arrays.equals(bytes, i, i + text.length, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }
}
