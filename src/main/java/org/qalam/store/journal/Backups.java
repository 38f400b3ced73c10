package org.qalam.store.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Seal;

/**
 * The newest {@link #KEPT} backups, each a file of its own in one folder. May be used on any
 * thread, by one at a time.
 */
public final class Backups {
  /** Backups that are kept. */
  public static final int KEPT = 3;

  private static final String SUFFIX = ".backup";
  private static final System.Logger LOG = System.getLogger(Backups.class.getName());

  /** Bytes in which keys and head of a backup are, and keys and tail. */
  private static final int END = 1024;

  private final Path folder;
  private final Optional<Seal> seal;

  /** Backups in the open. */
  Backups(Path folder) {
    this(folder, Optional.empty());
  }

  /**
   * Backups in a folder, which comes about with the first one.
   *
   * @param seal what they are sealed with
   */
  public Backups(Path folder, Optional<Seal> seal) {
    this.folder = folder;
    this.seal = seal;
  }

  /** When the newest one was begun and what it holds, by its own word; empty without any. */
  public Optional<Entry.Head> newest() {
    return files().stream().findFirst().flatMap(this::head);
  }

  private Optional<Entry.Head> head(Path file) {
    try {
      return first(file, seal, Entry.Head.class);
    } catch (IOException e) {
      LOG.log(Level.WARNING, file + " cannot be read", e);
      return Optional.empty();
    }
  }

  private static <T extends Entry> Optional<T> first(Path file, Optional<Seal> seal, Class<T> kind)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return first(in, seal, kind);
    }
  }

  private static <T extends Entry> Optional<T> first(
      InputStream in, Optional<Seal> seal, Class<T> kind) throws IOException {
    List<Entry> first = new ArrayList<>();
    boolean _ = Records.read(in.readNBytes(END), seal, found -> first.add(found.entry()));
    return first.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /**
   * What the key of a backup is locked in; empty where it is in the open. Where the beginning is
   * damaged, the end has it once more.
   *
   * @throws IOException where the file cannot be read
   */
  public static Optional<KeyRing> keys(Path file) throws IOException {
    Optional<Entry.Keys> keys = first(file, Optional.empty(), Entry.Keys.class);
    if (keys.isEmpty()) {
      try (InputStream in = Files.newInputStream(file)) {
        in.skipNBytes(Math.max(0, Files.size(file) - END));
        keys = first(in, Optional.empty(), Entry.Keys.class);
      }
    }
    return keys.map(Entry.Keys::ring);
  }

  /** Whether a file begins with a record, of a backup or a journal, that anybody can read. */
  public static boolean isOpenRecord(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(Integer.BYTES);
      return start.length == Integer.BYTES && ByteBuffer.wrap(start).getInt() == RecordFormat.MAGIC;
    }
  }

  /** Whether a backup's head can be read with this seal. */
  public static boolean isReadable(Path file, Optional<Seal> seal) throws IOException {
    return first(file, seal, Entry.Head.class).isPresent();
  }

  /** Hands on what is intact in each backup, the newest backup first. */
  public void read(Consumer<Entry> each) {
    for (Path file : files()) {
      try {
        boolean _ =
            Records.read(Files.readAllBytes(file), seal, found -> each.accept(found.entry()));
      } catch (IOException e) {
        LOG.log(Level.WARNING, file + " cannot be read", e);
      }
    }
  }

  /** Whether a file is a whole backup: each record as it was written, from head to tail. */
  static boolean isWhole(Path file, Optional<Seal> seal) throws IOException {
    List<Entry> ends = new ArrayList<>();
    long[] entries = {0};
    boolean isWhole =
        Records.read(
            Files.readAllBytes(file),
            seal,
            found -> {
              switch (found.entry()) {
                case Entry.Keys _ -> {}
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
        folder.resolve(String.format(Locale.ROOT, "%06d%s", number, SUFFIX)),
        head,
        seal,
        Optional.empty(),
        this::dropOldest);
  }

  /**
   * What a backup in a file of its own is locked with.
   *
   * @param keys in which the key of the seal is locked, so that the file can be read anywhere
   */
  public record Lock(Seal seal, KeyRing keys) {}

  /**
   * Begins a backup in a file of its own, wherever the writer wants it.
   *
   * @param file what is there stays as it is until this one is finished
   * @param lock none for one that anybody can read
   */
  public static BackupWriter begin(Path file, Entry.Head head, Optional<Lock> lock)
      throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".qalam-part");
    return new BackupWriter(part, file, head, lock.map(Lock::seal), lock.map(Lock::keys), () -> {});
  }

  /**
   * Hands on what is intact in one backup.
   *
   * @param seal what it is sealed with
   * @return whether that is all of it, from head to tail
   */
  public static boolean read(Path file, Optional<Seal> seal, Consumer<Entry> each)
      throws IOException {
    boolean _ = Records.read(Files.readAllBytes(file), seal, found -> each.accept(found.entry()));
    return isWhole(file, seal);
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
