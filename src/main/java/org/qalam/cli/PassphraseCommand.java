package org.qalam.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.RecoveryKey;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code qalam passphrase}: encrypts all notes, and what else there is to it. */
@Command(
    name = "passphrase",
    description = {
      "Encrypts all notes with a passphrase, changes it, or decrypts them again.",
      "A passphrase is typed at the terminal, or is the first line of a file."
    },
    synopsisSubcommandLabel = "COMMAND")
public final class PassphraseCommand {
  private final Services services;
  private final PassphraseInput input;

  @Spec private CommandSpec spec = CommandSpec.create();

  public PassphraseCommand(Services services, PassphraseInput input) {
    this.services = services;
    this.input = input;
  }

  @Command(name = "status", description = "Says whether the notes are encrypted.")
  void status(@Option(names = "--json", description = "Prints JSON.") boolean json) {
    boolean isSecret = services.keys().isPresent();
    if (json) {
      Json.print(out(), Map.of("encrypted", isSecret));
    } else {
      say(isSecret ? "The notes are encrypted." : "The notes are not encrypted.");
    }
  }

  @Command(
      name = "set",
      description = {
        "Encrypts all notes, their versions and backups, and prints the recovery key, once.",
        "Write that down: nothing else opens the notes if the passphrase is forgotten."
      })
  void set(
      @Mixin NewPassphrase fresh,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    if (services.keys().isPresent()) {
      throw new StoreException(
          Reason.FAILED, "The notes are encrypted already; see passphrase change.");
    }
    try (Passphrase passphrase = input.fresh(fresh.file());
        RecoveryKey recovery = RecoveryKey.random();
        DataKey key = DataKey.random();
        DocumentStore store = StoredDocuments.open(services, spec)) {
      store.protect(key, KeyRing.lock(key, passphrase, recovery));
      if (json) {
        Json.print(out(), Map.of("recovery_key", recovery.words()));
      } else {
        say("The notes are encrypted. Recovery key: " + recovery.words());
      }
    }
  }

  @Command(
      name = "change",
      description = "Changes the passphrase; backups in files of their own keep the old one.")
  void change(@Mixin NewPassphrase fresh) {
    KeyRing ring = ring();
    try (DocumentStore store = StoredDocuments.open(services, spec);
        Passphrase passphrase = input.fresh(fresh.file())) {
      store.replaceKeys(ring.withPassphrase(input.apply(ring), passphrase));
      say("The passphrase is changed.");
    }
  }

  @Command(name = "remove", description = "Decrypts all notes.")
  void remove() {
    KeyRing _ = ring();
    try (DocumentStore store = StoredDocuments.open(services, spec)) {
      store.unprotect();
      say("The notes are not encrypted any more.");
    }
  }

  @Command(name = "recover", description = "Sets a new passphrase by means of the recovery key.")
  void recover(
      @Option(
              names = "--recovery-file",
              paramLabel = "FILE",
              description = "A file with the recovery key in its first line.")
          @Nullable Path recoveryFile,
      @Mixin NewPassphrase fresh) {
    KeyRing ring = ring();
    String typed =
        PassphraseInput.line(
            Optional.ofNullable(recoveryFile), "Recovery key: ", "the recovery key is needed");
    RecoveryKey recovery =
        RecoveryKey.parse(typed)
            .orElseThrow(() ->
                new StoreException(
                    Reason.SEALED, "A recovery key has eight groups of four letters and digits."));
    try (recovery;
        DataKey key =
            ring.unlock(recovery)
                .orElseThrow(() ->
                    new StoreException(
                        Reason.SEALED, "This is not the recovery key of the notes."));
        DocumentStore store = services.openStore(Optional.of(key));
        Passphrase passphrase = input.fresh(fresh.file())) {
      store.replaceKeys(ring.withPassphrase(key, passphrase));
      say("The passphrase is changed.");
    }
  }

  /** What the new passphrase is in. */
  static final class NewPassphrase {
    @Option(
        names = "--new-file",
        paramLabel = "FILE",
        description = "A file with the new passphrase in its first line.")
    private @Nullable Path file;

    Optional<Path> file() {
      return Optional.ofNullable(file);
    }
  }

  private KeyRing ring() {
    return services
        .keys()
        .orElseThrow(() ->
            new StoreException(Reason.FAILED, "The notes are not encrypted; see passphrase set."));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void say(String sentence) {
    out().println(sentence);
    out().flush();
  }
}
