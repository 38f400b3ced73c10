package org.qalam.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.qalam.store.Repair;

/** One sentence about what had to be mended in the documents. */
final class RepairWords {
  private static final int LISTED = 5;

  private RepairWords() {}

  static String of(Repair repair) {
    StringBuilder words =
        new StringBuilder("The file of the documents was damaged, missing or out of date: ");
    words.append(
        repair.lost() == 0
            ? "all %d documents are there".formatted(repair.documents())
            : "%d documents are there, and of %d no good copy was found%s"
                .formatted(repair.documents(), repair.lost(), titles(repair.lostTitles())));
    if (repair.restored() > 0) {
      words.append(" (%d from Qalam's own copies)".formatted(repair.restored()));
    }
    if (!repair.restIsWhole()) {
      words.append("; settings and proposals since the last backup may be missing");
    }
    repair
        .keptFile()
        .ifPresent(file -> words.append("; the file as it was is kept as ").append(file));
    return words.append('.').toString();
  }

  private static String titles(List<String> titles) {
    return titles.isEmpty()
        ? ""
        : titles.stream()
            .limit(LISTED)
            .collect(Collectors.joining("”, “", ": “", titles.size() > LISTED ? "”, …" : "”"));
  }
}
