package org.qalam.ui.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelsPlace;
import org.qalam.convert.ImportException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.ui.SteadyRobot;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.MemoryStore;
import org.qalam.ui.assistant.ScriptedAssistant;
import org.qalam.ui.text.WrappedText;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The folder of the models on the page of models. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class PlaceViewTest {
  @TempDir Path folder;

  private final SteadyRobot robot = new SteadyRobot();
  private final ScriptedAssistant assistant = new ScriptedAssistant();
  private ModelsViewModel models;
  private Stage stage;

  @Start
  void open(Stage window) {
    Locale.setDefault(Locale.ENGLISH);
    stage = window;
    stage.show();
  }

  /** Shows the page over a data folder with one model, which has no files. */
  private void show() {
    Path home = folder.resolve("home");
    Desk.addModel(home.resolve("models"), "first", "First model");
    robot.interact(() -> {
      models =
          new ModelsViewModel(
              new ModelCatalog(ModelsPlace.of(home), List.of()),
              (_, _, _, _) -> {
                throw new ImportException("nothing is imported here");
              },
              new ScriptedPreparation(),
              assistant,
              new MemoryStore(),
              Desk.SAME_THREAD,
              Desk.SAME_THREAD,
              Platform::runLater);
      Scene scene = new Scene(new ModelsView(models), 640, 760);
      scene
          .getStylesheets()
          .add(Objects.requireNonNull(Desk.class.getResource("tokens.css")).toExternalForm());
      stage.setScene(scene);
      models.start();
    });
    robot.interact(() -> {});
  }

  private String words(String id) {
    return SteadyRobot.onFx(() -> ((WrappedText) stage.getScene().lookup(id)).getText());
  }

  private boolean isShown(String id) {
    return SteadyRobot.onFx(() -> stage.getScene().lookup(id).isManaged());
  }

  @Test
  void modelsMoveToACardAndBackAndTheChosenOneIsUsedWhereItIs() {
    show();
    assertEquals(folder.resolve("home/models").toString(), words("#models-folder"));
    assertFalse(isShown("#models-folder-back"));
    Path card = folder.resolve("card");
    robot.interact(() -> models.place().move(card));
    robot.interact(() -> {});
    assertEquals(card.toString(), words("#models-folder"));
    assertEquals("The models are kept here now.", words("#models-folder-outcome"));
    assertEquals(
        Optional.of(card.resolve("first")),
        SteadyRobot.onFx(() -> models.chosenProperty().get().map(model -> model.folder())));
    assertTrue(isShown("#models-folder-back"));
    robot.interact(() -> models.place().moveBack());
    robot.interact(() -> {});
    assertEquals(folder.resolve("home/models").toString(), words("#models-folder"));
  }

  @Test
  void aCardThatIsNotThereIsSaidWhereItsFolderStands() throws Exception {
    Desk.addModel(folder.resolve("home/models"), "first", "First model");
    moved();
    ModelCatalog.deleteTree(folder.resolve("card"));
    show();
    assertTrue(words("#models-folder-told").startsWith("Your models are kept in "));
    assertTrue(words("#models-folder-told").contains("put in the card"));
  }

  private void moved() throws CatalogException {
    var _ =
        ModelsPlace.of(folder.resolve("home"))
            .move(folder.resolve("card"), Progress.NONE, new CancellationToken());
  }

  @Test
  void aModelThatCannotBeCopiedSaysWhyAndLeavesNothing() {
    show();
    robot.interact(() -> models.place().copy(models.models().getFirst(), folder.resolve("stick")));
    robot.interact(() -> {});
    assertTrue(
        words("#models-folder-outcome").contains("missing"), words("#models-folder-outcome"));
    assertFalse(Files.exists(folder.resolve("stick/first")));
  }
}
