package org.qalam.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.qalam.catalog.CatalogException.Reason;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Where the writer's own models are kept: in the data folder, or wherever they were moved, such as
 * on a card. That stands in a file of its own, since models are found while documents are locked.
 * Any thread, but one move at a time.
 */
public final class ModelsPlace {
  /** In the data folder: one line, the path of the models' folder. */
  public static final String SETTING = "models-folder";

  /** In a folder that models were moved to, so that an empty mount point is not taken for it. */
  public static final String MARK = ".qalam-models";

  /** What is made in a folder that has other things in it. */
  public static final String NAME = "Qalam models";

  private static final String MOVING = ".moving-";
  private static final Logger LOG = Logger.getLogger(ModelsPlace.class.getName());

  private final Path usual;
  private final Optional<Path> setting;

  private ModelsPlace(Path usual, Optional<Path> setting) {
    this.usual = usual;
    this.setting = setting;
  }

  /**
   * The place that a data folder tells.
   *
   * @param home the data folder
   */
  public static ModelsPlace of(Path home) {
    return new ModelsPlace(home.resolve("models"), Optional.of(home.resolve(SETTING)));
  }

  /** A place that stays as it is. */
  public static ModelsPlace fixed(Path folder) {
    return new ModelsPlace(folder, Optional.empty());
  }

  /** Where models are kept unless they were moved. */
  public Path usual() {
    return usual;
  }

  /** Whether they can be moved. */
  public boolean isMovable() {
    return setting.isPresent();
  }

  /** The folder that models are in and are imported to; it may not exist. */
  public Path folder() {
    return moved().orElse(usual);
  }

  private Optional<Path> moved() {
    if (setting.isEmpty() || !Files.isRegularFile(setting.get())) {
      return Optional.empty();
    }
    try {
      String line = Files.readString(setting.get(), StandardCharsets.UTF_8).strip();
      return line.isEmpty() ? Optional.empty() : Optional.of(Path.of(line));
    } catch (IOException | InvalidPathException e) {
      LOG.log(Level.WARNING, setting.get() + ": it cannot be read", e);
      return Optional.empty();
    }
  }

  /** One sentence where models were moved to a folder that is not there now. */
  public Optional<String> missing() {
    return moved()
        .filter(folder -> !Files.isRegularFile(folder.resolve(MARK)))
        .map(folder ->
            "Your models are kept in "
                + folder
                + ", which is not there: put in the card or disk that it is on, or choose another"
                + " folder. The models that came with Qalam can be used.");
  }

