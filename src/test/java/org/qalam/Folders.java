package org.qalam;

import java.io.IOException;
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
