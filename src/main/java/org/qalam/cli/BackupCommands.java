package org.qalam.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qalam.secret.DataKey;
import org.qalam.secret.Passphrase;
import org.qalam.store.BackupStore;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam backup} and {@code qalam restore}: all documents in one file. */
public final class BackupCommands {
  private BackupCommands() {}

  /** The command that makes a backup. */
  public static Object backup(Services services, PassphraseInput input) {
    return new Backup(services, input);
  }

  /** The command that takes one over. */
  public static Object restore(Services services, PassphraseInput input) {
    return new Restore(services, input);
  }

  @Command(
      name = "backup",
      description = {
        "Writes all documents, their versions and the settings to one file, and reads it again.",
        "It opens with the passphrase of the notes, if they have one, or with one of its own."
      })
  static final class Backup implements Runnable {
    private final Services services;
    private final PassphraseInput input;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file to make.")
    private Path file = Path.of("");

    @Option(
        names = "--backup-passphrase",
        description = {
          "Asks for a passphrase of the backup's own, which is typed twice.",
          "Without it nobody can read the file; it has no recovery key."
        })
    private boolean isAsked;

    @Option(
        names = "--backup-passphrase-file",
        paramLabel = "FILE",
        description = "The same with the passphrase in the first line of a file.")
    private @Nullable Path passphraseFile;

    @Option(names = "--replace", description = "Replaces an existing file.")
    private boolean replace;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    Backup(Services services, PassphraseInput input) {
      this.services = services;
      this.input = input;
    }

    @Override
    public void run() {
      if (isAsked && passphraseFile != null) {
        throw new ParameterException(
            spec.commandLine(),
            "The passphrase is typed or in a file; give one of --backup-passphrase and"
                + " --backup-passphrase-file.");
      }
      if (Files.exists(file) && !Files.isDirectory(file) && !replace) {
        throw new StoreException(
            StoreException.Reason.FAILED,
            file + " exists and is left as it is; choose another name, or add --replace.");
      }
      PrintWriter out = spec.commandLine().getOut();
      try (DocumentStore store = StoredDocuments.open(services, spec)) {
        int documents = write(store);
        if (json) {
          Json.print(out, Map.of("file", file.toString(), "documents", documents));
        } else {
          out.println(StoredDocuments.areIn(documents, file));
          out.flush();
        }
      }
    }

    private int write(DocumentStore store) {
      if (!isAsked && passphraseFile == null) {
        return store.backUp(file);
      }
      try (Passphrase own =
          input.fresh(
              Optional.ofNullable(passphraseFile),
              "Passphrase of the backup: ",
              "a passphrase of the backup is needed")) {
        return store.backUp(file, Optional.of(own));
      }
    }
  }

  @Command(
      name = "restore",
      description = {
        "Takes over what a backup has and is not here. No document that is here is changed:",
        "where its text is another one, the backup's is kept as a version of it."
      })
  static final class Restore implements Runnable {
    private final Services services;
    private final PassphraseInput input;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A backup.")
    private Path file = Path.of("");

    @Option(
        names = "--backup-passphrase-file",
        paramLabel = "FILE",
        description = "Has the passphrase of the backup in its first line, if it has another.")
    private @Nullable Path passphraseFile;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    Restore(Services services, PassphraseInput input) {
      this.services = services;
      this.input = input;
    }

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter err = spec.commandLine().getErr();
      try (DocumentStore store = StoredDocuments.open(services, spec)) {
        Optional<DataKey> key =
            store
                .lockOf(file)
                .map(ring ->
                    input.unlock(
                        ring,
                        Optional.ofNullable(passphraseFile),
                        "Passphrase of " + file + ": ",
                        "the notes in " + file));
        BackupStore.Restored restored;
        try {
          restored = store.restore(file, key);
        } finally {
          key.ifPresent(DataKey::close);
        }
        if (!restored.isWhole()) {
          err.println(file + " is damaged; what is intact in it was taken over.");
          err.flush();
        }
        if (json) {
          Map<String, Object> facts = new LinkedHashMap<>();
          facts.put("documents", restored.documents());
          facts.put("added", restored.added());
          facts.put("versions", restored.versions());
          facts.put("whole", restored.isWhole());
          Json.print(out, facts);
        } else {
          out.println(
              "Of %d documents %d were not here and are now; %d other texts are kept as versions."
                  .formatted(restored.documents(), restored.added(), restored.versions()));
          out.flush();
        }
      }
    }
  }
}
