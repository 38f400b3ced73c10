package org.qalam.store;

import java.nio.file.Path;
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

/** A store that can do nothing; a test gives it the one thing that it needs. */
class DocumentStoreStub implements DocumentStore {
  @Override
  public List<DocumentSummary> list() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Document create(String title, String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Document> find(DocumentId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long save(DocumentId id, String text, int caret) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rename(DocumentId id, String title) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(DocumentId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void undelete(DocumentId id) {
    throw new UnsupportedOperationException();
  }

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
    throw new UnsupportedOperationException();
  }

  @Override
  public void setFate(UUID output, Output.Fate fate) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Output> outputs(DocumentId document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void note(List<Decision> decisions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Decision> decisions(DocumentId document) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> setting(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putSetting(String key, String value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
