package org.qalam.cli;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.InstalledModel;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelManifest;
import org.qalam.catalog.ModelsPlace;
import org.qalam.catalog.UnfinishedImport;
import org.qalam.convert.ImportException;
import org.qalam.convert.ImportOptions;
import org.qalam.engine.CacheType;
import org.qalam.engine.Generator;
import org.qalam.engine.LanguageModel;
import org.qalam.engine.ModelLoadException;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qalam model}: models on this machine. */
@Command(name = "model", description = "Import, list, check and remove models.")
public final class ModelCommand {
  private final Services services;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
  private CommandSpec spec;

  public ModelCommand(Services services) {
    this.services = services;
  }

  @Command(
      name = "import",
      description = {
        "Makes a model of another program's files.",
        "They are a GGUF file, a folder of safetensors, of Meta's consolidated.00.pth,",
        "or of ONNX files as hubs and ONNX Runtime GenAI lay them out;",
        "or a folder that 'qalam model copy' made on another machine.",
        "An import that was interrupted goes on where it stopped."
      })
  void importModel(
      @Parameters(paramLabel = "PATH", description = "The file or folder.") Path source,
      @Option(names = "--id", defaultValue = "", description = "Name of the new model.") String id,
      @Option(
              names = "--weights",
              defaultValue = "auto",
              description = {
                "auto, int4, int8 or float32. auto keeps what the source holds,",
                "and brings a folder's 16 bits to int4."
              })
          ImportOptions.Weights weights,
      @Option(
              names = "--activations",
              defaultValue = "int8",
              description = "int8 (fast) or float32 (exact).")
          ImportOptions.Activations activations,
      @Option(
              names = "--block",
              defaultValue = "" + ImportOptions.DEFAULT_BLOCK,
              description = "Numbers that share a scale where int4 is rounded: 32, 64 or 128.")
          int block,
      @Option(
              names = "--rounding",
              defaultValue = "scale",
              description = "nearest, or scale (the better one, slower).")
          ImportOptions.Rounding rounding,
      @Option(
              names = "--offsets",
              defaultValue = "auto",
              description = {
                "auto, columns or bytes. What becomes of Q4_1 and Q4_K: bytes are read faster on",
                "some processors, and written slower; auto takes them there for small models."
              })
          ImportOptions.Offsets offsets,
      @Option(names = "--json", description = "Answer as JSON.") boolean json)
      throws ImportException {
    if (block != 32 && block != 64 && block != 128) {
      throw new ParameterException(
          spec.commandLine(), "--block " + block + ": 32, 64 or 128 is possible.");
    }
    ModelManifest manifest =
        services
            .importer()
            .importModel(
                source,
                new ImportOptions(id, weights, activations, block, rounding, offsets),
                new ShownImport(
                    spec.commandLine().getErr(),
                    ConsoleProgress.of(spec.commandLine().getErr(), "Importing")),
                new CancellationToken());
    if (json) {
      Json.print(
          spec.commandLine().getOut(),
          facts(manifest, services.catalog().folder().resolve(manifest.id())));
    } else {
      print(
          "%s is imported as %s (%s, %d MB).",
          manifest.name(), manifest.id(), manifest.quantization(), manifest.size() / 1_000_000);
    }
  }

  @Command(description = "Lists the installed models.")
  void list(@Option(names = "--json", description = "Answer as JSON.") boolean json) {
    List<InstalledModel> models = services.catalog().list();
    List<UnfinishedImport> unfinished = services.catalog().unfinished().list();
    if (json) {
      Map<String, Object> lists = new LinkedHashMap<>();
      lists.put("models", models.stream().map(model -> facts(model)).toList());
      if (!unfinished.isEmpty()) {
        lists.put("unfinished", unfinished.stream().map(ModelCommand::facts).toList());
      }
      Json.print(spec.commandLine().getOut(), lists);
      return;
    }
    services.catalog().place().missing().ifPresent(spec.commandLine().getErr()::println);
    if (models.isEmpty()) {
      print("No model is installed. Add one with: qalam model import PATH");
    }
    for (InstalledModel model : models) {
      print(
          "%-32s %6d MB  %s, %s",
          model.id(),
          model.manifest().size() / 1_000_000,
          model.manifest().name(),
          model.manifest().quantization());
    }
    for (UnfinishedImport left : unfinished) {
      print(
          "%-32s %6d MB  not finished; import it again to go on, or remove it",
          left.id(), left.bytes() / 1_000_000);
    }
  }

