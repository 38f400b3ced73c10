package org.qalam.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.catalog.ModelFolder;
import org.qalam.catalog.ModelManifest;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelLoadException.Reason;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

class OnnxModelLoaderTest {
  @TempDir Path models;
  private Path folder = Path.of("");

  @BeforeEach
  void importModel() throws Exception {
    folder = TinyModel.importInto(models);
  }

  @Test
  void missingFileIsNamedWithTheWayOut() throws Exception {
    Files.delete(folder.resolve("model.onnx.data"));
    ModelLoadException e = failure();
    assertEquals(Reason.MISSING_FILE, e.reason());
    assertEquals(
        folder.resolve("model.onnx.data") + ": the file is missing; import the model again",
        e.getMessage());
  }

  @Test
  void changedByteIsFoundBeforeTheRunTimeSeesIt() throws Exception {
    Path graph = folder.resolve("model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    bytes[100] ^= 4;
    Files.write(graph, bytes);
    assertEquals(Reason.CHANGED_FILE, failure().reason());
  }

  @Test
  void changedSizeIsFoundWithoutReadingTheFile() throws Exception {
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    ModelLoadException e = failure();
    assertEquals(Reason.CHANGED_FILE, e.reason());
    assertTrue(String.valueOf(e.getMessage()).contains("2 bytes instead of"));
  }

  @Test
  void manifestFromTheFutureIsRefused() throws Exception {
    Path manifest = folder.resolve(ModelManifest.FILE);
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("\"format\" : 1", "\"format\" : 9"));
    assertTrue(String.valueOf(failure().getMessage()).contains("format 9 was found"));
  }

  @Test
  void manifestThatNamesAFileElsewhereIsRefused() throws Exception {
    Path manifest = folder.resolve(ModelManifest.FILE);
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"model.onnx.data\"", "\"../model.onnx.data\""));
    assertTrue(String.valueOf(failure().getMessage()).contains("is not a plain file name"));
  }

  @Test
  void graphThatIsNotWhatTheManifestSaysIsRefusedBeforeItRuns() throws Exception {
    ModelManifest was = ModelFolder.manifest(folder);
    ModelFolder.write(
        folder,
        new ModelManifest(
            was.format(),
            was.id(),
            was.name(),
            was.architecture(),
            was.license(),
            was.source(),
            was.quantization(),
            was.contextLength(),
            was.vocabularySize(),
            was.layers() + 1,
            was.keyValueHeads(),
            was.headSize(),
            was.parameters(),
            was.bosToken(),
            was.eosToken(),
            was.stopTokens(),
            was.chatTemplate(),
            was.languages(),
            was.files()));
    ModelLoadException e = failure();
    assertEquals(Reason.UNSUPPORTED, e.reason());
    assertTrue(String.valueOf(e.getMessage()).contains("past_key_values." + was.layers()));
  }

  @Test
  void cancelledLoadingStops() {
    CancellationToken cancelled = new CancellationToken();
    cancelled.cancel();
    assertThrows(
        CancellationException.class,
        () -> new OnnxModelLoader().load(folder, 1, Progress.NONE, cancelled));
  }

  /**
   * Every other provider is asked for with a method of SessionOptions whose name begins with add.
   */
  @Test
  void noExecutionProviderButTheCpuIsEverAskedFor() {
    JavaClasses classes = new ClassFileImporter().importPackages("org.qalam");
    List<JavaMethodCall> calls =
        classes.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call ->
                call.getTargetOwner().getName().equals("ai.onnxruntime.OrtSession$SessionOptions"))
            .toList();
    assertTrue(calls.size() >= 4, "the loader sets its options somewhere");
    assertEquals(
        List.of(),
        calls.stream()
            .filter(call -> call.getName().startsWith("add"))
            .filter(call -> !call.getName().equals("addConfigEntry"))
            .map(JavaMethodCall::getDescription)
            .toList());
  }

  private ModelLoadException failure() {
    return assertThrows(
        ModelLoadException.class,
        () ->
            new OnnxModelLoader().load(folder, 1, Progress.NONE, new CancellationToken()).close());
  }
}
