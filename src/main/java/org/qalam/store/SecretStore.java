package org.qalam.store;

import java.util.Optional;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.task.StoreThread;

/**
 * Documents under a passphrase. Confined to the store's thread; errors are {@link StoreException}s,
 * after which everything is as it was.
 */
@StoreThread
public interface SecretStore {
  /** What the data's key is locked in; empty while everything is in the open. */
  Optional<KeyRing> keys();

  /**
   * Seals everything under a key: database, journal and backups are written anew, checked, and take
   * the place of the old ones, which are removed. Takes about as long as a backup.
   *
   * @param ring in which the key is locked; on disk before anything is sealed
   */
  void protect(DataKey key, KeyRing ring);

  /** Writes everything in the open again; the keys are removed. */
  void unprotect();

  /**
   * Exchanges what the key is locked in, after the passphrase or the recovery key was changed.
   * Backups in files of their own keep the old one.
   */
  void replaceKeys(KeyRing ring);
}
