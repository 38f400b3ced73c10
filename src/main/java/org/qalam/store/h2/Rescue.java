package org.qalam.store.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.qalam.document.Decision;
import org.qalam.document.Output;
import org.qalam.store.Repair;
import org.qalam.store.StoreException;
import org.qalam.store.h2.DocumentTable.Found;
import org.qalam.store.journal.DocumentCopy;
import org.qalam.store.journal.KeptRevision;

/**
 * Makes a new file of what is intact in a damaged one and in the copies, of each document the
 * newest. The damaged file is kept as {@code qalam.mv.db.damaged-N}; until the new one has been
 * written and checked nothing is changed. The caller holds the folder's lock.
 */
final class Rescue {
  private final H2File file;
  private final H2File fresh;
  private final List<Migration> migrations;
  private final Copies copies;
  private final Salvage salvage;

  private final Map<UUID, DocumentCopy> documents = new LinkedHashMap<>();
  private final List<String> lostTitles = new ArrayList<>();
  private int lost;
  private int restored;

  private Rescue(H2File file, List<Migration> migrations, Copies copies) {
    this.file = file;
    this.fresh = file.sibling("qalam.repairing");
    this.migrations = migrations;
    this.copies = copies;
    this.salvage = Salvage.of(file, copies.ids());
  }

  /**
   * Mends the file.
   *
   * @param problem what is wrong with it
   * @throws StoreException {@code DAMAGED} where not one document can be had from anywhere; or what
   *     kept the new file from being written
   */
  static Repair run(
      H2File file, List<Migration> migrations, Copies copies, StoreException problem) {
    Rescue rescue = new Rescue(file, migrations, copies);
    rescue.choose();
    if (rescue.foundNothing()) {
      throw Errors.damagedWithoutCopies(file.path(), problem);
    }
    try {
      return rescue.write();
    } catch (IOException | RuntimeException e) {
      throw Errors.translate(e, file.folder(), file.path());
    }
  }

  private boolean foundNothing() {
    return documents.isEmpty() && (lost > 0 || salvage.position().isEmpty());
  }

  private void choose() {
    Set<UUID> ids = new LinkedHashSet<>(salvage.documents().keySet());
    copies.ids().forEach(id -> ids.add(id.value()));
    List<UUID> without = new ArrayList<>();
    for (UUID id : ids) {
      Optional<DocumentCopy> copy = copies.of(id);
      Optional<DocumentCopy> found =
          Optional.ofNullable(salvage.documents().get(id)).flatMap(this::intact);
      if (found.isPresent() && (copy.isEmpty() || !isNewer(copy.get(), found.get()))) {
        documents.put(id, found.get());
      } else if (copy.isPresent()) {
        documents.put(id, copy.get());
        restored++;
      } else {
        without.add(id);
      }
    }
    List<DocumentRow> damaged = without.stream().flatMap(id -> intactRow(id).stream()).toList();
    // A row that is damaged too may carry an id that never was; one that vanished carries none.
    int missing =
        salvage
            .position()
            .map(position -> position.documents() - documents.size())
            .orElse(without.size());
    lost = Math.max(damaged.size(), missing);
    damaged.stream()
        .map(row -> row.shown().title())
        .filter(title -> !title.isBlank())
        .forEach(lostTitles::add);
  }

  /** The row of a text that is damaged, if it is intact itself. */
  private Optional<DocumentRow> intactRow(UUID id) {
    return salvage.documents().get(id) instanceof Found.Damaged(DocumentRow row) && row.isIntact()
        ? Optional.of(row)
        : Optional.empty();
  }

  /** What the database has of a document, if its text is intact. */
  private Optional<DocumentCopy> intact(Found found) {
    long sequence = salvage.position().map(Position::sequence).orElse(0L);
    return switch (found) {
      case Found.Intact(DocumentRow row, String text) -> Optional.of(row.copy(sequence, text));
      case Found.OnlyText(DocumentRow row, String text) -> Optional.of(facts(row, text, sequence));
      case Found.Damaged _ -> Optional.empty();
    };
  }

  /** A text whose title and times are damaged, with those of its copy if there is one. */
  private DocumentCopy facts(DocumentRow row, String text, long sequence) {
    DocumentCopy bare = DocumentTable.withoutFacts(row, text).copy(sequence, text);
    return copies
        .of(row.id())
        .map(copy ->
            new DocumentCopy(
                sequence,
                bare.id(),
                copy.title(),
                bare.revision(),
                copy.caret(),
                copy.created(),
                copy.modified(),
                copy.deleted(),
                text))
        .orElse(bare);
  }

  /** Whether a copy is of a later change than what the database holds. */
  private boolean isNewer(DocumentCopy copy, DocumentCopy own) {
    return salvage.position().isPresent()
        ? copy.sequence() > own.sequence()
        : copy.revision() > own.revision();
  }

  private Repair write() throws IOException {
    Files.deleteIfExists(fresh.path());
    new Migrator(fresh, migrations).run();
    try (Handle handle = fresh.open()) {
      handle.useTransaction(this::fill);
      handle.execute("CHECKPOINT SYNC");
    }
    Optional<Position> _ = Check.read(fresh);
    force(fresh.path());
    Optional<Path> kept = keepDamaged();
    Files.move(
        fresh.path(),
        file.path(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return new Repair(documents.size(), restored, lost, lostTitles, kept, salvage.isRestWhole());
  }

  private void fill(Handle handle) {
    DocumentTable table = new DocumentTable(handle);
    documents.values().forEach(table::put);
    Map<UUID, Output> outputs = new LinkedHashMap<>();
    salvage.outputs().forEach(output -> outputs.put(output.id(), output));
    copies.outputs().forEach(output -> outputs.putIfAbsent(output.id(), output));
    OutputTable outputTable = new OutputTable(handle);
    outputs.values().forEach(outputTable::write);
    new DecisionTable(handle).write(List.copyOf(decisions()));
    Map<UUID, KeptRevision> revisions = new LinkedHashMap<>();
    copies.revisions().forEach(kept -> revisions.put(kept.revision().id(), kept));
    salvage.revisions().forEach(kept -> revisions.put(kept.revision().id(), kept));
    RevisionTable revisionTable = new RevisionTable(handle);
    revisions.values().forEach(kept -> revisionTable.write(kept.revision(), kept.text()));
    Map<String, String> settings = new LinkedHashMap<>(copies.settings());
    settings.putAll(salvage.settings());
    settings.forEach((name, content) -> SettingTable.write(handle, name, content));
    long own = salvage.position().map(Position::sequence).orElse(0L);
    Position _ = Position.write(handle, Math.max(own, copies.lastSequence()));
  }

  /** Their order is that of the source which has all of them. */
  private Collection<Decision> decisions() {
    Set<Decision> decisions = new LinkedHashSet<>();
    if (salvage.isRestWhole()) {
      decisions.addAll(salvage.decisions());
    } else {
      decisions.addAll(copies.decisions());
      decisions.addAll(salvage.decisions());
    }
    return decisions;
  }

  private Optional<Path> keepDamaged() throws IOException {
    if (!file.exists()) {
      return Optional.empty();
    }
    Path name = file.path().getFileName();
    Path kept = file.path();
    for (int n = 1; Files.exists(kept); n++) {
      kept = file.path().resolveSibling(name + ".damaged-" + n);
    }
    Path half = file.path().resolveSibling(name + ".part");
    Files.copy(file.path(), half, StandardCopyOption.REPLACE_EXISTING);
    force(half);
    Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
    return Optional.of(kept);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
