package org.qalam.ui.versions;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.qalam.document.DocumentId;
import org.qalam.task.UiThread;

/** The document that is being written, as its versions see it. On the JavaFX thread. */
@UiThread
public interface OpenText {
  /** Which it is; empty where none is open. */
  Optional<DocumentId> document();

  /** Its text as it is in the window. */
  String text();

  /** Saves it; ends when it is on disk, or with what prevented it. */
  CompletableFuture<@Nullable Void> flush();

  /** Puts a text in the place of all of it; undone in one step. */
  void replace(String text);

  /** Makes another document and opens it. */
  void createDocument(String text);
}
