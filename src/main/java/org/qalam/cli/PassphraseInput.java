package org.qalam.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/**
 * Where commands get a passphrase from: the first line of a file, or the terminal, where it is not
 * shown. Never an argument or a variable, which other programs can see. Confined to one thread.
 */
public final class PassphraseInput implements Function<KeyRing, DataKey> {
  private final QalamCommand root;
  private @Nullable DataKey known;

  public PassphraseInput(QalamCommand root) {
    this.root = root;
  }

  /** Unlocks the notes, asking once in a run. */
  @Override
  public DataKey apply(KeyRing ring) {
    DataKey key = known;
    if (key == null) {
      key = unlock(ring, root.passphraseFile(), "Passphrase: ", "the notes");
      known = key;
    }
    return key;
  }

  /**
   * Unlocks a key.
   *
   * @param file what the passphrase is in; without one it is asked for
   * @param whose of what it is, for who is told that it is wrong
   */
  DataKey unlock(KeyRing ring, Optional<Path> file, String prompt, String whose) {
    try (Passphrase typed = passphrase(file, prompt, whose + " are locked with a passphrase")) {
      return ring.unlock(typed)
          .orElseThrow(() ->
              new StoreException(Reason.SEALED, "This is not the passphrase of " + whose + "."));
    }
  }

  /** A new passphrase; at the terminal it has to be typed twice. */
  Passphrase fresh(Optional<Path> file) {
    Passphrase typed = passphrase(file, "New passphrase: ", "a new passphrase is needed");
    if (file.isEmpty()) {
      String again = line(Optional.empty(), "The same once more: ", "");
      try (Passphrase second = Passphrase.of(again)) {
        if (!typed.isSame(second)) {
          throw new StoreException(Reason.FAILED, "The two are not the same; nothing was changed.");
        }
      }
    }
    return typed;
  }

  private static Passphrase passphrase(Optional<Path> file, String prompt, String why) {
    try {
      return Passphrase.of(line(file, prompt, why));
    } catch (IllegalArgumentException e) {
      throw new StoreException(Reason.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /** One secret line. */
  static String line(Optional<Path> file, String prompt, String why) {
    if (file.isPresent()) {
      try {
        String content = Files.readString(file.get(), StandardCharsets.UTF_8);
        return content.lines().findFirst().orElse("");
      } catch (IOException e) {
        throw new StoreException(
            Reason.NOT_FOUND, file.get() + " cannot be read as a file with a passphrase.", e);
      }
    }
    char[] typed =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .map(console -> console.readPassword("%s", prompt))
            .orElseThrow(() ->
                new StoreException(
                    Reason.SEALED,
                    why
                        + ": name a file that has it in its first line, or run this at a"
                        + " terminal."));
    try {
      return new String(typed);
    } finally {
      Arrays.fill(typed, ' ');
    }
  }
}
