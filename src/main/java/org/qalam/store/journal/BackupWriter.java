package org.qalam.store.journal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Seal;

/**
 * A backup that is being written, beside its final place. Closing it before {@link #finish} leaves
 * nothing of it. Confined to one thread.
 */
public final class BackupWriter implements AutoCloseable {
  private final Runnable finished;
  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final OutputStream out;
  private final Optional<Seal> seal;
  private final Optional<KeyRing> keys;
  private long entries;

  /**
   * @param part where it is written until it is finished
   * @param seal what its entries are sealed with
   * @param keys what comes first and once more before the end, in the open
   * @param finished done when it has got its place
   */
  BackupWriter(
      Path part,
      Path file,
      Entry.Head head,
      Optional<Seal> seal,
      Optional<KeyRing> keys,
      Runnable finished)
      throws IOException {
    this.seal = seal;
    this.keys = keys;
    this.finished = finished;
    this.file = file;
    this.part = part;
    this.channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    addKeys();
    out.write(RecordFormat.write(head, seal).array());
  }

  private void addKeys() throws IOException {
    if (keys.isPresent()) {
      out.write(RecordFormat.write(new Entry.Keys(keys.get())).array());
    }
  }

  /** Writes one entry. */
  public void add(Entry entry) throws IOException {
    out.write(RecordFormat.write(entry, seal).array());
    entries++;
  }

  /**
   * Brings all to the disk, reads it again, and only then gives the backup its place.
   *
   * @throws IOException where it is not as it was written; it does not count then
   */
  public void finish() throws IOException {
    addKeys();
    out.write(RecordFormat.write(new Entry.Tail(entries), seal).array());
    out.flush();
    channel.force(true);
    channel.close();
    if (!Backups.isWhole(part, seal)) {
      throw new IOException(part + " is not what was written to it");
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Disk.forceFolder(file.resolveSibling("."));
    finished.run();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
