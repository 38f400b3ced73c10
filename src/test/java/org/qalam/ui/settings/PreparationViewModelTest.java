package org.qalam.ui.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.collections.MapChangeListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelPreparation.Standing;
import org.qalam.convert.ImportException;
import org.qalam.task.TaskRunner;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.MemoryStore;
import org.qalam.ui.assistant.ScriptedAssistant;

class PreparationViewModelTest {
  private static final PreparationState OFFERED =
      new PreparationState.Offered(
          2_200_000_000L, 5_300_000_000L, 80_000_000_000L, Optional.empty());
  private static final PreparationState PREPARED =
      new PreparationState.Prepared(2_193_000_000L, Optional.empty());

  @TempDir Path folder;
  @TempDir Path bundled;
  private final ScriptedAssistant assistant = new ScriptedAssistant();
  private final ScriptedPreparation disk = new ScriptedPreparation();
  private final List<PreparationState> seen = new ArrayList<>();

  @BeforeEach
  void addModels() {
    Desk.addModel(folder, "own", "Own");
    Desk.addModel(folder, "second", "Second");
    Desk.addModel(bundled, "starter", "Starter");
  }

  private ModelsViewModel started(TaskRunner background) {
    ModelsViewModel models =
        new ModelsViewModel(
            new ModelCatalog(folder, List.of(bundled)),
            (_, _, _, _) -> {
              throw new ImportException("notes.txt is not a model: choose a GGUF file.");
            },
            disk,
            assistant,
            new MemoryStore(),
            Desk.SAME_THREAD,
            background,
            Runnable::run);
    models.start();
    models
        .preparation()
        .states()
        .addListener(
            (MapChangeListener<String, PreparationState>)
                change -> {
                  if (change.getKey().equals("own") && change.wasAdded()) {
                    seen.add(change.getValueAdded());
                  }
                });
    return models;
  }

  private ModelsViewModel started() {
    return started(Desk.SAME_THREAD);
  }

  private static InstalledModel own(ModelsViewModel models) {
    return models.models().getFirst();
  }

  @Test
  void ownModelsAreOfferedWithWhatItTakesAndTheStarterIsNot() {
    ModelsViewModel models = started();
    assertEquals(
        Map.of("own", OFFERED, "second", OFFERED, "starter", new PreparationState.Fixed()),
        models.preparation().states());
  }

  @Test
  void preparationTellsHowFarItIsAndFreesTheModelBeforeAndAfter() {
    ModelsViewModel models = started();
    models.noteLoaded();
    List<Integer> unloads = new ArrayList<>();
    disk.work =
        (progress, _) -> {
          unloads.add(assistant.unloads);
          progress.report(55, 100);
        };
    models.preparation().prepare(own(models));
    assertEquals(
        List.of(
            new PreparationState.Running(-1, false),
            new PreparationState.Running(0.55, false),
            PREPARED),
        seen);
    assertEquals(List.of(1), unloads);
    assertEquals(2, assistant.unloads); // the next request loads the prepared one
    assertFalse(models.loadedProperty().get());
    assertFalse(models.preparation().isBusy());
  }

  @Test
  void modelThatIsNotTheChosenOneLeavesTheChosenOneInMemory() {
    ModelsViewModel models = started();
    models.noteLoaded();
    models.preparation().prepare(models.models().get(1));
    assertEquals(PREPARED, models.preparation().states().get("second"));
    assertEquals(0, assistant.unloads);
    assertTrue(models.loadedProperty().get());
  }

  @Test
  void undoFreesTheModelAndOffersAgain() {
    disk.prepared.add("own");
    ModelsViewModel models = started();
    assertEquals(PREPARED, models.preparation().states().get("own"));
    models.preparation().undo(own(models));
    assertEquals(List.of(new PreparationState.Undoing(), OFFERED), seen);
    assertTrue(assistant.unloads > 0);
  }

  @Test
  void failureIsToldInOneSentenceWithWhatIsFreeNow() {
    ModelsViewModel models = started();
    disk.work =
        (_, _) -> {
          disk.disk = new Standing.Unprepared(2_200_000_000L, 5_300_000_000L, 1_000_000_000L);
          throw new CatalogException(
              CatalogException.Reason.FAILED, "own: it cannot be written to (the disk is full)");
        };
    models.preparation().prepare(own(models));
    assertEquals(
        new PreparationState.Offered(
            2_200_000_000L,
            5_300_000_000L,
            1_000_000_000L,
            Optional.of("own: it cannot be written to (the disk is full)")),
        models.preparation().states().get("own"));
    assertFalse(models.preparation().isBusy());
  }

  @Test
  void cancelledPreparationOffersAgainWithoutAWord() {
    ModelsViewModel models = started();
    disk.work =
        (progress, cancellation) -> {
          progress.report(30, 100);
          models.preparation().cancel();
          cancellation.throwIfCancelled();
        };
    models.preparation().prepare(own(models));
    assertEquals(
        List.of(
            new PreparationState.Running(-1, false),
            new PreparationState.Running(0.3, false),
            new PreparationState.Running(0.3, true),
            OFFERED),
        seen);
  }

  @Test
  void onlyOneModelIsPreparedAtATime() {
    ModelsViewModel models = started();
    disk.work =
        (_, _) -> {
          assertTrue(models.preparation().isBusy());
          models.preparation().prepare(models.models().get(1));
        };
    models.preparation().prepare(own(models));
    assertEquals(OFFERED, models.preparation().states().get("second"));
  }

  @Test
  void removingAModelStopsItsPreparation() {
    ModelsViewModel models = started();
    disk.work =
        (_, cancellation) -> {
          models.remove(own(models));
          cancellation.throwIfCancelled();
        };
    InstalledModel own = own(models);
    models.preparation().prepare(own);
    assertFalse(disk.prepared.contains("own"));
    assertFalse(models.models().contains(own));
    assertFalse(models.preparation().isBusy());
  }

  @Test
  void windowsEndStopsThePreparation() {
    ModelsViewModel models = started();
    disk.work =
        (_, cancellation) -> {
          models.stopWork();
          assertTrue(cancellation.isCancelled());
        };
    models.preparation().prepare(own(models));
    assertTrue(seen.size() > 1, seen.toString());
  }
}
