package org.qalam.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.qalam.document.Decision;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.task.StoreThread;

/**
 * Documents, the model's outputs and settings on disk. Every method that changes something returns
 * when the change is on disk. Confined to the store's thread; errors are {@link StoreException}s.
 */
@StoreThread
public interface DocumentStore
    extends RevisionStore, Bin, BackupStore, ShelfStore, SecretStore, AutoCloseable {
  /** What had to be mended when it was opened; empty where all was well. */
  default Optional<Repair> repair() {
    return Optional.empty();
  }

  /** All documents that are not deleted, last modified first. */
  List<DocumentSummary> list();

  /** A new document; an empty title follows the text. */
  Document create(String title, String text);

  /** The document, unless it is unknown or deleted. */
  Optional<Document> find(DocumentId id);

  /**
   * Saves the text and the caret's place; saving an unchanged text keeps the revision. The text
   * that was there may be kept as a {@link RevisionPlan revision}.
   *
   * @return the document's revision
   */
  long save(DocumentId id, String text, int caret);

  /** Gives a title; an empty one lets it follow the text again. */
  void rename(DocumentId id, String title);

  /** Keeps an output. */
  void add(Output output);

  /** Notes what became of an output. */
  void setFate(UUID output, Output.Fate fate);

  /** Outputs for a document, newest first. */
  List<Output> outputs(DocumentId document);

  /** Keeps what the writer decided, in this order. */
  void note(List<Decision> decisions);

  /** Decisions about a document's outputs, oldest first. */
  List<Decision> decisions(DocumentId document);

  /** A setting's value. */
  Optional<String> setting(String key);

  /** Keeps a setting. */
  void putSetting(String key, String value);

  /** Writes everything and lets go of the file. Closing twice is harmless. */
  @Override
  void close();
}
