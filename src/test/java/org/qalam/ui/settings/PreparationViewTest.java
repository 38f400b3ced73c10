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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.app.EnginePreparation;
import org.qalam.catalog.ModelCatalog;
import org.qalam.convert.ImportException;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.engine.onnx.OnnxModelPreparer;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.task.Worker;
import org.qalam.ui.assistant.Desk;
import org.qalam.ui.assistant.MemoryStore;
import org.qalam.ui.assistant.ScriptedAssistant;
import org.qalam.ui.text.WrappedText;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The starter model, as one of the writer's own, on the page of models. */
// The toolkit's thread fills the fields in before each test.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class PreparationViewTest {
  private static final String ID = "smollm2-135m-instruct";
  private static final String BUTTON = "#prepare-" + ID;

  @TempDir static Path folder;

  private final Worker background = new Worker("background");
  private ModelsViewModel models;

  @Start
  void open(Stage stage) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    Path own = Files.createDirectories(folder.resolve(ID));
    try (Stream<Path> files = Files.list(Path.of("models", ID))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = own.resolve(file.getFileName());
        if (!Files.exists(copy)) {
          Files.copy(file, copy);
        }
      }
    }
    models =
        new ModelsViewModel(
            new ModelCatalog(folder, List.of()),
            (_, _, _, _) -> {
              throw new ImportException("notes.txt is not a model: choose a GGUF file.");
            },
            new EnginePreparation(new OnnxModelPreparer()),
            new ScriptedAssistant(),
            new MemoryStore(),
            Desk.SAME_THREAD,
            background,
            Platform::runLater);
    models.start();
    Scene scene = new Scene(new ModelsView(models), 640, 760);
    scene
        .getStylesheets()
        .add(Objects.requireNonNull(Desk.class.getResource("tokens.css")).toExternalForm());
    stage.setScene(scene);
    stage.show();
  }

  @AfterEach
  void end() throws Exception {
    background.close();
    new OnnxModelPreparer().discard(folder.resolve(ID));
  }

  @Test
  void starterIsPreparedAndWritesTheSameAndIsAsBeforeWhenUndone(FxRobot robot) throws Exception {
    float[] logits = logits();
    await(robot, "Prepare");
    click(robot, BUTTON);
    await(robot, "Undo");
    Path prepared = folder.resolve(ID).resolve("prepared");
    assertTrue(Files.exists(prepared.resolve("prepared.json")));
    long bytes = new OnnxModelPreparer().preparedBytes(folder.resolve(ID));
    assertTrue(words(robot).contains(Math.round(bytes / 1e6) + " MB more"), words(robot));
    assertEquals(0, mismatches(logits, logits()));
    click(robot, BUTTON);
    await(robot, "Prepare");
    assertFalse(Files.exists(prepared));
    assertEquals(0, mismatches(logits, logits()));
  }

  @Test
  void cancelLeavesTheModelAsItWas(FxRobot robot) throws Exception {
    await(robot, "Prepare");
    click(robot, BUTTON);
    await(robot, "Cancel");
    click(robot, BUTTON);
    await(robot, "Prepare");
    try (Stream<Path> files = Files.list(folder.resolve(ID))) {
      assertEquals(List.of(), files.filter(Files::isDirectory).toList());
    }
  }

  /** Waits until the row's button says this. */
  private static void await(FxRobot robot, String text) throws Exception {
    WaitForAsyncUtils.waitFor(
        60,
        TimeUnit.SECONDS,
        () ->
            robot.lookup(BUTTON).tryQueryAs(Button.class).stream()
                .anyMatch(button -> button.getText().equals(text) && !button.isDisabled()));
  }

  private static String words(FxRobot robot) {
    return robot.lookup(".preparation .wrapped-text").queryAllAs(WrappedText.class).stream()
        .map(WrappedText::getText)
        .reduce("", (all, text) -> all + "\n" + text);
  }

  private static int mismatches(float[] one, float[] other) {
    int count = 0;
    for (int i = 0; i < one.length; i++) {
      count += one[i] == other[i] ? 0 : 1;
    }
    return count;
  }

  private static float[] logits() throws Exception {
    try (LanguageModel model =
            new OnnxModelLoader()
                .load(folder.resolve(ID), 2, Progress.NONE, new CancellationToken());
        Generator generator = model.newGenerator()) {
      return generator
          .append(new int[] {5, 77, 130, 402}, Progress.NONE, new CancellationToken())
          .clone();
    }
  }
}
