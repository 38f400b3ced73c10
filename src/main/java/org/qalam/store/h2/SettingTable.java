package org.qalam.store.h2;

import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.qalam.store.StoreException;
import org.qalam.store.StoreException.Reason;

/** Settings in an open database, each checked against its tag as it is read. */
final class SettingTable {
  private record Setting(String name, String content, String tag) {
    boolean isIntact() {
      return digest(name, content).matches(tag);
    }
  }

  private SettingTable() {}

  /**
   * A setting's value.
   *
   * @throws StoreException {@code DAMAGED} where it is not what was kept
   */
  static Optional<String> read(Handle handle, String name) {
    Optional<Setting> setting =
        handle
            .select("SELECT content, row_tag FROM setting WHERE name = ?", name)
            .map((row, context) -> new Setting(name, row.getString(1), row.getString(2)))
            .findFirst();
    if (setting.isPresent() && !setting.get().isIntact()) {
      throw new StoreException(Reason.DAMAGED, "The setting " + name + " is damaged.");
    }
    return setting.map(Setting::content);
  }

  static void write(Handle handle, String name, String content) {
    handle.execute(
        "MERGE INTO setting (name, content, row_tag) KEY (name) VALUES (?, ?, ?)",
        name,
        content,
        digest(name, content).hex());
  }

  /** Takes away all settings whose name ends with a document's id. */
  static void deleteOf(Handle handle, UUID document) {
    handle.execute("DELETE FROM setting WHERE name LIKE '%.' || ?", document.toString());
  }

  /**
   * Hands on each setting that is intact.
   *
   * @return whether all are
   */
  static boolean all(Handle handle, BiConsumer<String, String> each) {
    return startingWith(handle, "", each);
  }

  /** The same of those whose name starts with a prefix of letters and dots. */
  static boolean startingWith(Handle handle, String prefix, BiConsumer<String, String> each) {
    boolean isWhole = true;
    for (Setting setting :
        handle
            .select("SELECT name, content, row_tag FROM setting WHERE name LIKE ? || '%'", prefix)
            .map(
                (row, context) -> new Setting(row.getString(1), row.getString(2), row.getString(3)))
            .list()) {
      if (setting.isIntact()) {
        each.accept(setting.name(), setting.content());
      } else {
        isWhole = false;
      }
    }
    return isWhole;
  }

  private static Tag digest(String name, String content) {
    return Tag.of("setting").add(name).add(content);
  }
}
