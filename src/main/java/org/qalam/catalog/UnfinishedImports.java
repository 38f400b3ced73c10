package org.qalam.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qalam.catalog.CatalogException.Reason;

/**
 * The hidden folders that models are made in, beside the models themselves. Each belongs to one id;
 * whoever works in it holds a lock on its journal, which the operating system frees however the
 * process ends. Any thread; but a process must not look here while it imports on another thread,
 * because closing a file frees the locks that a process has on it on some systems.
 */
public final class UnfinishedImports {
  /** What an import writes down while it goes on; a folder without it cannot be gone on with. */
  public static final String JOURNAL = "journal";

  private static final String MAKING = ".importing-";
  private static final String REPLACED = ".replaced-";
  private static final Logger LOG = Logger.getLogger(UnfinishedImports.class.getName());

  private final Path models;

  /**
   * @param models folder that models are imported to; it may not exist yet
   */
  public UnfinishedImports(Path models) {
    this.models = models;
  }

  /** The folder that the model of this id is made in. */
  public Path folder(String id) {
    return models.resolve(MAKING + id);
  }

  /** Where a model waits while another one takes its place. */
  public Path replaced(String id) {
    return models.resolve(REPLACED + id);
  }

  /** What can be gone on with, and nobody works at, in the order of their ids. */
  public List<UnfinishedImport> list() {
    List<UnfinishedImport> found = new ArrayList<>();
    for (String id : ids(MAKING)) {
      Path journal = folder(id).resolve(JOURNAL);
      try {
        if (Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS) && !isInUse(id)) {
          found.add(
              new UnfinishedImport(
                  id, bytes(folder(id)), Files.getLastModifiedTime(journal).toInstant()));
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot look at " + journal, e);
      }
    }
    return found;
  }

  /**
   * Removes what is left of an import.
   *
   * @return whether there was something
   * @throws CatalogException where it is under way, or the disk says no
   */
  public boolean remove(String id) throws CatalogException {
    Path folder = folder(id);
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      if (isInUse(id)) {
        throw new CatalogException(
            Reason.IN_USE, id + ": it is being imported at this moment; stop that first");
      }
      ModelCatalog.deleteTree(folder);
      return true;
    } catch (IOException e) {
      throw new CatalogException(
          Reason.FAILED, folder + ": it cannot be removed; close what uses it", e);
    }
  }

  /**
   * Removes what cannot be gone on with and what nobody went on with for {@link
   * UnfinishedImport#KEPT}, and puts a model back whose replacement was interrupted. What is under
   * way is left alone, and what cannot be removed now is tried again the next time.
   */
  public void tidy(Instant now) {
    for (String id : ids(REPLACED)) {
      try {
        if (!isInUse(id)) {
          putBack(id);
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot put back " + replaced(id), e);
      }
    }
    for (String id : ids(MAKING)) {
      try {
        if (isAbandoned(folder(id).resolve(JOURNAL), now) && !isInUse(id)) {
          ModelCatalog.deleteTree(folder(id));
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot remove " + folder(id), e);
      }
    }
  }

  private static boolean isAbandoned(Path journal, Instant now) throws IOException {
    return !Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)
        || Files.getLastModifiedTime(journal)
            .toInstant()
            .isBefore(now.minus(UnfinishedImport.KEPT));
  }

  private void putBack(String id) throws IOException {
    Path place = models.resolve(id);
    if (Files.exists(place)) {
      ModelCatalog.deleteTree(replaced(id));
    } else {
      Files.move(replaced(id), place);
    }
  }

  /**
   * Takes a folder's journal for this process.
   *
   * @return null where somebody works there
   */
  public static @Nullable FileLock tryLock(FileChannel journal) throws IOException {
    try {
      // Far behind its last byte: where locks bind everybody the journal can still be read.
      return journal.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Whether somebody imports into this folder now. */
  boolean isAnyInUse() {
    for (String id : ids(MAKING)) {
      try {
        if (isInUse(id)) {
          return true;
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot look at " + folder(id), e);
      }
    }
    return false;
  }

  private boolean isInUse(String id) throws IOException {
    Path journal = folder(id).resolve(JOURNAL);
    if (!Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel)) {
      return lock == null;
    }
  }

  private List<String> ids(String prefix) {
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(models)) {
      return children
          .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
          .map(child -> String.valueOf(child.getFileName()))
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot list " + models, e);
      return List.of();
    }
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
