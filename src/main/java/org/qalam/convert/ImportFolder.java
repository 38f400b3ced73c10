package org.qalam.convert;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.UnfinishedImports;

/**
 * The hidden folder that one model is made in: its journal, and the model's own folder, which is
 * moved to its place when it is whole, so that nothing half-made is ever seen. Confined to one
 * thread, and to one process at a time.
 */
final class ImportFolder implements AutoCloseable {
  private static final String MODEL = "model";

  private final UnfinishedImports unfinished;
  private final String id;
  private final Path place;
  private final ImportJournal journal;
  private boolean isKept;

  private ImportFolder(Path models, String id, ImportJournal journal) {
    this.unfinished = new UnfinishedImports(models);
    this.id = id;
    this.place = models.resolve(id);
    this.journal = journal;
  }

  /**
   * Opens the folder of a model that is to be made. Of what is in it only the weights are left, and
   * these only where they are the same import's.
   *
   * @param models the catalogue's folder
   * @param fingerprint of what is imported how
   * @throws ImportException where somebody else makes this model at the moment
   */
  static ImportFolder open(Path models, String id, String fingerprint)
      throws IOException, ImportException {
    Path folder = new UnfinishedImports(models).folder(id);
    Files.createDirectories(folder);
    ImportJournal journal =
        ImportJournal.open(folder.resolve(UnfinishedImports.JOURNAL), id, fingerprint);
    ImportFolder opened = new ImportFolder(models, id, journal);
    try {
      opened.clear();
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void clear() throws IOException {
    if (journal.pieces().isEmpty()) {
      ModelCatalog.deleteTree(model());
    }
    Files.createDirectories(model());
    for (Path file : files()) {
      if (!file.endsWith(OnnxGraph.DATA_FILE)) {
        ModelCatalog.deleteTree(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(model())) {
      return files.toList();
    }
  }

  /** The model's own folder; there is nothing in it but weights that the journal tells of. */
  Path model() {
    return unfinished.folder(id).resolve(MODEL);
  }

  ImportJournal journal() {
    return journal;
  }

  /** Leaves what is done by now to the next import of the same source. */
  void keep() {
    isKept = !journal.pieces().isEmpty();
  }

  /** Puts the finished model in its place, in that of an old one if there is one. */
  void finish() throws IOException {
    for (Path file : files()) {
      try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
        written.force(true); // what is listed must be there also after a loss of power
      }
    }
    Path old = unfinished.replaced(id);
    boolean replaced = Files.exists(place);
    if (replaced) {
      ModelCatalog.deleteTree(old);
      Files.move(place, old);
    }
    try {
      move(model(), place);
    } catch (IOException e) {
      if (replaced) {
        Files.move(old, place);
      }
      throw e;
    }
    isKept = false;
    ModelCatalog.deleteTree(old);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }

  /** Gives the folder free, and removes it unless it is kept. */
  @Override
  public void close() throws IOException {
    journal.close();
    if (!isKept) {
      try {
        ModelCatalog.deleteTree(unfinished.folder(id));
      } catch (IOException left) {
        // A later import removes it.
      }
    }
  }
}
