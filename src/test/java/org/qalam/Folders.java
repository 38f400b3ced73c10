package org.qalam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of test data. */
public final class Folders {
  private Folders() {}

  /** Removes a folder and all in it; one that is not there is fine. */
  public static void delete(Path folder) throws IOException {
    for (Path file : all(folder)) {
      Files.delete(file);
    }
  }

  /** Copies a folder with all in it. */
  public static void copy(Path from, Path to) throws IOException {
    for (Path file : all(from).reversed()) {
      Files.copy(file, to.resolve(from.relativize(file)));
    }
  }

  /** Names of the files directly in a folder, in order. */
  public static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /**
   * Which of some words can be read in a file or in its name, in encodings that might hide them.
   */
  public static List<String> readable(Path file, List<String> words) throws IOException {
    byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    // One character for each byte, so that bytes can be looked for as text.
    String content = file.getFileName() + new String(bytes, StandardCharsets.ISO_8859_1);
    return words.stream()
        .filter(word ->
            Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)
                .map(charset -> new String(word.getBytes(charset), StandardCharsets.ISO_8859_1))
                .anyMatch(content::contains))
        .map(word -> word + " in " + file)
        .toList();
  }

  /** All in a folder and itself, what is inside first. */
  private static List<Path> all(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
