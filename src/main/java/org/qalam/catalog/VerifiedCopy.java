package org.qalam.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.qalam.catalog.CatalogException.Reason;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Copies files to another disk and reads what it wrote again, since cards and sticks say that they
 * have written what they have not. One use, on one thread.
 */
final class VerifiedCopy {
  /** Bytes that stay free for others. */
  private static final long SPARE = 64L << 20;

  private static final double MEGABYTE = 1e6;

  private final Progress progress;
  private final CancellationToken cancellation;

  /** Bytes to read: everything twice, as it is copied and as it is checked. */
  private final long total;

  private long done;

  /**
   * @param bytes of all files that will be copied
   * @param progress hears of bytes copied and checked
   */
  VerifiedCopy(long bytes, Progress progress, CancellationToken cancellation) {
    this.total = 2 * bytes;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * The files of a folder and of those in it, by their paths within it.
   *
   * @throws CatalogException where there is a link, which leads who knows where
   */
  static List<Path> files(Path folder) throws IOException, CatalogException {
    List<Path> files = new ArrayList<>();
    List<Path> links = new ArrayList<>();
    var _ =
        Files.walkFileTree(
            folder,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                (facts.isRegularFile() ? files : links).add(folder.relativize(file));
                return FileVisitResult.CONTINUE;
              }
            });
    if (!links.isEmpty()) {
      throw new CatalogException(
          Reason.UNSUPPORTED,
          folder.resolve(links.getFirst())
              + ": this is a link, which cannot be moved; put the files themselves there");
    }
    return files;
  }

  /**
   * Asks the disk for room.
   *
   * @param to folder that need not exist yet
   * @throws CatalogException where there is not enough of it
   */
  static void requireRoom(Path to, long bytes) throws IOException, CatalogException {
    Path there = to.toAbsolutePath();
    while (!Files.exists(there)) {
      Path parent = there.getParent();
      if (parent == null) {
        return;
      }
      there = parent;
    }
    FileStore disk = Files.getFileStore(there);
    if (disk.getUsableSpace() < bytes + SPARE) {
      throw new CatalogException(
          Reason.FAILED,
          String.format(
              java.util.Locale.ROOT,
              "%s: there is not enough room; %.0f MB are needed and %.0f MB are free",
              to,
              (bytes + SPARE) / MEGABYTE,
              disk.getUsableSpace() / MEGABYTE));
    }
  }

  /**
   * Copies a file, and reads the copy again.
   *
   * @return its SHA-256 in lower-case hexadecimal
   * @throws CatalogException where the copy is another one
   */
  String copy(Path from, Path to) throws IOException, CatalogException {
    Path folder = to.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest);
        FileChannel channel =
            FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        OutputStream out = Channels.newOutputStream(channel)) {
      byte[] buffer = new byte[1 << 20];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        cancellation.throwIfCancelled();
        out.write(buffer, 0, read);
        advance(read);
      }
      channel.force(true);
    }
    String wanted = HexFormat.of().formatHex(digest.digest());
    long before = done;
    String found =
        ModelFolder.sha256(to, (now, _) -> progress.report(before + now, total), cancellation);
    advance(Files.size(to));
    if (!found.equals(wanted)) {
      throw new CatalogException(
          Reason.CHANGED, to + ": the copy is not what was written; the disk may be broken");
    }
    return found;
  }

  private void advance(long bytes) {
    done += bytes;
    progress.report(done, total);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
