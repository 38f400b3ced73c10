package org.qalam.store.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * When a database file is worth writing anew. H2 would move pages about in the file that it closes;
 * releases of it have lost data that way (its issues 4247, 4286, 4387), so it is told not to, and
 * what is in use goes to a new file now and then, which is checked before it takes the old one's
 * place ({@link Database#compact}).
 */
final class Compaction {
  /** Smaller files stay, in bytes. */
  static final long LEAST = 16L << 20;

  private static final String PERCENT_OF_FILE = "info.FILL_RATE";
  private static final String PERCENT_OF_CHUNKS = "info.CHUNKS_FILL_RATE";

  private Compaction() {}

  /**
   * Whether half of a large file or more is not in use, and the disk has room for what is.
   *
   * @param open a connection to it
   */
  static boolean isDue(Handle open, H2File file) throws IOException {
    long size = Files.size(file.path());
    if (size < LEAST) {
      return false;
    }
    Map<String, String> rates =
        open
            .select(
                "SELECT setting_name, setting_value FROM information_schema.settings"
                    + " WHERE setting_name IN (?, ?)",
                PERCENT_OF_FILE,
                PERCENT_OF_CHUNKS)
            .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    long used =
        size / 100 * percent(rates, PERCENT_OF_FILE) / 100 * percent(rates, PERCENT_OF_CHUNKS);
    return used <= size / 2 && used < Files.getFileStore(file.path()).getUsableSpace() / 2;
  }

  private static long percent(Map<String, String> rates, String name) {
    String rate = rates.get(name);
    return rate == null ? 100 : Long.parseLong(rate);
  }
}
