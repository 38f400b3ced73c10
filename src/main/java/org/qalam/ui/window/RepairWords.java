package org.qalam.ui.window;

import java.util.stream.Collectors;
import org.qalam.store.Repair;
import org.qalam.ui.text.Messages;

/** Tells a writer what had to be mended in the documents. */
final class RepairWords {
  /** Titles that are named; a banner is no list. */
  private static final int NAMED = 3;

  private RepairWords() {}

  static String of(Repair repair, Messages messages) {
    String titles =
        repair.lostTitles().stream()
            .limit(NAMED)
            .map(title -> messages.get("repair.title", title))
            .collect(Collectors.joining());
    StringBuilder words =
        new StringBuilder(
            messages.get(
                repair.lost() == 0 ? "repair.all" : "repair.lost",
                repair.documents(),
                repair.lost(),
                titles));
    if (!repair.restIsWhole()) {
      words.append(' ').append(messages.get("repair.rest"));
    }
    repair
        .keptFile()
        .ifPresent(
            file -> words.append(' ').append(messages.get("repair.kept", file.getFileName())));
    return words.toString();
  }
}
