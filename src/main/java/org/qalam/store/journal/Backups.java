package org.qalam.store.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The newest {@link #KEPT} backups, each a file of its own in one folder. May be used on any
 * thread, by one at a time.
 */
public final class Backups {
  /** Backups that are kept. */
  public static final int KEPT = 3;

  private static final String SUFFIX = ".backup";
  private static final System.Logger LOG = System.getLogger(Backups.class.getName());

  private final Path folder;

  /** Backups in a folder, which comes about with the first one. */
  public Backups(Path folder) {
    this.folder = folder;
  }

  /** When the newest one was begun and what it holds, by its own word; empty without any. */
  public Optional<Entry.Head> newest() {
    return files().stream().findFirst().flatMap(Backups::head);
  }

  private static Optional<Entry.Head> head(Path file) {
    List<Entry> first = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      boolean _ = Records.read(in.readNBytes(256), found -> first.add(found.entry()));
    } catch (IOException e) {
      LOG.log(Level.WARNING, file + " cannot be read", e);
    }
    return first.stream()
        .filter(Entry.Head.class::isInstance)
        .map(Entry.Head.class::cast)
        .findFirst();
  }

  /** Hands on what is intact in each backup, the newest backup first. */
  public void read(Consumer<Entry> each) {
    for (Path file : files()) {
      try {
        boolean _ = Records.read(Files.readAllBytes(file), found -> each.accept(found.entry()));
      } catch (IOException e) {
        LOG.log(Level.WARNING, file + " cannot be read", e);
      }
    }
  }

  /** Whether a file is a whole backup: each record as it was written, from head to tail. */
  static boolean isWhole(Path file) throws IOException {
    List<Entry> ends = new ArrayList<>();
    long[] entries = {0};
    boolean isWhole =
        Records.read(
            Files.readAllBytes(file),
            found -> {
              switch (found.entry()) {
                case Entry.Head head -> ends.add(head);
                case Entry.Tail tail -> ends.add(tail);
                default -> entries[0]++;
              }
            });
    return isWhole
        && ends.size() == 2
        && ends.getFirst() instanceof Entry.Head
        && ends.getLast().equals(new Entry.Tail(entries[0]));
  }

  /** Begins a backup. The older ones stay as they are until this one is finished. */
  public BackupWriter begin(Entry.Head head) throws IOException {
    Files.createDirectories(folder);
    long number = files().stream().findFirst().map(Backups::number).orElse(0L) + 1;
    return new BackupWriter(
        folder.resolve("unfinished.part"),
        folder.resolve("%06d%s".formatted(number, SUFFIX)),
        head,
        this::dropOldest);
  }

  /**
   * Begins a backup in a file of its own, wherever the writer wants it.
   *
   * @param file what is there stays as it is until this one is finished
   */
  public static BackupWriter begin(Path file, Entry.Head head) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".qalam-part");
    return new BackupWriter(part, file, head, () -> {});
  }

  /**
   * Hands on what is intact in one backup.
   *
   * @return whether that is all of it, from head to tail
   */
  public static boolean read(Path file, Consumer<Entry> each) throws IOException {
    boolean _ = Records.read(Files.readAllBytes(file), found -> each.accept(found.entry()));
    return isWhole(file);
  }

  /** Removes the oldest ones; one that cannot be removed only takes room. */
  private void dropOldest() {
    files().stream()
        .skip(KEPT)
        .forEach(file -> {
          try {
            Files.deleteIfExists(file);
          } catch (IOException e) {
            LOG.log(Level.WARNING, file + " cannot be removed", e);
          }
        });
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** All backups, newest first. */
  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d{6,18}\\" + SUFFIX))
          .sorted(Comparator.comparingLong(Backups::number).reversed())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "the backups in " + folder + " cannot be read", e);
      return List.of();
    }
  }
}
