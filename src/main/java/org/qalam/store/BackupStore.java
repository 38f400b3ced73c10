package org.qalam.store;

import java.nio.file.Path;
import java.util.Optional;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.task.StoreThread;

/** All documents in one file that can be carried elsewhere. Errors are {@link StoreException}s. */
public interface BackupStore {
  /**
   * Writes all documents, those in the bin included, with their versions, proposals, decisions and
   * the settings to a file, and reads it again before it takes its name. Where the documents are
   * under a passphrase, so is the backup.
   *
   * <p>On any thread: it reads beside whoever saves meanwhile, and is of one moment.
   *
   * @param file is replaced where it exists
   * @return number of documents in it
   */
  default int backUp(Path file) {
    return backUp(file, Optional.empty());
  }

  /**
   * The same with a passphrase of the file's own, whether the documents have one or not: it alone
   * opens the file, and there is no recovery key. Takes two seconds longer, and 64 MiB.
   *
   * @param passphrase is not closed here
   */
  int backUp(Path file, Optional<Passphrase> passphrase);

  /**
   * Takes over what a backup has and this store has not. No document that is here is changed: where
   * its text is another one, the backup's is kept as a version with a name. One that is in the bin
   * here and was not in the backup is taken out of it. Confined to the store's thread.
   */
  @StoreThread
  default Restored restore(Path file) {
    return restore(file, Optional.empty());
  }

  /**
   * The same for a backup that is locked with a passphrase of its own.
   *
   * @param key of {@link #lockOf}
   * @throws StoreException {@code SEALED} where it is needed and missing, {@code DAMAGED} where it
   *     is another one
   */
  @StoreThread
  Restored restore(Path file, Optional<DataKey> key);

  /**
   * What a backup's key is locked in; empty where it is in the open, or of these very documents.
   * Any thread.
   */
  Optional<KeyRing> lockOf(Path file);

  /**
   * What came of it.
   *
   * @param documents number of documents in the backup
   * @param added number of them that were not here, or in the bin, or damaged
   * @param versions number of other texts that were kept as versions
   * @param isWhole whether the backup is as it was written; otherwise what was intact was taken
   */
  record Restored(int documents, int added, int versions, boolean isWhole) {}
}
