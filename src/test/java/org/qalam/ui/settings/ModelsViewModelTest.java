package org.qalam.ui.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.UnfinishedImport;
import org.qalam.convert.ImportException;
import org.qalam.convert.ModelImporter;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.MemoryStore;
import org.qalam.ui.assistant.ScriptedAssistant;

class ModelsViewModelTest {
  @TempDir Path folder;
  @TempDir Path bundled;
  private final ScriptedAssistant assistant = new ScriptedAssistant();
  private final MemoryStore store = new MemoryStore();

  private ModelsViewModel started(ModelImporter importer) {
    ModelsViewModel models =
        new ModelsViewModel(
            new ModelCatalog(folder, List.of(bundled)),
            importer,
            new ScriptedPreparation(),
            assistant,
            store,
            Desk.SAME_THREAD,
            Desk.SAME_THREAD,
            Runnable::run);
    models.start();
    return models;
  }

  private ModelsViewModel started() {
    return started((_, _, _, _) -> {
      throw new ImportException("notes.txt is not a GGUF file: choose another one.");
    });
  }

  @Test
  void choosesTheModelOfTheLastTime() {
    Desk.addModel(folder, "first", "First");
    Desk.addModel(folder, "second", "Second");
    store.settings.put(ModelsViewModel.CHOSEN_SETTING, "second");
    ModelsViewModel models = started();
    assertEquals(Optional.of("second"), models.chosenProperty().get().map(InstalledModel::id));
    assertEquals(Optional.of("second"), assistant.model());
  }

  @Test
  void takesAnotherModelWhenTheOneOfTheLastTimeIsGone() {
    Desk.addModel(bundled, "starter", "Starter");
    store.settings.put(ModelsViewModel.CHOSEN_SETTING, "gone");
    ModelsViewModel models = started();
    assertEquals(Optional.of("starter"), assistant.model());
    assertTrue(models.readyProperty().get());
  }

  @Test
  void remembersTheChoice() {
    Desk.addModel(folder, "first", "First");
    Desk.addModel(folder, "second", "Second");
    ModelsViewModel models = started();
    models.noteLoaded();
    models.choose(models.models().getLast());
    assertEquals(Optional.of("second"), assistant.model());
    assertEquals("second", store.settings.get(ModelsViewModel.CHOSEN_SETTING));
    assertFalse(models.loadedProperty().get());
  }

  @Test
  void addsAModelAndUsesIt() {
    Desk.addModel(bundled, "starter", "Starter");
    List<ImportState> seen = new ArrayList<>();
    ModelsViewModel models =
        started((_, _, progress, _) -> {
          progress.report(50, 100);
          Desk.addModel(folder, "llama", "Llama");
          return new ModelCatalog(folder, List.of()).list().getFirst().manifest();
        });
    models.importStateProperty().addListener((_, _, state) -> seen.add(state));
    models.add(Path.of("llama.gguf"));
    assertTrue(seen.contains(new ImportState.Running("llama.gguf", 0.5, false)), seen.toString());
    assertEquals(new ImportState.Done("Llama"), models.importStateProperty().get());
    assertEquals(Optional.of("llama"), assistant.model());
    assertEquals("llama", store.settings.get(ModelsViewModel.CHOSEN_SETTING));
  }

  @Test
  void saysWhyAFileIsNoModel() {
    ModelsViewModel models = started();
    models.add(Path.of("notes.txt"));
    assertEquals(
        new ImportState.Failed("notes.txt is not a GGUF file: choose another one."),
        models.importStateProperty().get());
    models.dismissImport();
    assertInstanceOf(ImportState.Ready.class, models.importStateProperty().get());
  }

  @Test
  void cancelsAnImport() {
    ModelsViewModel[] models = new ModelsViewModel[1];
    models[0] =
        started((_, _, _, cancellation) -> {
          models[0].cancelImport();
          cancellation.throwIfCancelled();
          throw new CancellationException("not reached");
        });
    models[0].add(Path.of("llama.gguf"));
    assertInstanceOf(ImportState.Ready.class, models[0].importStateProperty().get());
  }

  @Test
  void tellsWhatACancelledImportLeftUntilItIsRemoved() {
    ModelsViewModel models =
        started((_, _, _, _) -> {
          Desk.addUnfinished(folder, "llama", 5_000);
          throw new CancellationException("cancelled");
        });
    assertEquals(List.of(), models.unfinished());
    models.add(Path.of("llama.gguf"));
    assertInstanceOf(ImportState.Ready.class, models.importStateProperty().get());
    assertEquals(List.of(), models.models());
    UnfinishedImport left = models.unfinished().getFirst();
    assertEquals("llama", left.id());
    assertEquals(5_000, left.bytes());
    models.remove(left);
    assertEquals(List.of(), models.unfinished());
    assertFalse(Files.exists(folder.resolve(".importing-llama")));
  }

  @Test
  void clearsAbandonedImportsAwayWhenItStarts() throws Exception {
    Desk.addUnfinished(folder, "fresh", 10);
    Path old = Desk.addUnfinished(folder, "old", 10);
    Files.setLastModifiedTime(
        old, FileTime.from(Instant.now().minus(UnfinishedImport.KEPT).minusSeconds(60)));
    assertEquals(
        List.of("fresh"), started().unfinished().stream().map(UnfinishedImport::id).toList());
    assertFalse(Files.exists(old));
  }

  @Test
  void removesOwnModelsOnlyAndFreesThemFirst() {
    Desk.addModel(folder, "own", "Own");
    Desk.addModel(bundled, "starter", "Starter");
    ModelsViewModel models = started();
    assertEquals(Optional.of("own"), assistant.model());
    models.remove(models.models().getFirst());
    assertFalse(Files.exists(folder.resolve("own")));
    assertEquals(Optional.of("starter"), assistant.model());
    models.remove(models.models().getFirst());
    assertTrue(Files.exists(bundled.resolve("starter")));
    assertTrue(models.problemProperty().get().isPresent());
  }
}
