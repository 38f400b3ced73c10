package org.qalam.app;

import java.util.stream.Stream;
import javafx.scene.input.Clipboard;
import org.qalam.document.DocumentSummary;
import org.qalam.store.DocumentStore;
import org.qalam.task.StoreThread;
import org.qalam.task.UiThread;

/** Text of the notes that was copied, and should not outlast their being open. */
final class CopiedText {
  private CopiedText() {}

  /** What can be pasted now; empty where that is no text. */
  @UiThread
  static String now() {
    String text = Clipboard.getSystemClipboard().getString();
    return text == null ? "" : text;
  }

  /** Whether a text stands in a note, or in what a model made of one. */
  @StoreThread
  static boolean isFrom(DocumentStore store, String copied) {
    return !copied.isBlank()
        && store.list().stream()
            .flatMap(summary -> texts(store, summary))
            .anyMatch(text -> text.contains(copied));
  }

  private static Stream<String> texts(DocumentStore store, DocumentSummary summary) {
    return Stream.concat(
        store.find(summary.id()).map(found -> found.title() + "\n" + found.text()).stream(),
        store.outputs(summary.id()).stream().map(output -> output.text()));
  }

  /** Takes it away, unless something else was copied meanwhile. */
  @UiThread
  static void remove(String copied) {
    if (now().equals(copied)) {
      Clipboard.getSystemClipboard().clear();
    }
  }
}
