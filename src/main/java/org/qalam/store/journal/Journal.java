package org.qalam.store.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentId;
import org.qalam.secret.Seal;

/**
 * Every change of a document, appended to files of about {@link #SEGMENT} bytes in a folder of its
 * own. Belongs to one thread, except {@link #backedUp} and {@link #isBehind}. What is damaged or
 * cut short is skipped, and reading goes on behind it.
 *
 * <p>It keeps each document's newest change that no backup holds, and of older ones so many that
 * all together stay below twice the size of those, and {@link #SLACK} and one segment beside.
 */
public final class Journal implements AutoCloseable {
  /** A file that has reached this many bytes is not written to any more. */
  static final int SEGMENT = 1024 * 1024;

  /** Bytes of changes that are no longer needed, and may yet be there. */
  static final long SLACK = 4L * SEGMENT;

  private static final String SUFFIX = ".journal";
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  /** Where a document's newest change stands. */
  private record Place(long segment, int start, int size, long sequence) {}

  private final Path folder;
  private final Optional<Seal> seal;

  /** Each file's size in bytes, by its number; the last one is written to. */
  private final TreeMap<Long, Long> segments = new TreeMap<>();

  private final Map<DocumentId, Place> newest = new HashMap<>();
  private final AtomicLong backedUp = new AtomicLong();
  private long droppedTo;
  private long lastSequence;

  /** Last change that is not here although it should be; 0 while there is none. */
  private final AtomicLong missed = new AtomicLong();

  private @Nullable FileChannel channel;

  private Journal(Path folder, Optional<Seal> seal) {
    this.folder = folder;
    this.seal = seal;
  }

  /** Opens a journal in the open. */
  static Journal open(Path folder) {
    return open(folder, Optional.empty());
  }

  /**
   * Opens the journal in a folder, which comes about with the first change. Files that cannot be
   * read are left alone and logged.
   *
   * @param seal what it is sealed with
   */
  public static Journal open(Path folder, Optional<Seal> seal) {
    Journal journal = new Journal(folder, seal);
    for (Path file : files(folder)) {
      long segment = number(file);
      journal.segments.put(segment, file.toFile().length());
      boolean _ =
          journal.read(
              file,
              found -> {
                if (found.entry() instanceof Entry.Text(DocumentCopy copy)) {
                  journal.note(
                      copy, new Place(segment, found.start(), found.size(), copy.sequence()));
                }
              });
    }
    return journal;
  }

  private void note(DocumentCopy copy, Place place) {
    lastSequence = Math.max(lastSequence, place.sequence());
    newest.merge(copy.id(), place, (old, now) -> now.sequence() >= old.sequence() ? now : old);
  }

  /** Sequence of the last change that it has; 0 while there is none. */
  public long lastSequence() {
    return lastSequence;
  }

  /** Whether it lacks a change that no backup holds, so that one should be made. On any thread. */
  public boolean isBehind() {
    return missed.get() > backedUp.get();
  }

  /** The newest change of each document that was changed after {@code sequence}, oldest first. */
  public List<DocumentCopy> since(long sequence) {
    Map<Long, List<DocumentCopy>> found = new TreeMap<>();
    newest.values().stream()
        .filter(place -> place.sequence() > sequence)
        .map(Place::segment)
        .distinct()
        .forEach(segment -> found.put(segment, newestIn(segment)));
    return found.values().stream()
        .flatMap(Collection::stream)
        .filter(copy -> copy.sequence() > sequence)
        .sorted(DocumentCopy.BY_AGE)
        .toList();
  }

  private List<DocumentCopy> newestIn(long segment) {
    List<DocumentCopy> copies = new ArrayList<>();
    boolean _ =
        read(
            file(segment),
            found -> {
              if (found.entry() instanceof Entry.Text(DocumentCopy copy)
                  && isNewest(copy, segment, found)) {
                copies.add(copy);
              }
            });
    return copies;
  }

  private boolean isNewest(DocumentCopy copy, long segment, Records.Found found) {
    return new Place(segment, found.start(), found.size(), copy.sequence())
        .equals(newest.get(copy.id()));
  }

