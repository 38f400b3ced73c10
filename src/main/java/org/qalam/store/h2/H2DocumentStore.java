package org.qalam.store.h2;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.qalam.document.Decision;
import org.qalam.document.DeletedDocument;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.document.Revision;
import org.qalam.document.Shelf;
import org.qalam.document.TextSummary;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.store.DocumentStore;
import org.qalam.store.Repair;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.task.StoreThread;
import org.qalam.task.Time;

/**
 * Documents in an H2 file, {@code qalam.mv.db} in the data folder. Confined to the thread that
 * opened it; any other thread gets an {@link IllegalStateException}.
 *
 * <p>What a method acknowledges by returning is on disk, also for a process that is killed at once.
 * Each text carries its SHA-256: a text that no longer agrees with it is never handed out, but
 * reported as {@link Reason#DAMAGED}. After a failed write the store opens its file anew at the
 * next call.
 *
 * <p>Beside the file are a journal of every change of a document ({@code journal}) and three
 * backups ({@code backups}), of which a damaged file is mended when it is opened.
 *
 * <p>An output or a setting that is damaged is left out as if it had not been kept, and logged by
 * its name.
 */
@StoreThread
public final class H2DocumentStore implements DocumentStore {
  private static final System.Logger LOG = System.getLogger(H2DocumentStore.class.getName());

  private final Database database;
  private final InstantSource clock;
  private final H2Revisions revisions;
  private final H2Bin bin;
  private final H2Backups wanted;
  private final H2Shelves shelves;
  private final Time time;
  private QuietBackups backups;
  private boolean isClosed;

  private H2DocumentStore(Database database, InstantSource clock, Time time) {
    this.database = database;
    this.clock = clock;
    this.time = time;
    this.revisions = new H2Revisions(database, clock);
    this.bin = new H2Bin(database, clock);
    this.wanted = new H2Backups(database, clock);
    this.shelves = new H2Shelves(database);
    this.backups = new QuietBackups(database, clock, time);
  }

  /**
   * Opens the documents in a data folder, making both where they are missing, and bringing an older
   * file to this version (the older one is kept beside it).
   *
   * @throws StoreException {@code SEALED} where they are under a passphrase; {@code LOCKED} where
   *     another store has the folder, in this process or another; {@code TOO_NEW}, {@code
   *     READ_ONLY}, {@code DISK_FULL}, {@code DAMAGED}
   */
  public static H2DocumentStore open(Path folder) {
    if (Protection.of(folder).isPresent()) {
      throw Errors.sealed(folder);
    }
    return open(folder, "file", InstantSource.system(), Schema.migrations());
  }

  /**
   * The same for documents under a passphrase.
   *
   * @param key that {@link Protection#of} is unlocked to
   */
  public static H2DocumentStore open(Path folder, DataKey key) {
    return open(
        folder,
        "file",
        Sealing.under(key),
        InstantSource.system(),
        Time.system(),
        Schema.migrations());
  }

  static H2DocumentStore open(
      Path folder, String scheme, InstantSource clock, List<Migration> migrations) {
    return open(folder, scheme, clock, Time.system(), migrations);
  }

  /**
   * @param clock the date
   * @param time when backups are made
   */
  static H2DocumentStore open(
      Path folder, String scheme, InstantSource clock, Time time, List<Migration> migrations) {
    return open(folder, scheme, Sealing.NONE, clock, time, migrations);
  }

  static H2DocumentStore open(
      Path folder,
      String scheme,
      Sealing sealing,
      InstantSource clock,
      Time time,
      List<Migration> migrations) {
    H2DocumentStore store =
        new H2DocumentStore(
            Database.open(folder.toAbsolutePath().normalize(), scheme, sealing, migrations),
            clock,
            time);
    store.bin.lookThrough();
    return store;
  }

  @Override
  public Optional<Repair> repair() {
    return database.repair();
  }

  @Override
  public List<DocumentSummary> list() {
    return database.read(handle -> new DocumentTable(handle).list());
  }

  @Override
  public Document create(String title, String text) {
    UUID id = UUID.randomUUID();
    DocumentRow row =
        database.write(handle -> {
          DocumentRow made = new DocumentTable(handle).insert(id, title, text, now());
          database.changes().note(handle, made, text);
          return made;
        });
    return DocumentTable.document(row, text);
  }

  @Override
  public Optional<Document> find(DocumentId id) {
    return database.read(handle -> new DocumentTable(handle).find(id.value())).flatMap(this::open);
  }

  private Optional<Document> open(DocumentTable.Found found) {
    return switch (found) {
      case DocumentTable.Found.Intact(DocumentRow row, String text) ->
          row.isDeleted() ? Optional.empty() : Optional.of(DocumentTable.document(row, text));
      case DocumentTable.Found.OnlyText(DocumentRow row, String text) ->
          Optional.of(DocumentTable.documentWithoutFacts(row, text));
      case DocumentTable.Found.Damaged(DocumentRow row) -> throw damaged(row);
    };
  }

  @Override
  public long save(DocumentId id, String text, int caret) {
    return database.write(handle -> {
      DocumentTable documents = new DocumentTable(handle);
      DocumentRow old = required(documents.row(id.value()), id);
      Instant now = clock.instant();
      if (!old.isTextIntact(text)) {
        revisions.beforeSave(handle, old, TextSummary.countWords(text), now);
      }
      DocumentRow saved = documents.save(old, text, caret, Micros.of(now));
      // Where the caret alone has moved, that is not worth a copy of the text.
      if (saved.revision() != old.revision()) {
        database.changes().note(handle, saved, text);
      }
      return saved.revision();
    });
  }

