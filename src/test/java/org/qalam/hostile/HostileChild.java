package org.qalam.hostile;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.qalam.app.EngineCalibrator;
import org.qalam.catalog.ModelCatalog;
import org.qalam.convert.CheckpointImporter;
import org.qalam.convert.ImportException;
import org.qalam.convert.ImportOptions;
import org.qalam.convert.ImportProgress;
import org.qalam.engine.ContextOverflowException;
import org.qalam.engine.EngineException;
import org.qalam.engine.Generation;
import org.qalam.engine.GenerationListener;
import org.qalam.engine.GenerationParams;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.onnx.OnnxModelLoader;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import org.qalam.tokenizer.ChatMessage;
import org.qalam.tokenizer.ChatTemplateException;

/**
 * Takes mutants the whole way: import, load, write two tokens. It reads lines {@code FORMAT SEED}
 * and answers each with {@code RAN}, {@code REFUSED} or {@code DEFECT} and what was said.
 */
final class HostileChild {
  static final String ANSWER = "#answer ";

  private final Path work;
  private final Canary canary;
  private final Map<Format, Map<String, byte[]>> sound = new EnumMap<>(Format.class);

  private HostileChild(Path work) throws Exception {
    this.work = work;
    this.canary = new Canary(work);
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    HostileChild child = new HostileChild(Path.of(arguments[0]).toAbsolutePath());
    BufferedReader tasks =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
      String[] parts = task.split(" ", 2);
      answers.println(ANSWER + child.end(Format.valueOf(parts[0]), Long.parseLong(parts[1])));
    }
  }

  private String end(Format format, long seed) throws Exception {
    if (!sound.containsKey(format)) {
      Path made = Files.createDirectories(work.resolve("sound-" + format));
      sound.put(format, format.sound(made));
    }
    Path models = work.resolve("models");
    ModelCatalog.deleteTree(models);
    Path folder = format == Format.OWN ? models.resolve("tiny") : work.resolve("mutants/m");
    if (seed >= 0) {
      new Mutant(format, seed, sound.get(format), canary).write(folder);
    } else { // the sound files themselves
      ModelCatalog.deleteTree(folder);
      for (Map.Entry<String, byte[]> file : sound.get(format).entrySet()) {
        Files.createDirectories(folder.resolve(file.getKey()).getParent());
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
    canary.arm();
    String said = run(format, folder, models, seed);
    String touched = format == Format.OWN ? canary.touched() : canary.touchedOrIn(models);
    return touched.isEmpty() ? said : "DEFECT " + touched + "; " + said;
  }

  private static String run(Format format, Path folder, Path models, long seed) {
    try {
      if (format != Format.OWN) {
        ImportOptions options =
            new ImportOptions(
                "tiny",
                ImportOptions.DEFAULT.weights(),
                ImportOptions.DEFAULT.activations(),
                ImportOptions.DEFAULT_BLOCK,
                ImportOptions.Rounding.NEAREST);
        CheckpointImporter importer =
            seed % 8 == 0
                ? new CheckpointImporter(models, new EngineCalibrator())
                : new CheckpointImporter(models);
        var _ =
            importer.importModel(
                folder.resolve(format.source),
                options,
                ImportProgress.NONE,
                new CancellationToken());
      } else {
        var _ = new ModelCatalog(models, List.of()).list();
      }
      try (LanguageModel model =
              new OnnxModelLoader()
                  .load(models.resolve("tiny"), 1, Progress.NONE, new CancellationToken());
          Generation generation = new Generation(model)) {
        int[] prompt = model.promptEncoder().encode(List.of(ChatMessage.user("Hello")));
        if (prompt.length > 0) {
          var _ =
              generation.generate(
                  prompt,
                  List.of(),
                  new GenerationParams(2, 0, 1, 0, 1, 64, 0),
                  GenerationListener.NONE,
                  new CancellationToken());
        }
      }
      return "RAN";
    } catch (ImportException
        | ModelLoadException
        | EngineException
        | ContextOverflowException
        | ChatTemplateException e) {
      return Sentence.fault(e.getMessage()).isEmpty()
          ? "REFUSED " + e.getClass().getSimpleName() + ": " + e.getMessage()
          : "DEFECT "
              + Sentence.fault(e.getMessage())
              + ": "
              + String.valueOf(e.getMessage()).replace('\n', '|');
    } catch (Throwable e) {
      e.printStackTrace();
      StackTraceElement[] trace = e.getStackTrace();
      String at = "";
      for (StackTraceElement element : trace) {
        if (element.getClassName().startsWith("org.qalam.") && at.isEmpty()) {
          at = element.toString();
        }
      }
      return ("DEFECT " + e + " at " + at).replace('\n', '|');
    }
  }
}