  @Command(description = "Tells what is known of a model.")
  void info(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--json", description = "Answer as JSON.") boolean json)
      throws CatalogException {
    Map<String, Object> facts = facts(services.catalog().require(id));
    if (json) {
      Json.print(spec.commandLine().getOut(), facts);
    } else {
      facts.forEach((name, value) -> print("%-16s %s", name, value));
    }
  }

  @Command(description = "Checks every byte of a model against its manifest.")
  void verify(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--json", description = "Answer as JSON.") boolean json)
      throws CatalogException {
    InstalledModel model = services.catalog().require(id);
    ModelManifest manifest =
        services
            .catalog()
            .verify(
                model,
                ConsoleProgress.of(spec.commandLine().getErr(), "Checking"),
                new CancellationToken());
    if (json) {
      Json.print(
          spec.commandLine().getOut(),
          Map.of("id", id, "verified", true, "files", manifest.files().size()));
    } else {
      print("%s is whole: %d files as in its manifest.", id, manifest.files().size());
    }
  }

  @Command(
      description = {
        "Saves a model as this machine's processor likes it.",
        "It loads sooner and takes less memory then, and more of the disk."
      })
  void prepare(
      @Parameters(paramLabel = "ID") String id,
      @Mixin LoadedModel.Cache cache,
      @Option(names = "--remove", description = "Remove the prepared files.") boolean remove,
      @Option(names = "--json", description = "Answer as JSON.") boolean json)
      throws CatalogException, ModelLoadException {
    InstalledModel model = services.catalog().requireOwn(id);
    if (remove) {
      services.preparer(cache.type()).discard(model.folder());
    } else {
      services
          .preparer(cache.type())
          .prepare(
              model.folder(),
              LoadedModel.defaultThreads(),
              ConsoleProgress.of(spec.commandLine().getErr(), "Preparing"),
              new CancellationToken());
    }
    long bytes = services.preparer(cache.type()).preparedBytes(model.folder());
    if (json) {
      Json.print(spec.commandLine().getOut(), Map.of("id", id, "prepared_bytes", bytes));
    } else if (remove) {
      print("The prepared files of %s are removed.", id);
    } else {
      print("%s is prepared for this machine; that takes %d MB.", id, bytes / 1_000_000);
    }
  }

  @Command(description = "Removes a model that you imported, or what an interrupted import left.")
  void remove(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--json", description = "Answer as JSON.") boolean json)
      throws CatalogException {
    Optional<InstalledModel> model = services.catalog().find(id);
    // A bundled model may hide behind the name of an import that was to replace it.
    boolean hadUnfinished =
        model.map(InstalledModel::bundled).orElse(true)
            && services.catalog().unfinished().remove(id);
    if (!hadUnfinished) {
      services.catalog().remove(services.catalog().require(id));
    }
    if (json) {
      Json.print(spec.commandLine().getOut(), Map.of("id", id, "removed", true));
    } else {
      print("%s is removed.", id);
    }
  }

  @Command(
      description = {
        "Tells in which folder your models are kept, or moves them to another one.",
        "They are copied, checked, and then removed from the old folder. Where DIR has other",
        "things in it, a folder for the models is made there."
      })
  void folder(
      @Parameters(
              paramLabel = "DIR",
              arity = "0..1",
              description = "The new folder, such as one of a card.")
          Optional<Path> folder,
      @Option(names = "--usual", description = "Back into the data folder.") boolean usual,
      @Option(names = "--json", description = "Answer as JSON.") boolean json)
      throws CatalogException {
    ModelsPlace place = services.catalog().place();
    if (usual && folder.isPresent()) {
      throw new ParameterException(spec.commandLine(), "Name a folder, or --usual.");
    }
    Optional<Path> wanted = usual ? Optional.of(place.usual()) : folder;
    if (wanted.isEmpty()) {
      Optional<String> missing = place.missing();
      if (json) {
        Json.print(
            spec.commandLine().getOut(),
            Map.of("folder", place.folder().toString(), "present", missing.isEmpty()));
      } else {
        print("%s", place.folder());
        missing.ifPresent(spec.commandLine().getErr()::println);
      }
      return;
    }
    ModelsPlace.Moved moved =
        place.move(
            wanted.get(),
            ConsoleProgress.of(spec.commandLine().getErr(), "Moving"),
            new CancellationToken());
    if (json) {
      Json.print(
          spec.commandLine().getOut(),
          Map.of(
              "folder", moved.folder().toString(),
              "moved", moved.models(),
              "old_folder_cleared", moved.isCleared()));
    } else {
      print(
          "Your models are kept in %s now.%s",
          moved.folder(),
          moved.isCleared() ? "" : " The old folder could not be cleared; you may delete it.");
    }
  }

  @Command(
      description = {
        "Copies a model into a folder, such as one of a stick.",
        "On another machine 'qalam model import' takes it from there, and checks every byte."
      })
  void copy(
      @Parameters(paramLabel = "ID") String id,
      @Parameters(paramLabel = "DIR", description = "In it a folder is made.") Path folder,
      @Option(names = "--json", description = "Answer as JSON.") boolean json)
      throws CatalogException {
    Path copied =
        ModelCatalog.copy(
            services.catalog().require(id),
            folder,
            ConsoleProgress.of(spec.commandLine().getErr(), "Copying"),
            new CancellationToken());
    if (json) {
      Json.print(spec.commandLine().getOut(), Map.of("id", id, "folder", copied.toString()));
    } else {
      print("%s is copied to %s.", id, copied);
    }
  }

  @Command(description = "Tells how well a model foresees a text: its perplexity.")
  void score(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--text", required = true, description = "A text file in UTF-8.") Path text,
      @Option(
              names = "--max-tokens",
              defaultValue = "1024",
              description = "The first so many tokens.")
          int maxTokens,
      @Mixin LoadedModel.Cache cache,
      @Option(names = "--json", description = "Answer as JSON.") boolean json)
      throws CatalogException, ModelLoadException, IOException {
    String content = Files.readString(text, StandardCharsets.UTF_8);
    try (LanguageModel model =
            LoadedModel.load(services, id, LoadedModel.defaultThreads(), cache.type());
        Generator generator = model.newGenerator()) {
      int[] ids = model.tokenizer().encode(content);
      int count = Math.min(ids.length, maxTokens);
      if (count < 2) {
        throw new ParameterException(
            spec.commandLine(), text + ": a text of at least two tokens is needed.");
      }
      Progress progress = ConsoleProgress.of(spec.commandLine().getErr(), "Scoring");
      double[] scores =
          generator.score(Arrays.copyOf(ids, count), progress, new CancellationToken());
      double loss = -Arrays.stream(scores).average().orElseThrow();
      if (json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("tokens", count);
        answer.put("nll_per_token", loss);
        answer.put("perplexity", Math.exp(loss));
        Json.print(spec.commandLine().getOut(), answer);
      } else {
        print("Perplexity %.3f on %d tokens.", Math.exp(loss), count);
      }
    }
  }

  @Command(description = "Gives the logits after the last of some tokens.")
  void logits(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--ids", required = true, split = ",", description = "Token ids.") int[] ids,
      @Mixin LoadedModel.Cache cache,
      @Option(names = "--json", description = "Answer as JSON (the only form).") boolean json)
      throws CatalogException, ModelLoadException {
    try (LanguageModel model =
            LoadedModel.load(services, id, LoadedModel.defaultThreads(), cache.type());
        Generator generator = model.newGenerator()) {
      float[] logits = generator.append(ids, Progress.NONE, new CancellationToken());
      List<Float> numbers = new ArrayList<>(logits.length);
      for (float logit : logits) {
        numbers.add(logit);
      }
      Json.print(spec.commandLine().getOut(), Map.of("logits", numbers));
    }
  }

  private Map<String, Object> facts(InstalledModel model) {
    Map<String, Object> facts = facts(model.manifest(), model.folder());
    facts.put("bundled", model.bundled());
    facts.put("prepared_bytes", services.preparer(CacheType.AUTO).preparedBytes(model.folder()));
    return facts;
  }

  private static Map<String, Object> facts(UnfinishedImport left) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", left.id());
    facts.put("bytes", left.bytes());
    facts.put("last_worked_on", left.lastWorkedOn().toString());
    return facts;
  }

  private static Map<String, Object> facts(ModelManifest manifest, Path folder) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", manifest.id());
    facts.put("name", manifest.name());
    facts.put("architecture", manifest.architecture());
    facts.put("quantization", manifest.quantization());
    facts.put("parameters", manifest.parameters());
    facts.put("context_length", manifest.contextLength());
    facts.put("vocabulary_size", manifest.vocabularySize());
    facts.put("layers", manifest.layers());
    facts.put("license", manifest.license());
    facts.put("languages", manifest.languages());
    facts.put("source", manifest.source());
    facts.put("bytes", manifest.size());
    facts.put("folder", folder.toString());
    return facts;
  }

  @FormatMethod
  private void print(String format, Object... values) {
    spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
    spec.commandLine().getOut().flush();
  }
}