  @Override
  public void rename(DocumentId id, String title) {
    database.write(handle -> {
      DocumentTable documents = new DocumentTable(handle);
      switch (required(documents.find(id.value()), id)) {
        case DocumentTable.Found.Intact(DocumentRow row, String text) ->
            database.changes().note(handle, documents.rename(row, title, text), text);
        case DocumentTable.Found.OnlyText(DocumentRow row, String text) -> {
          DocumentRow bare = DocumentTable.withoutFacts(row, text);
          database.changes().note(handle, documents.rename(bare, title, text), text);
        }
        case DocumentTable.Found.Damaged(DocumentRow row) -> throw damaged(row);
      }
      return true;
    });
  }

  @Override
  public List<DeletedDocument> bin() {
    return bin.bin();
  }

  @Override
  public void delete(DocumentId id) {
    bin.delete(id);
  }

  @Override
  public void undelete(DocumentId id) {
    bin.undelete(id);
  }

  @Override
  public void purge(DocumentId id) {
    bin.purge(id);
  }

  @Override
  public List<Revision> revisions(DocumentId document) {
    return revisions.revisions(document);
  }

  @Override
  public String revisionText(UUID revision) {
    return revisions.revisionText(revision);
  }

  @Override
  public Revision keepRevision(DocumentId document, String name) {
    return revisions.keepRevision(document, name);
  }

  @Override
  public void nameRevision(UUID revision, String name) {
    revisions.nameRevision(revision, name);
  }

  @Override
  public void removeRevision(UUID revision) {
    revisions.removeRevision(revision);
  }

  @Override
  public Map<DocumentId, Shelf> shelves() {
    return shelves.shelves();
  }

  @Override
  public void putShelf(DocumentId document, Shelf shelf) {
    shelves.putShelf(document, shelf);
  }

  @Override
  public int backUp(Path file, Optional<Passphrase> passphrase) {
    return wanted.backUp(file, passphrase);
  }

  @Override
  public Restored restore(Path file, Optional<DataKey> key) {
    return wanted.restore(file, key);
  }

  @Override
  public Optional<KeyRing> lockOf(Path file) {
    return wanted.lockOf(file);
  }

  @Override
  public Optional<KeyRing> keys() {
    return database.keys();
  }

  @Override
  public void protect(DataKey key, KeyRing ring) {
    reseal(Sealing.under(key), Optional.of(ring));
  }

  @Override
  public void unprotect() {
    reseal(Sealing.NONE, Optional.empty());
  }

  private void reseal(Sealing sealing, Optional<KeyRing> ring) {
    backups.close(); // it has a connection of its own
    try {
      database.reseal(sealing, ring);
    } finally {
      backups = new QuietBackups(database, clock, time);
    }
  }

  @Override
  public void replaceKeys(KeyRing ring) {
    database.replaceKeys(ring);
  }

  @Override
  public void add(Output output) {
    database.write(handle -> {
      new OutputTable(handle).write(output);
      return true;
    });
  }

  @Override
  public void setFate(UUID output, Output.Fate fate) {
    database.write(handle -> {
      OutputTable outputs = new OutputTable(handle);
      OutputTable.Checked found =
          outputs
              .find(output)
              .orElseThrow(() ->
                  new StoreException(
                      Reason.NOT_FOUND, "There is no output " + output + " in " + path() + "."));
      if (found.intact()) {
        outputs.setFate(found.output(), fate);
      } else {
        logDamaged("output " + output);
      }
      return true;
    });
  }

  @Override
  public List<Output> outputs(DocumentId document) {
    List<Output> outputs = new ArrayList<>();
    for (OutputTable.Checked found :
        database.read(handle -> new OutputTable(handle).of(document.value()))) {
      if (found.intact()) {
        outputs.add(found.output());
      } else {
        logDamaged("output " + found.output().id());
      }
    }
    return outputs;
  }

  @Override
  public void note(List<Decision> decisions) {
    database.write(handle -> {
      new DecisionTable(handle).write(decisions);
      return true;
    });
  }

  @Override
  public List<Decision> decisions(DocumentId document) {
    List<Decision> decisions = new ArrayList<>();
    for (Optional<Decision> found :
        database.read(handle -> new DecisionTable(handle).of(document.value()))) {
      if (found.isPresent()) {
        decisions.add(found.get());
      } else {
        logDamaged("a decision about document " + document);
      }
    }
    return decisions;
  }

  @Override
  public Optional<String> setting(String key) {
    return database.read(handle -> {
      try {
        return SettingTable.read(handle, key);
      } catch (StoreException e) {
        logDamaged("setting " + key);
        return Optional.empty();
      }
    });
  }

  @Override
  public void putSetting(String key, String value) {
    database.write(handle -> {
      SettingTable.write(handle, key, value);
      return true;
    });
  }

  /** Writes the database's file anew without what is no longer used in it. */
  void compact() {
    database.compact();
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      database.willClose();
      backups.close();
      backups.last();
    }
    database.close();
  }

  private long now() {
    return Micros.of(clock.instant());
  }

  private Path path() {
    return database.file().path();
  }

  private <T> T required(Optional<T> found, DocumentId id) {
    return found.orElseThrow(() ->
        new StoreException(Reason.NOT_FOUND, "There is no document " + id + " in " + path() + "."));
  }

  private StoreException damaged(DocumentRow row) {
    String name =
        row.isIntact() ? "“" + row.shown().title() + "” (" + row.id() + ")" : "" + row.id();
    return new StoreException(
        Reason.DAMAGED,
        "The text of document "
            + name
            + " is damaged in "
            + path()
            + " and is not shown, because it is not what was saved; close Qalam and start it anew:"
            + " it then takes the newest copy that it has.");
  }

  private void logDamaged(String what) {
    LOG.log(Level.WARNING, "{0} is damaged in {1} and left out", what, path());
  }
}
