package org.qalam.store.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the folder, making it where it is missing. */
  static FolderLock take(Path folder) {
    FileChannel channel = open(folder);
    boolean taken = false;
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        throw Errors.locked(folder, null);
      }
      taken = true;
      return new FolderLock(channel);
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

  @Override
  public void close() {
    closeQuietly(channel);
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
