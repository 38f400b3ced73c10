package org.qalam.store.h2;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.qalam.store.journal.Backups;

/**
 * Older databases, journals and backups in a data folder that anybody can read, or that nobody can
 * any more, after the data was sealed or opened: what a program that was killed has left as well.
 */
final class Leftovers {
  private static final System.Logger LOG = System.getLogger(Leftovers.class.getName());

  private Leftovers() {}

  /** Removes what is in the open for sure. The database itself must be sealed and sound. */
  static void removeOpen(Path folder) {
    for (Path file : all(folder)) {
      try {
        if (H2File.isOpen(file) || Backups.isOpenRecord(file)) {
          Files.delete(file);
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, file + " is not secret and cannot be removed", e);
      }
    }
  }

  /**
   * Removes all of them, whatever they are: the database itself is sound and holds everything.
   *
   * @throws IOException where one stays
   */
  static void removeAll(Path folder) throws IOException {
    for (Path file : all(folder)) {
      Files.delete(file);
    }
  }

  private static List<Path> all(Path folder) {
    List<Path> found = new ArrayList<>();
    find(folder, "qalam\\.(mv\\.db\\..+|.+\\.mv\\.db)", found);
    find(folder.resolve("journal"), ".+\\.journal", found);
    find(folder.resolve("backups"), ".+\\.(backup|part)", found);
    return found;
  }

  private static void find(Path folder, String name, List<Path> found) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().matches(name))
          .filter(Files::isRegularFile)
          .forEach(found::add);
    } catch (IOException e) {
      LOG.log(Level.WARNING, folder + " cannot be listed", e);
    }
  }
}
