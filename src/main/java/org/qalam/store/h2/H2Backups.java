package org.qalam.store.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.qalam.document.Decision;
import org.qalam.document.Revision;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.secret.Seal;
import org.qalam.store.BackupStore;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.store.h2.DocumentTable.Found;
import org.qalam.store.journal.Backups;
import org.qalam.store.journal.DocumentCopy;
import org.qalam.store.journal.Entry;
import org.qalam.store.journal.KeptRevision;
import org.qalam.task.StoreThread;

/**
 * Backups that the writer asks for. Restoring belongs to the database's thread; making one goes
 * through a connection of its own.
 */
final class H2Backups implements BackupStore {
  private final Database database;
  private final InstantSource clock;

  H2Backups(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public int backUp(Path file, Optional<Passphrase> passphrase) {
    Path target = file.toAbsolutePath().normalize();
    if (Files.isDirectory(target)) {
      throw new StoreException(
          Reason.FAILED, file + " is a folder; give the backup a name, such as qalam.backup.");
    }
    database.requireOpen();
    Optional<Backups.Lock> own = passphrase.map(H2Backups::lock);
    try {
      return database.beside(handle -> {
        BackupRun.make(handle, target, own.or(this::notesLock), clock.instant());
        return Position.count(handle);
      });
    } catch (IOException e) {
      Reason reason = Errors.translate(e, target.resolveSibling("."), target).reason();
      throw new StoreException(
          reason,
          file + " was not written (" + because(reason, e) + "); the documents are untouched.",
          e);
    }
  }

  /** A new key, which nothing but this one file is sealed under. */
  private static Backups.Lock lock(Passphrase passphrase) {
    try (DataKey key = DataKey.random()) {
      return new Backups.Lock(Sealing.backups(key), KeyRing.lock(key, passphrase));
    }
  }

  /** The notes' own, where they have one. */
  private Optional<Backups.Lock> notesLock() {
    return database
        .file()
        .sealing()
        .backups()
        .map(seal -> new Backups.Lock(seal, database.keys().orElseThrow()));
  }

  private static String because(Reason reason, IOException e) {
    return switch (reason) {
      case DISK_FULL -> "its disk is full";
      case READ_ONLY -> "its folder may not be changed";
      default -> e instanceof NoSuchFileException ? "there is no such folder" : "" + e;
    };
  }

  @Override
  public Optional<KeyRing> lockOf(Path file) {
    try {
      return isOurs(file) ? Optional.empty() : Backups.keys(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Whether a backup is sealed under the key of these documents. */
  private boolean isOurs(Path file) throws IOException {
    Optional<Seal> own = database.file().sealing().backups();
    return own.isPresent() && Backups.isReadable(file, own);
  }

  private static StoreException unreadable(Path file, IOException cause) {
    return new StoreException(
        Reason.NOT_FOUND, file + " cannot be read; check its name. Nothing was changed.", cause);
  }

  @Override
  @StoreThread
  public Restored restore(Path file, Optional<DataKey> key) {
    List<Entry> entries = new ArrayList<>();
    boolean isWhole;
    try {
      Optional<Seal> own = isOurs(file) ? database.file().sealing().backups() : Optional.empty();
      Optional<Seal> seal = key.map(Sealing::backups).or(() -> own);
      if (seal.isEmpty() && Backups.keys(file).isPresent()) {
        throw new StoreException(
            Reason.SEALED, file + " is locked with a passphrase. Nothing was changed.");
      }
      isWhole = Backups.read(file, seal, entries::add);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (entries.stream().noneMatch(H2Backups::isOfBackup)) {
      throw new StoreException(
          Reason.DAMAGED, file + " is not a backup of Qalam, or damaged. Nothing was changed.");
    }
    return database.write(handle -> new Taking(handle).all(entries, isWhole));
  }

  /** Whether there is something to take: a damaged head alone costs nothing else. */
  private static boolean isOfBackup(Entry entry) {
    return entry instanceof Entry.Head || entry instanceof Entry.Text;
  }

  /** One restoring, inside its transaction. */
  private final class Taking {
    private final Handle handle;
    private final DocumentTable documents;
    private final RevisionTable revisions;
    private String name = "";
    private int seen;
    private int added;
    private int versions;

    Taking(Handle handle) {
      this.handle = handle;
      this.documents = new DocumentTable(handle);
      this.revisions = new RevisionTable(handle);
    }

    Restored all(List<Entry> entries, boolean isWhole) {
      OutputTable outputs = new OutputTable(handle);
      Map<UUID, Set<Decision>> decided = new LinkedHashMap<>();
      List<Decision> decisions = new ArrayList<>();
      name = nameWithoutHead(entries);
      for (Entry entry : entries) {
        switch (entry) {
          case Entry.Keys _ -> {}
          case Entry.Head head -> name = day(head.made());
          case Entry.Text(DocumentCopy copy) -> take(copy);
          case Entry.Earlier(KeptRevision kept) -> {
            if (revisions.find(kept.revision().id()).isEmpty()) {
              revisions.write(kept.revision(), kept.text());
            }
          }
          case Entry.Proposal(var output) -> {
            if (outputs.find(output.id()).isEmpty()) {
              outputs.write(output);
            }
          }
          case Entry.Choice(Decision decision) -> {
            if (decided
                .computeIfAbsent(decision.document().value(), this::decisions)
                .add(decision)) {
              decisions.add(decision);
            }
          }
          case Entry.Setting(String setting, String content) -> {
            if (!Position.NAME.equals(setting) && !isSet(setting)) {
              SettingTable.write(handle, setting, content);
            }
          }
          case Entry.Tail _ -> {}
        }
      }
      new DecisionTable(handle).write(decisions);
      return new Restored(seen, added, versions, isWhole);
    }

    /** The day of the last change that is in it. */
    private String nameWithoutHead(List<Entry> entries) {
      return entries.stream()
          .filter(Entry.Text.class::isInstance)
          .map(text -> ((Entry.Text) text).copy().modified())
          .max(Comparator.naturalOrder())
          .map(this::day)
          .orElse("");
    }

    private String day(Instant time) {
      return time.toString().substring(0, 10);
    }

    private Set<Decision> decisions(UUID document) {
      Set<Decision> here = new HashSet<>();
      new DecisionTable(handle).of(document).forEach(found -> found.ifPresent(here::add));
      return here;
    }

    private boolean isSet(String setting) {
      return handle
              .select("SELECT COUNT(*) FROM setting WHERE name = ?", setting)
              .mapTo(Integer.class)
              .one()
          > 0;
    }

    private void take(DocumentCopy copy) {
      seen++;
      UUID id = copy.id().value();
      if (documents.find(id).orElse(null) instanceof Found.Intact(DocumentRow row, String text)) {
        if (row.isDeleted() && copy.deleted().isEmpty()) {
          added++;
          database.changes().note(handle, documents.setDeleted(row, null), text);
        }
        if (!text.equals(copy.text()) && !isKept(id, copy.text())) {
          versions++;
          Revision _ =
              revisions.add(
                  id,
                  copy.revision(),
                  Micros.of(copy.modified()),
                  copy.text(),
                  name,
                  clock.instant());
        }
      } else {
        added++;
        documents.put(copy);
        DocumentRow row = documents.row(id).orElseThrow();
        database.changes().note(handle, row, copy.text());
      }
    }

    private boolean isKept(UUID document, String text) {
      return revisions.of(document).stream()
          .filter(row -> row.revision().length() == text.length())
          .anyMatch(row -> revisions.text(row).filter(text::equals).isPresent());
    }
  }
}
