package org.qalam.store.h2;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jspecify.annotations.Nullable;
import org.qalam.document.Decision;
import org.qalam.document.DocumentId;
import org.qalam.document.Output;
import org.qalam.store.h2.DocumentTable.Found;
import org.qalam.store.journal.KeptRevision;

/**
 * What can still be read of a damaged file, which is opened for reading only. Whatever fails is
 * left out, and reading goes on with the next.
 */
final class Salvage implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Salvage.class.getName());

  /** After so many failures a file is given up: opening it anew each time takes a while. */
  private static final int PATIENCE = 300;

  private final H2File file;
  private @Nullable Handle handle;
  private int failures;

  private Optional<Position> position = Optional.empty();
  private final Map<UUID, Found> documents = new LinkedHashMap<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<KeptRevision> revisions = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private boolean isRestWhole;

  private Salvage(H2File file) {
    this.file = file;
  }

  /**
   * Reads what there is.
   *
   * @param known documents that should be there
   */
  static Salvage of(H2File file, Collection<DocumentId> known) {
    try (Salvage salvage = new Salvage(file)) {
      // H2 would keep an empty file locked.
      if (file.path().toFile().length() > 0) {
        salvage.read(known);
      }
      return salvage;
    }
  }

  private void read(Collection<DocumentId> known) {
    position = attempt(Position::read).flatMap(found -> found);
    Set<UUID> ids = new LinkedHashSet<>();
    boolean _ = each(open -> new DocumentTable(open).rows(), row -> ids.add(row.id()));
    known.forEach(id -> ids.add(id.value()));
    for (UUID id : ids) {
      attempt(open -> new DocumentTable(open).find(id))
          .flatMap(found -> found)
          .ifPresent(found -> documents.put(id, found));
    }
    boolean areOutputsWhole =
        each(
            open -> new OutputTable(open).all(),
            found -> {
              if (found.intact()) {
                outputs.add(found.output());
              }
              return found.intact();
            });
    boolean areDecisionsWhole =
        each(
            open -> new DecisionTable(open).all(),
            found -> {
              found.ifPresent(decisions::add);
              return found.isPresent();
            });
    boolean areRevisionsWhole =
        each(
            open -> new RevisionTable(open).all(),
            found -> {
              found.ifPresent(revisions::add);
              return found.isPresent();
            });
    boolean areSettingsWhole = attempt(open -> SettingTable.all(open, settings::put)).orElse(false);
    isRestWhole = areOutputsWhole && areDecisionsWhole && areRevisionsWhole && areSettingsWhole;
  }

  /** Reads a table as far as possible; whether all of it was there and {@code take} liked it. */
  private <T> boolean each(Function<Handle, ResultIterable<T>> table, Function<T, Boolean> take) {
    boolean[] isWhole = {true};
    Consumer<T> taking = row -> isWhole[0] &= take.apply(row);
    boolean isRead =
        attempt(
                open -> {
                  table.apply(open).forEach(taking);
                  return true;
                })
            .orElse(false);
    return isRead && isWhole[0];
  }

  private <T> Optional<T> attempt(Function<Handle, T> work) {
    if (failures >= PATIENCE) {
      return Optional.empty();
    }
    try {
      Handle open = handle;
      if (open == null) {
        open = file.openReadOnly();
        handle = open;
      }
      return Optional.of(work.apply(open));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "something cannot be read ({0})", e.getClass().getName());
      failures++;
      close();
      return Optional.empty();
    }
  }

  Optional<Position> position() {
    return position;
  }

  /** Documents of which at least the row was found. */
  Map<UUID, Found> documents() {
    return documents;
  }

  List<Output> outputs() {
    return outputs;
  }

  List<KeptRevision> revisions() {
    return revisions;
  }

  List<Decision> decisions() {
    return decisions;
  }

  Map<String, String> settings() {
    return settings;
  }

  /** Whether outputs, decisions and settings were all read and intact. */
  boolean isRestWhole() {
    return isRestWhole;
  }

  @Override
  public void close() {
    Handle open = handle;
    handle = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "the damaged file did not close ({0})", e.getClass().getName());
      }
    }
  }
}