  /**
   * Writes a change; it is on disk when this returns.
   *
   * @throws IOException where it is not; {@link #isBehind} from then on, and the next change is
   *     written as if nothing had been
   */
  public void append(DocumentCopy copy) throws IOException {
    lastSequence = Math.max(lastSequence, copy.sequence());
    try {
      ByteBuffer record = RecordFormat.write(new Entry.Text(copy), seal);
      Place place = write(record, copy.sequence());
      channel().force(false);
      newest.put(copy.id(), place);
    } catch (IOException | RuntimeException e) {
      missed.set(copy.sequence());
      letGo();
      throw e;
    }
    tidy();
  }

  private Place write(ByteBuffer record, long sequence) throws IOException {
    if (segments.isEmpty() || segments.lastEntry().getValue() >= SEGMENT) {
      startSegment();
    }
    FileChannel open = channel();
    // The file's own end, also where something stands there that an error left half-written.
    long start = open.size();
    int size = record.remaining();
    try {
      for (long at = start; record.hasRemaining(); ) {
        at += open.write(record, at);
      }
    } catch (IOException e) {
      if (open.isOpen()) {
        FileChannel _ = open.truncate(start);
      }
      throw e;
    }
    segments.put(segments.lastKey(), start + size);
    return new Place(segments.lastKey(), Math.toIntExact(start), size, sequence);
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      Files.createDirectories(folder);
      open =
          FileChannel.open(
              file(segments.lastKey()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel = open;
      Disk.forceFolder(folder);
    }
    return open;
  }

  private void startSegment() {
    letGo();
    segments.put(segments.isEmpty() ? 1 : segments.lastKey() + 1, 0L);
  }

  /** Says that a verified backup holds all up to this change. On any thread. */
  public void backedUp(long sequence) {
    backedUp.accumulateAndGet(sequence, Math::max);
  }

  /** Removes what is not needed any more; a journal that cannot do so only takes more room. */
  private void tidy() {
    try {
      if (backedUp.get() > droppedTo) {
        dropBackedUp();
      }
      if (size() > SLACK) {
        for (int left = segments.size() - 1; left > 0 && size() > 2 * needed() + SLACK; left--) {
          moveOn(segments.firstKey());
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "the journal in " + folder + " keeps more than it should", e);
      letGo();
    }
  }

  private void dropBackedUp() throws IOException {
    droppedTo = backedUp.get();
    newest.values().removeIf(place -> place.sequence() <= droppedTo);
    for (long segment : List.copyOf(segments.keySet())) {
      boolean isNeeded = newest.values().stream().anyMatch(place -> place.segment() == segment);
      if (!isNeeded && segment != segments.lastKey()) {
        remove(segment);
      }
    }
  }

  /** Writes what is still needed of a file once more, at the end, and removes the file. */
  private void moveOn(long segment) throws IOException {
    for (DocumentCopy copy : newestIn(segment)) {
      newest.put(copy.id(), write(RecordFormat.write(new Entry.Text(copy), seal), copy.sequence()));
    }
    channel().force(false);
    // What could not be read any more is in the database alone.
    if (newest.values().removeIf(place -> place.segment() == segment)) {
      missed.set(lastSequence);
    }
    remove(segment);
  }

  private void remove(long segment) throws IOException {
    Files.deleteIfExists(file(segment));
    segments.remove(segment);
  }

  /** Bytes of all files. */
  long size() {
    return segments.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of the changes that no backup holds, of each document the newest. */
  long needed() {
    return newest.values().stream().mapToLong(Place::size).sum();
  }

  private void letGo() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the journal did not close in order", e);
      }
    }
  }

  /** Lets go of the file. Closing twice is harmless. */
  @Override
  public void close() {
    if (backedUp.get() > droppedTo) {
      tidy();
    }
    letGo();
  }

  private boolean read(Path file, Consumer<Records.Found> each) {
    try {
      return Records.read(Files.readAllBytes(file), seal, each);
    } catch (IOException e) {
      LOG.log(Level.WARNING, file + " cannot be read", e);
      return false;
    }
  }

  private Path file(long segment) {
    return folder.resolve(String.format(Locale.ROOT, "%08d%s", segment, SUFFIX));
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d{8,18}\\" + SUFFIX))
          .sorted(Comparator.comparingLong(Journal::number))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "the journal in " + folder + " cannot be read", e);
      return List.of();
    }
  }
}
