package org.qalam.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.qalam.catalog.CatalogException.Reason;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * The models in a folder of the writer's own and in the one that came with the program. Any thread.
 */
public final class ModelCatalog {
  private static final Logger LOG = Logger.getLogger(ModelCatalog.class.getName());

  private final ModelsPlace own;
  private final List<Path> bundled;

  /**
   * @param own folder that models are imported to; it may not exist yet
   * @param bundled folders of models that came with the program
   */
  public ModelCatalog(Path own, List<Path> bundled) {
    this(ModelsPlace.fixed(own), bundled);
  }

  /**
   * @param own where the writer's models are kept now and after they are moved
   * @param bundled folders of models that came with the program
   */
  public ModelCatalog(ModelsPlace own, List<Path> bundled) {
    this.own = own;
    this.bundled = List.copyOf(bundled);
  }

  /** Where the writer's own models are kept. */
  public ModelsPlace place() {
    return own;
  }

  /** Folder that models are imported to. */
  public Path folder() {
    return own.folder();
  }

  /** What interrupted imports left in that folder. */
  public UnfinishedImports unfinished() {
    return new UnfinishedImports(own.folder());
  }

  /** All readable models, the writer's own first; an own one hides a bundled one of the same id. */
  public List<InstalledModel> list() {
    List<InstalledModel> models = new ArrayList<>();
    if (own.missing().isEmpty()) {
      collect(own.folder(), false, models);
    }
    for (Path folder : bundled) {
      collect(folder, true, models);
    }
    return models;
  }

  /** The model of this id. */
  public Optional<InstalledModel> find(String id) {
    return list().stream().filter(model -> model.id().equals(id)).findFirst();
  }

  /**
   * The model of this id.
   *
   * @throws CatalogException where there is none; its message names those that there are
   */
  public InstalledModel require(String id) throws CatalogException {
    List<InstalledModel> models = list();
    for (InstalledModel model : models) {
      if (model.id().equals(id)) {
        return model;
      }
    }
    Optional<String> missing = own.missing();
    if (missing.isPresent()) {
      throw new CatalogException(
          Reason.MISSING, "there is no model '" + id + "' now. " + missing.get());
    }
    throw new CatalogException(
        Reason.MISSING,
        models.isEmpty()
            ? "there is no model '" + id + "': none is installed; add one with 'qalam model import'"
            : "there is no model '"
                + id
                + "'; installed: "
                + String.join(", ", models.stream().map(InstalledModel::id).toList()));
  }

  /**
   * Removes one of the writer's own models from the disk, and what an interrupted import of it
   * left.
   *
   * @throws CatalogException where it came with the program, is being imported anew or the disk
   *     says no
   */
  public void remove(InstalledModel model) throws CatalogException {
    requireOwn(model);
    var _ = unfinished().remove(model.id());
    // Without its manifest a half-removed folder is no model any more.
    try {
      Files.deleteIfExists(model.folder().resolve(ModelManifest.FILE));
      deleteTree(model.folder());
    } catch (IOException e) {
      throw new CatalogException(
          Reason.FAILED, model.folder() + ": it cannot be removed; close what uses it", e);
    }
  }

  /**
   * The writer's own model of this id.
   *
   * @throws CatalogException where there is none, or it came with the program
   */
  public InstalledModel requireOwn(String id) throws CatalogException {
    InstalledModel model = require(id);
    requireOwn(model);
    return model;
  }

  private void requireOwn(InstalledModel model) throws CatalogException {
    if (model.bundled()
        || !model.folder().toAbsolutePath().startsWith(own.folder().toAbsolutePath())) {
      throw new CatalogException(
          Reason.IN_USE, model.id() + " came with Qalam; it cannot be changed or removed");
    }
  }

  /**
   * Checks every byte of a model against its manifest.
   *
   * @throws CatalogException where a file is missing or changed
   */
  public ModelManifest verify(
      InstalledModel model, Progress progress, CancellationToken cancellation)
      throws CatalogException {
    return ModelFolder.verify(model.folder(), progress, cancellation);
  }

  /**
   * Copies a model into a folder, such as one of a stick, from which it can be imported on another
   * machine. Files that were prepared for this machine stay behind.
   *
   * @param into folder in which one of the model's id is made
   * @param progress hears of bytes
   * @return the model's folder there
   * @throws CatalogException with one sentence, where it was not copied; nothing is left then
   * @throws java.util.concurrent.CancellationException when cancelled; likewise
   */
  public static Path copy(
      InstalledModel model, Path into, Progress progress, CancellationToken cancellation)
      throws CatalogException {
    Path place = into.resolve(model.id());
    if (Files.exists(place)) {
      throw new CatalogException(
          Reason.IN_USE,
          place + ": there is such a folder already; remove it, or choose another one");
    }
    Path half = into.resolve(".copying-" + model.id());
    try {
      VerifiedCopy.requireRoom(into, model.manifest().size());
      deleteTree(half);
      try {
        copyFiles(model.folder(), model.manifest(), half, progress, cancellation);
        ModelFolder.write(half, model.manifest());
        Files.move(half, place);
        return place;
      } catch (IOException | CatalogException | RuntimeException e) {
        deleteTree(half);
        throw e;
      }
    } catch (IOException e) {
      throw new CatalogException(
          Reason.FAILED, place + ": the model was not copied (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Copies the files that a manifest names, all but the manifest itself.
   *
   * @param progress hears of bytes
   * @throws CatalogException where one is not as the manifest has it
   */
  public static void copyFiles(
      Path from, ModelManifest manifest, Path to, Progress progress, CancellationToken cancellation)
      throws IOException, CatalogException {
    VerifiedCopy copies = new VerifiedCopy(manifest.size(), progress, cancellation);
    for (ModelManifest.FileEntry entry : manifest.files()) {
      Path file = from.resolve(entry.name());
      if (!isManifest(file) || Files.size(file) != entry.size()) {
        throw new CatalogException(
            Reason.CHANGED, file + ": the file is missing or has changed; copy the model again");
      }
      if (!copies.copy(file, to.resolve(entry.name())).equals(entry.sha256())) {
        throw new CatalogException(
            Reason.CHANGED,
            file
                + ": the file has changed (its SHA-256 is not the manifest's); copy the model again");
      }
    }
  }

  /** Deletes a folder and all in it, links themselves and not what they point to. */
  public static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  private static void collect(Path folder, boolean isBundled, List<InstalledModel> models) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> children;
    try (Stream<Path> files = Files.list(folder)) {
      children = files.sorted().toList();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot list " + folder, e);
      return;
    }
    for (Path child : children) {
      boolean hidden = String.valueOf(child.getFileName()).startsWith(".");
      if (hidden || !isManifest(child.resolve(ModelManifest.FILE))) {
        continue;
      }
      try {
        ModelManifest manifest = ModelFolder.manifest(child);
        if (models.stream().noneMatch(known -> known.id().equals(manifest.id()))) {
          models.add(new InstalledModel(manifest, child, isBundled));
        }
      } catch (CatalogException e) {
        LOG.log(Level.WARNING, e.getMessage());
      }
    }
  }

  /** A link may lead to what never ends. */
  private static boolean isManifest(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
