package org.qalam.ui.assistant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.convert.ImportException;
import org.qalam.convert.ModelImporter;
import org.qalam.task.TaskRunner;
import org.qalam.ui.settings.ModelsViewModel;
import org.qalam.ui.settings.ScriptedPreparation;

/** A panel's surroundings: everything happens at once, on the calling thread. */
public final class Desk {
  public static final TaskRunner SAME_THREAD =
      new TaskRunner() {
        @Override
        public <T> CompletableFuture<T> submit(Callable<T> work) {
          try {
            return CompletableFuture.completedFuture(work.call());
          } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
          }
        }
      };

  final ScriptedAssistant assistant = new ScriptedAssistant();
  final MemoryStore store = new MemoryStore();
  final PlainText text;
  final ModelsViewModel models;
  final AssistantViewModel panel;

  /** What is put off for some seconds. */
  final List<Runnable> later = new ArrayList<>();

  /**
   * @param models folder of models
   * @param ui the thread that the panel lives on
   */
  Desk(Path models, String text, Executor ui) {
    this(models, text, ui, SAME_THREAD);
  }

  /**
   * @param background looks at the disk
   */
  Desk(Path models, String text, Executor ui, TaskRunner background) {
    this.text = new PlainText(text);
    ModelImporter none =
        (source, _, _, _) -> {
          throw new ImportException(source.getFileName() + " is not a model: choose a GGUF file.");
        };
    this.models =
        new ModelsViewModel(
            new ModelCatalog(models, List.of()),
            none,
            new ScriptedPreparation(),
            assistant,
            store,
            SAME_THREAD,
            background,
            ui);
    this.panel =
        new AssistantViewModel(
            assistant, store, SAME_THREAD, background, this.text, this.models, ui, ui, later::add);
    this.models.start();
  }

  /** Leaves in {@code folder} what an interrupted import would; gives its journal. */
  public static Path addUnfinished(Path folder, String id, int bytes) {
    Path journal = folder.resolve(".importing-" + id).resolve("journal");
    try {
      Files.createDirectories(folder.resolve(".importing-" + id));
      return Files.write(journal, new byte[bytes]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the manifest of a model into {@code folder}. */
  public static void addModel(Path folder, String id, String name) {
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT,
            id,
            name,
            "llama",
            "Apache-2.0",
            "tiny.gguf",
            "int8 block 32, int8 activations",
            8192,
            49152,
            30,
            3,
            64,
            134_515_008,
            "",
            "",
            List.of(2),
            "",
            List.of("en"),
            List.of(new ModelManifest.FileEntry("model.onnx.data", 147_000_000, "")));
    try {
      Files.createDirectories(folder.resolve(id));
      ModelFolder.write(folder.resolve(id), manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
