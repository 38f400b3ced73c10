package org.qalam.store.h2;

import java.nio.file.Path;
import java.util.HexFormat;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.DocumentStore;

/** Puts a folder's documents under a passphrase and in the open again, for ever. */
final class ResealingProgram {
  private ResealingProgram() {}

  /** Arguments: folder, keys in hexadecimal digits, what unlocks them. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    KeyRing ring = KeyRing.read(HexFormat.of().parseHex(arguments[1])).orElseThrow();
    DataKey key = ring.unlock(RecoveryKey.parse(arguments[2]).orElseThrow()).orElseThrow();
    boolean isLocked = Protection.of(folder).isPresent();
    try (DocumentStore store =
        isLocked ? H2DocumentStore.open(folder, key) : H2DocumentStore.open(folder)) {
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
