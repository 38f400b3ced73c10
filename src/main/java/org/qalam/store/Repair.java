package org.qalam.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a store mended when it was opened, from the copies that it keeps of each text.
 *
 * @param documents number of documents that are there now, those in the bin included
 * @param restored number of them that were taken from a copy
 * @param lost number of documents of which nothing intact was found
 * @param lostTitles titles of those of them whose titles are known
 * @param keptFile the damaged file; empty where there was none
 * @param restIsWhole whether proposals, decisions and settings are all there too; otherwise those
 *     since the last backup may be missing
 */
public record Repair(
    int documents,
    int restored,
    int lost,
    List<String> lostTitles,
    Optional<Path> keptFile,
    boolean restIsWhole) {
  public Repair {
    lostTitles = List.copyOf(lostTitles);
  }
}
