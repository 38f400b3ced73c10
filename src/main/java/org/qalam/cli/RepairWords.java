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
    if (repair.lost() > 0) {
      words.append(
          "%d documents are there, and of %d no good copy was found%s"
              .formatted(repair.documents(), repair.lost(), titles(repair.lostTitles())));
    } else if (repair.documents() == 1) {
      words.append("the document is there");
    } else {
      words.append("all %d documents are there".formatted(repair.documents()));
    }
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
