package org.qalam.store.h2;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.UUID;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.store.journal.Backups;
import org.qalam.store.journal.DocumentCopy;
import org.qalam.store.journal.Entry;
import org.qalam.store.journal.Journal;
import org.qalam.store.journal.KeptRevision;

/** The newest intact copy of everything that the journal and the backups hold. */
final class Copies {
  private final Map<UUID, DocumentCopy> documents = new HashMap<>();
  private final Map<UUID, Output> outputs = new LinkedHashMap<>();
  private final SequencedCollection<Decision> decisions = new LinkedHashSet<>();
  private final Map<UUID, KeptRevision> revisions = new LinkedHashMap<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private long lastSequence;

  private Copies() {}

  static Copies of(Journal journal, Backups backups) {
    Copies copies = new Copies();
    journal.since(0).forEach(copies::add);
    backups.read(copies::add);
    return copies;
  }

  private void add(Entry entry) {
    // The newest backup comes first, so what is there already is newer.
    switch (entry) {
      case Entry.Head(_, long sequence) -> lastSequence = Math.max(lastSequence, sequence);
      case Entry.Text(DocumentCopy copy) -> add(copy);
      case Entry.Proposal(Output output) -> outputs.putIfAbsent(output.id(), output);
      case Entry.Choice(Decision decision) -> decisions.add(decision);
      case Entry.Earlier(KeptRevision revision) ->
          revisions.putIfAbsent(revision.revision().id(), revision);
      case Entry.Setting(String name, String content) -> settings.putIfAbsent(name, content);
      case Entry.Keys _, Entry.Tail _ -> {}
    }
  }

  private void add(DocumentCopy copy) {
    lastSequence = Math.max(lastSequence, copy.sequence());
    documents.merge(
        copy.id().value(),
        copy,
        (known, other) -> DocumentCopy.BY_AGE.compare(other, known) > 0 ? other : known);
  }

  /** Documents of which there is a copy. */
  Collection<DocumentId> ids() {
    return documents.values().stream().map(DocumentCopy::id).toList();
  }

  Optional<DocumentCopy> of(UUID document) {
    return Optional.ofNullable(documents.get(document));
  }

  Collection<Output> outputs() {
    return outputs.values();
  }

  Collection<Decision> decisions() {
    return decisions;
  }

  Collection<KeptRevision> revisions() {
    return revisions.values();
  }

  Map<String, String> settings() {
    return settings;
  }

  /** The last change that any of them knows of. */
  long lastSequence() {
    return lastSequence;
  }
}
