package org.qalam.store.h2;

import java.nio.file.Path;
import java.util.Optional;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.DocumentStore;

/** Puts a folder's documents under a passphrase and in the open again, for ever. */
final class ResealingProgram {
  private ResealingProgram() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Passphrase passphrase = Passphrase.of(SecretStoreTest.PASSPHRASE);
    Optional<KeyRing> locked = Protection.of(folder);
    DataKey key =
        locked.map(ring -> ring.unlock(passphrase).orElseThrow()).orElseGet(DataKey::random);
    KeyRing ring = locked.orElseGet(() -> KeyRing.lock(key, passphrase, RecoveryKey.random()));
    try (DocumentStore store =
        locked.isPresent() ? H2DocumentStore.open(folder, key) : H2DocumentStore.open(folder)) {
      System.out.println("open");
      System.out.flush();
      while (true) {
        if (store.keys().isPresent()) {
          store.unprotect();
        } else {
          store.protect(key, ring);
        }
        System.out.println("done");
        System.out.flush();
      }
    }
  }
}
