package org.qalam.store.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.qalam.secret.KeyFile;
import org.qalam.secret.KeyRing;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/** Whether the documents of a data folder are under a passphrase, before they are opened. */
public final class Protection {
  private Protection() {}

  /**
   * What the data's key is locked in; empty where the documents are in the open. Any thread.
   *
   * @throws StoreException {@code DAMAGED} where the documents are sealed and the keys are gone or
   *     damaged
   */
  public static Optional<KeyRing> of(Path folder) {
    Path file = folder.toAbsolutePath().normalize().resolve("qalam" + H2File.SUFFIX);
    try {
      if (Files.exists(file) && H2File.isOpen(file)) {
        return Optional.empty(); // whatever else a program that was killed has left
      }
      Optional<KeyRing> ring = new KeyFile(folder).read();
      if (ring.isEmpty() && Files.exists(file) && H2File.isEncrypted(file)) {
        throw new StoreException(
            Reason.DAMAGED,
            "The notes in "
                + folder
                + " are locked with a passphrase, but the file qalam.keys and its copies are gone;"
                + " put one from a copy of this folder in its place.");
      }
      return ring;
    } catch (IOException e) {
      throw new StoreException(Reason.DAMAGED, String.valueOf(e.getMessage()), e);
    }
  }
}
