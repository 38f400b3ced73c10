package org.qalam.catalog;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models in a folder of the writer's own and in the one that came with the program. Any thread.
 */
public final class ModelCatalog {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Path own;
  private final List<Path> bundled;

  /**
   * @param own folder that models are imported to; it may not exist yet
   * @param bundled folders of models that came with the program
   */
  public ModelCatalog(Path own, List<Path> bundled) {
    this.own = own;
    this.bundled = List.copyOf(bundled);
  }

  /** Folder that models are imported to. */
  public Path folder() {
    return own;
  }

  /** All readable models, the writer's own first; an own one hides a bundled one of the same id. */
  public List<InstalledModel> list() {
    List<InstalledModel> models = new ArrayList<>();
    collect(own, false, models);
    for (Path folder : bundled) {
      collect(folder, true, models);
    }
    return models;
  }

  /** The model of this id. */
  public Optional<InstalledModel> find(String id) {
    return list().stream().filter(model -> model.id().equals(id)).findFirst();
  }

  private static void collect(Path folder, boolean isBundled, List<InstalledModel> models) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.sorted().toList()) {
        Path file = child.resolve(ModelManifest.FILE);
        if (!Files.isRegularFile(file)) {
          continue;
        }
        try {
          ModelManifest manifest = JSON.readValue(file.toFile(), ModelManifest.class);
          if (models.stream().noneMatch(known -> known.id().equals(manifest.id()))) {
            models.add(new InstalledModel(manifest, child, isBundled));
          }
        } catch (IOException unreadable) {
          System.getLogger(ModelCatalog.class.getName())
              .log(System.Logger.Level.WARNING, "{0}: no readable manifest", child);
        }
      }
    } catch (IOException unreadable) {
      System.getLogger(ModelCatalog.class.getName())
          .log(System.Logger.Level.WARNING, "{0}: cannot be listed", folder);
    }
  }
}
