package org.qalam.ui.assistant;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.qalam.document.Decision;
import org.qalam.document.DeletedDocument;
import org.qalam.document.Document;
import org.qalam.document.DocumentId;
import org.qalam.document.DocumentSummary;
import org.qalam.document.Output;
import org.qalam.document.Revision;
import org.qalam.document.Shelf;
import org.qalam.secret.DataKey;
import org.qalam.secret.KeyRing;
import org.qalam.secret.Passphrase;
import org.qalam.store.DocumentStore;
import org.qalam.store.StoreException;

/** Keeps outputs and settings in memory, or refuses to. */
public final class MemoryStore implements DocumentStore {
  final Map<UUID, Output> outputs = new LinkedHashMap<>();
  final Map<UUID, Output.Fate> fates = new LinkedHashMap<>();
  public final Map<String, String> settings = new HashMap<>();
  final List<Decision> decisions = new ArrayList<>();
  boolean isFull;

  private void write() {
    if (isFull) {
      throw new StoreException(
          StoreException.Reason.DISK_FULL, "The disk is full: free some space and try again.");
    }
  }

  @Override
  public List<DocumentSummary> list() {
    return List.of();
  }

  @Override
  public Document create(String title, String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Document> find(DocumentId id) {
    return Optional.empty();
  }

  @Override
  public long save(DocumentId id, String text, int caret) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rename(DocumentId id, String title) {}

  @Override
  public void delete(DocumentId id) {}

  @Override
  public void undelete(DocumentId id) {}

  @Override
  public List<DeletedDocument> bin() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void purge(DocumentId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Revision> revisions(DocumentId document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String revisionText(UUID revision) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Revision keepRevision(DocumentId document, String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void nameRevision(UUID revision, String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeRevision(UUID revision) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<DocumentId, Shelf> shelves() {
    return Map.of();
  }

  @Override
  public void putShelf(DocumentId document, Shelf shelf) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int backUp(Path file, Optional<Passphrase> passphrase) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Restored restore(Path file, Optional<DataKey> key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<KeyRing> lockOf(Path file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<KeyRing> keys() {
    return Optional.empty();
  }

  @Override
  public void protect(DataKey key, KeyRing ring) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unprotect() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void replaceKeys(KeyRing ring) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void add(Output output) {
    write();
    outputs.put(output.id(), output);
    fates.put(output.id(), output.fate());
  }

  @Override
  public void setFate(UUID output, Output.Fate fate) {
    write();
    fates.put(output, fate);
  }

  @Override
  public List<Output> outputs(DocumentId document) {
    List<Output> found = new ArrayList<>();
    for (Output output : outputs.values()) {
      if (output.document().equals(document)) {
        found.addFirst(output);
      }
    }
    return found;
  }

  @Override
  public void note(List<Decision> noted) {
    write();
    decisions.addAll(noted);
  }

  @Override
  public List<Decision> decisions(DocumentId document) {
    return decisions.stream().filter(decision -> decision.document().equals(document)).toList();
  }

  @Override
  public Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  @Override
  public void putSetting(String key, String value) {
    write();
    settings.put(key, value);
  }

  @Override
  public void close() {}
}
