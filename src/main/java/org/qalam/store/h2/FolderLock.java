package org.qalam.store.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/**
 * Holds a data folder for one store, against other processes and other stores in this one. H2's own
 * lock is not enough: it is shared within a process, and it is gone while a migration works on a
 * closed file. The operating system frees it however the process ends; the file {@value #NAME}
 * stays and means nothing by itself.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = "qalam.lock";

  /** There while the one that holds the folder is about to let go of it, and after a kill then. */
  private static final String CLOSING = "qalam.closing";

  /** Time that closing may take, with a backup and a file written anew. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Time from the end of {@value #CLOSING} to that of the lock. */
  private static final Duration LAST_STEP = Duration.ofSeconds(2);

  private static final Duration BETWEEN = Duration.ofMillis(20);

  private final FileChannel channel;
  private final Path closing;

  private FolderLock(FileChannel channel, Path closing) {
    this.channel = channel;
    this.closing = closing;
  }

  /**
   * Takes the folder, making it where it is missing. Waits for one that is closing: who opens the
   * window again in that second is not to hear that it is still open.
   */
  static FolderLock take(Path folder) {
    FileChannel channel = open(folder);
    Path closing = folder.resolve(CLOSING);
    boolean taken = false;
    try {
      if (tryLock(channel) == null && !comesFree(channel, closing)) {
        throw Errors.locked(folder, null);
      }
      taken = true;
      deleteQuietly(closing);
      return new FolderLock(channel, closing);
    } catch (IOException e) {
      throw new StoreException(
          Reason.FAILED,
          "The documents in "
              + folder
              + " cannot be locked for this Qalam ("
              + e.getMessage()
              + "); keep the data on a disk of this machine.",
          e);
    } finally {
      if (!taken) {
        closeQuietly(channel);
      }
    }
  }

  private static boolean comesFree(FileChannel channel, Path closing) throws IOException {
    if (Files.notExists(closing)) {
      return false;
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean isLastStep = false;
    while (System.nanoTime() < end) {
      try {
        Thread.sleep(BETWEEN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      if (tryLock(channel) != null) {
        return true;
      }
      if (!isLastStep && Files.notExists(closing)) {
        isLastStep = true;
        end = System.nanoTime() + LAST_STEP.toNanos();
      }
    }
    return false;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static FileChannel open(Path folder) {
    try {
      Files.createDirectories(folder);
      return FileChannel.open(
          folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      throw Errors.readOnly(folder, e);
    } catch (IOException e) {
      if (Errors.saysReadOnly(e)) {
        throw Errors.readOnly(folder, e);
      }
      if (Errors.saysDiskFull(e)) {
        throw Errors.diskFull(folder, e);
      }
      throw new StoreException(
          Reason.FAILED,
          "The folder " + folder + " cannot be used for documents (" + e.getMessage() + ").",
          e);
    }
  }

  /** Tells others that the folder comes free, after what is done at closing. */
  void willClose() {
    try {
      Files.write(closing, new byte[0]);
    } catch (IOException e) { // then they hear that it is open, which is true
      System.getLogger(FolderLock.class.getName())
          .log(System.Logger.Level.DEBUG, "nobody hears of the closing", e);
    }
  }

  @Override
  public void close() {
    deleteQuietly(closing);
    closeQuietly(channel);
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(FolderLock.class.getName())
          .log(System.Logger.Level.DEBUG, "a file about the closing stays", e);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(FolderLock.class.getName())
          .log(System.Logger.Level.DEBUG, "lock file did not close", e);
    }
  }
}
