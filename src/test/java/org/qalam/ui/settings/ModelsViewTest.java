package org.qalam.ui.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qalam.ui.Pointer.click;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.catalog.ModelCatalog;
import org.qalam.convert.ImportException;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.MemoryStore;
import org.qalam.ui.assistant.ScriptedAssistant;
import org.qalam.ui.text.WrappedText;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class ModelsViewTest {
  @TempDir static Path folder;

  private final ScriptedAssistant assistant = new ScriptedAssistant();
  private ModelsViewModel models;
  private ModelPill pill;

  @Start
  void open(Stage stage) {
    Locale.setDefault(Locale.ENGLISH);
    Desk.addModel(folder, "first", "First model");
    Desk.addModel(folder, "second", "Second model");
    models =
        new ModelsViewModel(
            new ModelCatalog(folder, List.of()),
            (_, _, _, _) -> {
              throw new ImportException("notes.txt is not a model: choose a GGUF file.");
            },
            new ScriptedPreparation(),
            assistant,
            new MemoryStore(),
            Desk.SAME_THREAD,
            Desk.SAME_THREAD,
            Platform::runLater);
    pill = new ModelPill(models, () -> {});
    Scene scene = new Scene(new VBox(pill, new ModelsView(models)), 640, 760);
    scene
        .getStylesheets()
        .add(Objects.requireNonNull(Desk.class.getResource("tokens.css")).toExternalForm());
    stage.setScene(scene);
    stage.show();
  }

  @BeforeEach
  void begin(FxRobot robot) {
    robot.interact(models::start);
    robot.interact(() -> {});
  }

  @Test
  void choosesAModel(FxRobot robot) {
    assertEquals("First model", pill.getText());
    click(robot, "#choose-second");
    assertEquals(Optional.of("second"), assistant.model());
    robot.interact(() -> assertEquals("Second model", pill.getText()));
  }

  @Test
  void asksBeforeItRemovesAModel(FxRobot robot) {
    Desk.addModel(folder, "added", "Added model"); // the first in the list, so in sight
    robot.interact(models::refresh);
    robot.interact(() -> {});
    click(robot, "#remove-added");
    assertTrue(Files.exists(folder.resolve("added")));
    click(robot, "#remove-yes");
    assertFalse(Files.exists(folder.resolve("added")));
  }

  @Test
  void tellsAndRemovesWhatAnInterruptedImportLeft(FxRobot robot) {
    Desk.addUnfinished(folder, "third", 812_000);
    robot.interact(models::refresh);
    robot.interact(() -> {});
    assertTrue(
        robot.lookup(".card .strong").queryAllAs(Labeled.class).stream()
            .anyMatch(label -> label.getText().equals("Import of third stopped")));
    String hint = "The import of third stopped before its end: adding the same file again goes on";
    assertTrue(
        robot.lookup(".add-model .muted").queryAllAs(WrappedText.class).stream()
            .anyMatch(text -> text.getText().contains(hint)));
    click(robot, "#remove-unfinished-third");
    assertFalse(Files.exists(folder.resolve(".importing-third")));
    robot.interact(() -> assertEquals(2, models.models().size()));
  }

  @Test
  void switchesAllFeaturesOff(FxRobot robot) {
    click(robot, "#features");
    assertFalse(models.enabledProperty().get());
    assertEquals(1, assistant.unloads);
    robot.interact(() -> assertEquals("Model features off", pill.getText()));
  }
}
