package org.qalam.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
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
 * Closing it overwrites the key of the notes.
 */
public final class PassphraseInput implements Function<KeyRing, DataKey>, AutoCloseable {
  private final QalamCommand root;
  private final PrintWriter err;
  private @Nullable DataKey known;

  /**
   * @param err hears that somebody at a terminal has to wait
   */
  public PassphraseInput(QalamCommand root, PrintWriter err) {
    this.root = root;
    this.err = err;
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
      ConsoleProgress.say(err, "Unlocking...");
      return ring.unlock(typed)
          .orElseThrow(() ->
              new StoreException(Reason.SEALED, "This is not the passphrase of " + whose + "."));
    }
  }

  /** A new passphrase of the notes; at the terminal it has to be typed twice. */
  Passphrase fresh(Optional<Path> file) {
    return fresh(file, "New passphrase: ", "a new passphrase is needed");
  }

  /**
   * A passphrase that is made up now.
   *
   * @param file what it is in; without one it has to be typed twice
   * @param why it is needed, for whoever cannot type it
   */
  Passphrase fresh(Optional<Path> file, String prompt, String why) {
    Passphrase typed = passphrase(file, prompt, why);
    boolean isMeant = false;
    try {
      isMeant = file.isPresent() || isTypedAgain(typed);
      if (isMeant) {
        ConsoleProgress.say(err, "Locking...");
        return typed;
      }
      throw new StoreException(Reason.FAILED, "The two are not the same; nothing was changed.");
    } finally {
      if (!isMeant) {
        typed.close();
      }
    }
  }

  private static boolean isTypedAgain(Passphrase typed) {
    try (Passphrase second = passphrase(Optional.empty(), "The same once more: ", "")) {
      return typed.isSame(second);
    }
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

  /** Closing twice is harmless. */
  @Override
  public void close() {
    if (known != null) {
      known.close();
    }
    known = null;
  }
}
