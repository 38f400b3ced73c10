package org.qalam.store.h2;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;

/**
 * Saves numbered texts into five documents in turn, for ever, and prints a line for each one when
 * it is acknowledged: {@code document number}.
 */
final class SavingProgram {
  private static final int DOCUMENTS = 5;

  private SavingProgram() {}

  public static void main(String[] arguments) {
    try (H2DocumentStore store = H2DocumentStore.open(Path.of(arguments[0]))) {
      List<DocumentId> documents =
          new ArrayList<>(store.list().stream().map(DocumentSummary::id).toList());
      while (documents.size() < DOCUMENTS) {
        documents.add(store.create("", text(0)).id());
      }
      Map<DocumentId, Long> numbers = new HashMap<>();
      for (DocumentId id : documents) {
        numbers.put(id, number(store.find(id).orElseThrow().text()));
      }
      for (int i = 0; ; i = (i + 1) % DOCUMENTS) {
        DocumentId id = documents.get(i);
        long number = numbers.merge(id, 1L, Long::sum);
        store.save(id, text(number), 0);
        System.out.println(id + " " + number);
      }
    }
  }

  /** A text that shows its number at both ends, of 20 to 20,000 characters. */
  static String text(long number) {
    return number + "\n" + "filling ".repeat((int) (number * 7919 % 2_500)) + "\n" + number;
  }

  /** The number of a text, which must be all of {@link #text}. */
  static long number(String text) {
    long number = Long.parseLong(text.substring(0, text.indexOf('\n')));
    if (!text.equals(text(number))) {
      throw new IllegalStateException("text " + number + " is not whole");
    }
    return number;
  }
}
