package org.qalam.store.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.qalam.document.Decision;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.store.journal.DocumentCopy;
import org.qalam.store.journal.Entry;
import org.qalam.store.journal.KeptRevision;

/**
 * Writes all that an open database holds to a new file under another seal, and checks that file.
 * The old one is only read.
 */
final class Resealing {
  private static final List<String> TABLES =
      List.of("document", "output", "decision", "revision", "setting");

  private Resealing() {}

  /**
   * Makes the new file, on disk when this returns.
   *
   * @param fresh where; what is there is replaced
   * @throws StoreException {@code DAMAGED} where something is not as it was written
   */
  static void write(Handle from, H2File fresh, List<Migration> migrations) throws IOException {
    Files.deleteIfExists(fresh.path());
    new Migrator(fresh, migrations).run();
    // Nobody depends on this file yet, and all of it is read below.
    try (Handle handle = fresh.openToCompact()) {
      handle.useTransaction(transaction -> {
        DocumentTable documents = new DocumentTable(transaction);
        OutputTable outputs = new OutputTable(transaction);
        DecisionTable decisions = new DecisionTable(transaction);
        RevisionTable revisions = new RevisionTable(transaction);
        BackupRun.read(
            from,
            entry -> {
              switch (entry) {
                case Entry.Text(DocumentCopy copy) -> documents.put(copy);
                case Entry.Proposal(var output) -> outputs.write(output);
                case Entry.Choice(Decision decision) -> decisions.write(List.of(decision));
                case Entry.Earlier(KeptRevision kept) ->
                    revisions.write(kept.revision(), kept.text());
                case Entry.Setting(String name, String content) ->
                    SettingTable.write(transaction, name, content);
                case Entry.Keys _, Entry.Head _, Entry.Tail _ -> {}
              }
            });
      });
    }
    Optional<Position> _ = Check.read(fresh);
    try (Handle handle = fresh.openReadOnly()) {
      BackupRun.read(handle, _ -> {}); // notices what is not as it was written
      for (String table : TABLES) {
        if (count(handle, table) != count(from, table)) {
          throw new StoreException(
              Reason.FAILED,
              "The notes could not be written anew ("
                  + table
                  + "s are missing); nothing was changed.");
        }
      }
    }
    try (FileChannel channel = FileChannel.open(fresh.path(), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static long count(Handle handle, String table) {
    return handle.select("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one();
  }
}
