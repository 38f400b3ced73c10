package org.qalam.store.h2;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/** Words for what the database or the disk says. */
final class Errors {
  /** Below this many usable bytes a failed write is put down to a full disk. */
  private static final long NO_SPACE = 256 * 1024;

  private Errors() {}

  static StoreException sealed(Path folder) {
    return new StoreException(
        Reason.SEALED,
        "The notes in " + folder + " are locked with a passphrase, which has to be given first.");
  }

  static StoreException locked(Path folder, @Nullable Throwable cause) {
    return new StoreException(
        Reason.LOCKED,
        "Another Qalam has the documents in "
            + folder
            + " open; go on there, or close it and try again.",
        cause);
  }

  static StoreException readOnly(Path folder, Throwable cause) {
    return new StoreException(
        Reason.READ_ONLY,
        "The folder "
            + folder
            + " cannot be written to; allow writing there, or choose another folder with --home.",
        cause);
  }

  static StoreException vanished(Path folder) {
    return new StoreException(
        Reason.FAILED,
        "The folder "
            + folder
            + " is not where it was (it was moved or renamed, or its disk was taken out), so nothing can"
            + " be saved; bring it back, or save a copy elsewhere.");
  }

  static StoreException diskFull(Path folder, Throwable cause) {
    return new StoreException(
        Reason.DISK_FULL,
        "The disk that holds "
            + folder
            + " is full; free some space and save again (what was saved before is safe).",
        cause);
  }

  static StoreException tooNew(Path file, @Nullable Throwable cause) {
    return new StoreException(
        Reason.TOO_NEW,
        file
            + " was written by a newer Qalam and is left as it is; open it with that version, or"
            + " choose another folder with --home.",
        cause);
  }

  static StoreException damagedFile(Path file, @Nullable Throwable cause) {
    return new StoreException(
        Reason.DAMAGED,
        "Parts of "
            + file
            + " cannot be read: the file is damaged; close Qalam and start it anew, and it takes the"
            + " copies that it has of your documents.",
        cause);
  }

  static StoreException damagedWithoutCopies(Path file, Throwable cause) {
    return new StoreException(
        Reason.DAMAGED,
        "Parts of "
            + file
            + " cannot be read: the file is damaged, and the folder holds no copy of a document; put"
            + " a copy of your own in its place, or move it away to begin anew.",
        cause);
  }

  /**
   * What a failed statement means.
   *
   * @param folder data folder
   * @param file database file in it
   */
  static StoreException translate(Throwable error, Path folder, Path file) {
    if (error instanceof StoreException already) {
      return already;
    }
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (saysDiskFull(e)) {
        return diskFull(folder, error);
      }
    }
    boolean input = false;
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        switch (sql.getErrorCode()) {
          case ErrorCode.DATABASE_ALREADY_OPEN_1 -> {
            return locked(folder, error);
          }
          case ErrorCode.DATABASE_IS_READ_ONLY -> {
            return readOnly(folder, error);
          }
          case ErrorCode.FILE_VERSION_ERROR_1 -> {
            return tooNew(file, error);
          }
          // Its key is the right one, as far as anything is, so its first page is not.
          case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_ENCRYPTION_ERROR_1 -> {
            return damagedFile(file, error);
          }
          default -> {}
        }
      }
      if (e instanceof MVStoreException store) {
        switch (store.getErrorCode()) {
          case DataUtils.ERROR_FILE_LOCKED -> {
            return locked(folder, error);
          }
          case DataUtils.ERROR_UNSUPPORTED_FORMAT -> {
            return tooNew(file, error);
          }
          case DataUtils.ERROR_FILE_CORRUPT,
              DataUtils.ERROR_CHUNK_NOT_FOUND,
              DataUtils.ERROR_BLOCK_NOT_FOUND,
              DataUtils.ERROR_SERIALIZATION,
              DataUtils.ERROR_INTERNAL -> {
            return damagedFile(file, error);
          }
          default -> {}
        }
      }
      input |= e instanceof IOException && !(e instanceof ClosedByInterruptException);
    }
    if (input && usable(folder) < NO_SPACE) {
      return diskFull(folder, error);
    }
    return new StoreException(
        Reason.FAILED,
        "The documents in "
            + file
            + " could not be read or written ("
            + firstLine(error)
            + "); try again, and start Qalam anew if that does not help.",
        error);
  }

  static boolean saysDiskFull(Throwable error) {
    String message = message(error);
    return error instanceof IOException
        && (message.contains("no space left")
            || message.contains("not enough space")
            || message.contains("quota exceeded"));
  }

  static boolean saysReadOnly(Throwable error) {
    return error instanceof IOException && message(error).contains("read-only");
  }

  private static String message(Throwable error) {
    String message = error.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }

  private static String firstLine(Throwable error) {
    Throwable root = error;
    for (Throwable e = error; e != null; e = e.getCause()) {
      root = e;
    }
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    // H2 appends the statement; it says nothing to a reader.
    String line = message.lines().findFirst().orElse("");
    int statement = line.indexOf("; SQL statement");
    return statement < 0 ? line : line.substring(0, statement);
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