  /**
   * The folder, to import into.
   *
   * @throws CatalogException where it is not there now
   */
  public Path require() throws CatalogException {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      throw new CatalogException(Reason.MISSING, missing.get());
    }
    return folder();
  }

  /**
   * What came of a move.
   *
   * @param folder that models are kept in now
   * @param models number of folders that came along; 0 where the old place was not there
   * @param isCleared whether nothing is left in the old place
   */
  public record Moved(Path folder, int models, boolean isCleared) {}

  /**
   * Moves all models: copies them, reads the copies again, keeps the new place, and only then
   * removes the old ones. Whatever happens before leaves everything as it was.
   *
   * @param chosen an empty folder, one that models were kept in before, or one with other things in
   *     it, in which a folder is made
   * @param progress hears of bytes
   * @throws CatalogException with one sentence, where nothing was moved
   * @throws java.util.concurrent.CancellationException when cancelled; likewise
   */
  public Moved move(Path chosen, Progress progress, CancellationToken cancellation)
      throws CatalogException {
    Path file =
        setting.orElseThrow(() ->
            new CatalogException(Reason.UNSUPPORTED, "the models' folder cannot be changed here"));
    Path from = folder().toAbsolutePath().normalize();
    Path to = target(chosen.toAbsolutePath().normalize());
    if (to.equals(from)) {
      throw new CatalogException(Reason.UNSUPPORTED, to + ": the models are kept there already");
    }
    if (to.startsWith(from) || from.startsWith(to)) {
      throw new CatalogException(
          Reason.UNSUPPORTED,
          to + ": choose a folder that is not within the present one or around it");
    }
    boolean isThere = missing().isEmpty() && Files.isDirectory(from);
    if (isThere && new UnfinishedImports(from).isAnyInUse()) {
      throw new CatalogException(
          Reason.IN_USE, "a model is being imported at this moment; move them when that is done");
    }
    try {
      List<String> names = isThere ? names(from) : List.of();
      copy(from, to, names, progress, cancellation);
      keep(file, to);
      return new Moved(to, names.size(), !isThere || clear(from, names));
    } catch (IOException e) {
      throw new CatalogException(
          Reason.FAILED,
          to + ": the models were not moved (" + reason(e) + "); they are where they were",
          e);
    }
  }

  private Path target(Path chosen) throws CatalogException {
    if (Files.exists(chosen) && !Files.isDirectory(chosen)) {
      throw new CatalogException(Reason.UNSUPPORTED, chosen + ": this is a file; name a folder");
    }
    if (chosen.equals(usual.toAbsolutePath().normalize())
        || Files.isRegularFile(chosen.resolve(MARK))
        || !Files.isDirectory(chosen)) {
      return chosen;
    }
    try (Stream<Path> inside = Files.list(chosen)) {
      return inside.findAny().isEmpty() ? chosen : chosen.resolve(NAME);
    } catch (IOException e) {
      throw new CatalogException(Reason.FAILED, chosen + ": the folder cannot be read", e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .map(child -> String.valueOf(child.getFileName()))
          .filter(name -> !name.equals(MARK) && !name.startsWith(MOVING))
          .sorted()
          .toList();
    }
  }

  private static void copy(
      Path from, Path to, List<String> names, Progress progress, CancellationToken cancellation)
      throws IOException, CatalogException {
    long bytes = 0;
    List<String> wanted = new ArrayList<>();
    for (String name : names) {
      if (isSame(from.resolve(name), to.resolve(name), cancellation)) {
        continue; // an earlier move was interrupted, or it was carried here
      }
      wanted.add(name);
      for (Path inside : VerifiedCopy.files(from.resolve(name))) {
        bytes += Files.size(from.resolve(name).resolve(inside));
      }
    }
    VerifiedCopy.requireRoom(to, bytes);
    boolean isNew = !Files.exists(to);
    List<Path> made = new ArrayList<>();
    try {
      Files.createDirectories(to);
      VerifiedCopy copies = new VerifiedCopy(bytes, progress, cancellation);
      for (String name : wanted) {
        Path half = to.resolve(MOVING + name);
        ModelCatalog.deleteTree(half);
        made.add(half);
        for (Path inside : VerifiedCopy.files(from.resolve(name))) {
          var _ = copies.copy(from.resolve(name).resolve(inside), half.resolve(inside));
        }
        Files.move(half, to.resolve(name));
        made.set(made.size() - 1, to.resolve(name));
      }
      Files.writeString(to.resolve(MARK), "Models of Qalam are kept in this folder.\n");
    } catch (IOException | CatalogException | RuntimeException e) {
      for (Path path : made) {
        ModelCatalog.deleteTree(path);
      }
      if (isNew) {
        ModelCatalog.deleteTree(to);
      }
      throw e;
    }
  }

  /** Whether all files of a folder are in the other one; another model of its name is an error. */
  private static boolean isSame(Path from, Path to, CancellationToken cancellation)
      throws IOException, CatalogException {
    if (!Files.exists(to)) {
      return false;
    }
    boolean isSame = Files.isDirectory(from) == Files.isDirectory(to);
    for (Path inside : isSame ? VerifiedCopy.files(from) : List.<Path>of()) {
      Path one = from.resolve(inside);
      Path other = to.resolve(inside);
      isSame =
          isSame
              && Files.isRegularFile(other)
              && Files.size(one) == Files.size(other)
              && ModelFolder.sha256(one, Progress.NONE, cancellation)
                  .equals(ModelFolder.sha256(other, Progress.NONE, cancellation));
    }
    if (!isSame) {
      throw new CatalogException(
          Reason.IN_USE, to + ": another model has this name there; remove one of the two first");
    }
    return true;
  }

  private void keep(Path file, Path to) throws IOException {
    if (to.equals(usual.toAbsolutePath().normalize())) {
      Files.deleteIfExists(to.resolve(MARK));
      Files.deleteIfExists(file);
      return;
    }
    Path half = file.resolveSibling(SETTING + ".new");
    Files.writeString(half, to + "\n", StandardCharsets.UTF_8);
    try (FileChannel written = FileChannel.open(half, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean clear(Path from, List<String> names) {
    try {
      for (String name : names) {
        if (Files.isDirectory(from.resolve(name))) {
          Files.deleteIfExists(from.resolve(name).resolve(ModelManifest.FILE)); // no model any more
        }
        ModelCatalog.deleteTree(from.resolve(name));
      }
      Files.deleteIfExists(from.resolve(MARK));
      Files.deleteIfExists(from);
      return true;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "what was moved is still in " + from, e);
      return false;
    }
  }

  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("not enough space")
        ? "the disk is full"
        : e.getClass().getSimpleName().replace("Exception", "") + ": " + message;
  }
}
