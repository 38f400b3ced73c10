package org.qalam.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * What a folder of notes gives.
 *
 * @param texts a new document for each note, in the order of their names
 * @param skipped files that are no Markdown, and what lies in hidden folders
 * @param problems a sentence for each note that could not be read
 */
public record ImportedFolder(List<ImportedText> texts, int skipped, List<String> problems) {
  public ImportedFolder {
    texts = List.copyOf(texts);
    problems = List.copyOf(problems);
  }

  /** What was left out, one sentence each. */
  public List<String> leftOut() {
    if (skipped == 0) {
      return problems;
    }
    List<String> sentences = new ArrayList<>(problems);
    sentences.add(
        "Left out as no Markdown notes: "
            + skipped
            + (skipped == 1 ? " file." : " files and folders."));
    return sentences;
  }
}
