package org.qalam.store.h2;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;
import org.qalam.task.StoreThread;

/**
 * Documents in an H2 file, {@code qalam.mv.db} in the data folder. Confined to the thread that
 * opened it; any other thread gets an {@link IllegalStateException}.
 *
 * <p>What a method acknowledges by returning is on disk, also for a process that is killed at once.
 * Each text carries its SHA-256: a text that no longer agrees with it is never handed out, but
 * reported as {@link Reason#DAMAGED}. After a failed write the store opens its file anew at the
 * next call.
 *
 * <p>An output or a setting that is damaged is left out as if it had not been kept, and logged by
 * its name.
 */
@StoreThread
public final class H2DocumentStore implements DocumentStore {
  private static final System.Logger LOG = System.getLogger(H2DocumentStore.class.getName());

  private final Database database;
  private final InstantSource clock;

  private H2DocumentStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Opens the documents in a data folder, making both where they are missing, and bringing an older
   * file to this version (the older one is kept beside it).
   *
   * @throws StoreException {@code LOCKED} where another store has the folder, in this process or
   *     another; {@code TOO_NEW}, {@code READ_ONLY}, {@code DISK_FULL}, {@code DAMAGED}
   */
  public static H2DocumentStore open(Path folder) {
    return open(folder, "file", InstantSource.system(), Schema.migrations());
  }

  static H2DocumentStore open(
      Path folder, String scheme, InstantSource clock, List<Migration> migrations) {
    return new H2DocumentStore(
        Database.open(folder.toAbsolutePath().normalize(), scheme, migrations), clock);
  }

  @Override
  public List<DocumentSummary> list() {
    return database.read(handle -> new DocumentTable(handle).list());
  }

  @Override
  public Document create(String title, String text) {
    UUID id = UUID.randomUUID();
    DocumentRow row =
        database.write(handle -> new DocumentTable(handle).insert(id, title, text, now()));
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
      return documents.save(required(documents.row(id.value()), id), text, caret, now());
    });
  }

  @Override
  public void rename(DocumentId id, String title) {
    database.write(handle -> {
      DocumentTable documents = new DocumentTable(handle);
      switch (required(documents.find(id.value()), id)) {
        case DocumentTable.Found.Intact(DocumentRow row, String text) ->
            documents.rename(row, title, text);
        case DocumentTable.Found.OnlyText(DocumentRow row, String text) ->
            documents.rename(DocumentTable.withoutFacts(row, text), title, text);
        case DocumentTable.Found.Damaged(DocumentRow row) -> throw damaged(row);
      }
      return true;
    });
  }

  @Override
  public void delete(DocumentId id) {
    setDeleted(id, true);
  }

  @Override
  public void undelete(DocumentId id) {
    setDeleted(id, false);
  }

  private void setDeleted(DocumentId id, boolean deleted) {
    database.write(handle -> {
      DocumentTable documents = new DocumentTable(handle);
      DocumentRow row = required(documents.row(id.value()), id);
      if (row.isDeleted() != deleted || !row.isIntact()) {
        documents.setDeleted(documents.trusted(row), deleted ? now() : null);
      }
      return true;
    });
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
    record Setting(String content, String tag) {}
    Optional<Setting> setting =
        database.read(handle ->
            handle
                .select("SELECT content, row_tag FROM setting WHERE name = ?", key)
                .map((row, context) -> new Setting(row.getString(1), row.getString(2)))
                .findFirst());
    if (setting.isPresent()
        && !settingTag(key, setting.get().content()).matches(setting.get().tag())) {
      logDamaged("setting " + key);
      return Optional.empty();
    }
    return setting.map(Setting::content);
  }

  @Override
  public void putSetting(String key, String value) {
    database.write(handle ->
        handle.execute(
            "MERGE INTO setting (name, content, row_tag) KEY (name) VALUES (?, ?, ?)",
            key,
            value,
            settingTag(key, value).hex()));
  }

  private static Tag settingTag(String key, String value) {
    return Tag.of("setting").add(key).add(value);
  }

  @Override
  public void close() {
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
            + " and is not shown, because it is not what was saved; take it from a backup of that"
            + " file.");
  }

  private void logDamaged(String what) {
    LOG.log(Level.WARNING, "{0} is damaged in {1} and left out", what, path());
  }
}
