package org.qalam.store.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/**
 * Brings a closed database file to the newest schema. Each schema change of H2 is final at once, so
 * nothing is ever undone: the steps work on a copy, every text in the copy is compared with the
 * original, and only then does the copy take the original's place in one move. The original stays
 * beside it as {@code qalam.mv.db.vN}. A new database comes about in the same way, from an empty
 * copy, so that no half-made file can be found later.
 *
 * <p>The caller holds the folder's lock.
 */
final class Migrator {
  private final H2File file;
  private final H2File copy;
  private final List<Migration> migrations;

  Migrator(H2File file, List<Migration> migrations) {
    this.file = file;
    this.copy = file.sibling("qalam.migrating");
    this.migrations = List.copyOf(migrations);
  }

  /** Version that the last migration leads to. */
  private int newest() {
    return migrations.getLast().to();
  }

  /** Does what is needed; leaves a file of the newest version alone. */
  void run() {
    try {
      int version = version();
      if (version > newest()) {
        throw Errors.tooNew(file.path(), null);
      }
      if (version < newest()) {
        migrate(version);
      }
    } catch (IOException | RuntimeException e) {
      throw Errors.translate(e, file.folder(), file.path());
    }
  }

  private int version() throws IOException {
    if (!file.exists()) {
      return 0;
    }
    if (Files.size(file.path()) == 0) {
      throw Errors.damagedFile(file.path(), null);
    }
    try (Handle handle = file.openReadOnly()) {
      return handle.select("SELECT version FROM schema_version").mapTo(Integer.class).one();
    }
  }

  private void migrate(int version) throws IOException {
    Files.deleteIfExists(copy.path());
    Map<String, String> before = Map.of();
    if (version > 0) {
      try (Handle original = file.openReadOnly()) {
        before = texts(original);
      }
      Files.copy(file.path(), copy.path());
    }
    try (Handle handle = copy.open()) {
      bringUp(handle, version, migrations);
    }
    force(copy.path());
    if (version > 0) {
      requireTexts(before);
      keep(file.path().resolveSibling(file.path().getFileName() + ".v" + version));
    }
    Files.move(
        copy.path(),
        file.path(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void requireTexts(Map<String, String> before) {
    try (Handle handle = copy.openReadOnly()) {
      if (!texts(handle).equals(before)) {
        throw new StoreException(
            Reason.FAILED,
            "The documents in "
                + file.path()
                + " could not be brought to this version of Qalam and are left as they were; go on"
                + " with the version that wrote them.");
      }
    }
  }

  /** Brings an open database to the newest schema; for a copy of which nothing depends. */
  static void bringUp(Handle handle, List<Migration> migrations) {
    int version = handle.select("SELECT version FROM schema_version").mapTo(Integer.class).one();
    bringUp(handle, version, migrations);
  }

  private static void bringUp(Handle handle, int version, List<Migration> migrations) {
    for (Migration migration : migrations) {
      if (migration.from() >= version) {
        migration.steps().forEach(handle::execute);
        handle.execute("UPDATE schema_version SET version = ?", migration.to());
      }
    }
  }

  private void keep(Path old) throws IOException {
    Path half = old.resolveSibling(old.getFileName() + ".part");
    Files.copy(file.path(), half, StandardCopyOption.REPLACE_EXISTING);
    force(half);
    Files.move(half, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Each text's digest, and for a document whether it agrees with its tag. */
  private static Map<String, String> texts(Handle handle) {
    Map<String, Tag> digests = new HashMap<>();
    handle
        .select("SELECT owner, field, body FROM text_part ORDER BY owner, field, part")
        .map((row, context) -> {
          String text = row.getObject("owner", UUID.class) + " " + row.getInt("field");
          return digests.computeIfAbsent(text, key -> Tag.of("part")).add(row.getString("body"));
        })
        .forEach(tag -> {});
    Map<String, String> texts = new HashMap<>();
    digests.forEach((text, tag) -> texts.put(text, tag.hex()));
    List<UUID> documents = handle.select("SELECT id FROM document").mapTo(UUID.class).list();
    for (UUID id : documents) {
      boolean intact =
          handle
              .select("SELECT revision, text_tag FROM document WHERE id = ?", id)
              .map((row, context) -> {
                long revision = row.getLong("revision");
                String text = TextParts.read(handle, id, TextParts.DOCUMENT_TEXT, revision);
                return Tag.of("text")
                    .add(id)
                    .add(revision)
                    .add(text)
                    .matches(row.getString("text_tag"));
              })
              .one();
      texts.put("document " + id, intact ? "intact" : "damaged");
    }
    return texts;
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
