import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Part of the build: makes the run-time image, a folder that starts on a machine without Java.
 *
 * <pre>
 *   bin/qalam        starts the window or a command      (jlink/qalam, jlink/qalam.cmd)
 *   lib/             JDK and JavaFX modules, all native libraries, qalam.options, qalam.aot
 *   app/             Qalam and its libraries, on the class path: many are automatic modules, which
 *                    jlink refuses
 *   models/          the starter model, where the build has one
 *   LICENSE, licences.md, LGPL-2.1.txt, Amiri-OFL-1.1.txt, DejaVu.txt
 * </pre>
 *
 * <p>Run with the JDK that goes into the image, and with the program's class path. Arguments: the
 * project's folder, the program's jar, the image's folder. It is made beside its place and moved
 * there when it is whole.
 */
final class Image {
  private static final String LOCALES = "en,ar";

  /** More of them made neither a start nor the first minute quicker; docs/decisions/0034. */
  private static final String TOURS = "1";

  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  private final Path project;
  private final Path programJar;
  private final Path image;

  /** The system's folder for native libraries in a run-time image. */
  private final Path natives;

  private Image(Path project, Path programJar, Path image) {
    this.project = project;
    this.programJar = programJar;
    this.image = image;
    this.natives = image.resolve(WINDOWS ? "bin" : "lib");
  }

  public static void main(String[] arguments) throws IOException {
    Path place = Path.of(arguments[2]).toAbsolutePath();
    Path unfinished = place.resolveSibling(place.getFileName() + ".part");
    deleteTree(unfinished);
    new Image(Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]), unfinished).make();
    deleteTree(place);
    Files.move(unfinished, place);
  }

  private void make() throws IOException {
    List<Path> javafx = new ArrayList<>();
    List<Path> libraries = new ArrayList<>();
    for (String name : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(name);
      if (!name.endsWith(".jar")) {
        continue; // target/classes: the program's jar holds the same
      }
      if (!jar.getFileName().toString().startsWith("javafx-")) {
        libraries.add(jar);
      } else if (isModule(jar)) { // beside each there is one without content and platform
        javafx.add(jar);
      }
    }
    link(javafx);
    for (Path jar : javafx) {
      unpackNatives(jar, "");
    }
    Path app = Files.createDirectory(image.resolve("app"));
    List<String> names = new ArrayList<>();
    for (Path jar : libraries) {
      String name = jar.getFileName().toString();
      names.add(name);
      if (name.startsWith("onnxruntime-")) {
        unpackNatives(jar, "ai/onnxruntime/native/" + platform() + "/");
        repack(jar, app.resolve(name), manifest(jar), entry -> !entry.contains("/native/"));
      } else {
        Files.copy(jar, app.resolve(name));
      }
    }
    Manifest manifest = manifest(programJar);
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "org.qalam.Qalam");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", names));
    repack(programJar, app.resolve("qalam.jar"), manifest, _ -> true);
    copyModels();
    copyLauncher();
    Files.copy(project.resolve("LICENSE"), image.resolve("LICENSE"));
    // LanguageTool's licence wants its text to go with it, and a notice that it is used; so do
    // those of the fonts
    for (String name :
        List.of(
            "licences.md",
            "licences/LGPL-2.1.txt",
            "licences/Amiri-OFL-1.1.txt",
            "licences/DejaVu.txt")) {
      Path document = project.resolve("docs").resolve(name);
      Files.copy(document, image.resolve(document.getFileName()));
    }
    setTimes(app);
    rehearse();
  }

  /** One time for all: the start-up cache fits only jars of the time and size that it noted. */
  private void setTimes(Path app) throws IOException {
    FileTime time = FileTime.from(Instant.now().truncatedTo(ChronoUnit.MINUTES));
    try (Stream<Path> jars = Files.list(app)) {
      for (Path jar : jars.toList()) {
        Files.setLastModifiedTime(jar, time);
      }
    }
    Files.setLastModifiedTime(image.resolve("lib").resolve("modules"), time);
  }

  /**
   * Lets the program run once through what a writer does, and keeps in a cache which classes that
   * took and how they are linked (docs/decisions/0034). Without it everything works, later.
   */
  private void rehearse() throws IOException {
    Path cache = image.resolve("lib").resolve("qalam.aot");
    Path told = Files.createTempFile("qalam-rehearsal", ".txt");
    try {
      ProcessBuilder start =
          new ProcessBuilder(launcher().toString(), "self-test", "--tours", TOURS)
              .redirectErrorStream(true);
      start.redirectOutput(told.toFile());
      start.environment().put("JDK_JAVA_OPTIONS", "-XX:AOTCacheOutput=" + cache);
      Process run = start.start();
      boolean ended = run.waitFor(8, TimeUnit.MINUTES);
      if (!ended) {
        run.descendants().forEach(ProcessHandle::destroyForcibly);
        run.destroyForcibly().waitFor();
      }
      if (!ended || run.exitValue() != 0 || !Files.exists(cache)) {
        Files.deleteIfExists(cache);
        System.out.println(
            "No start-up cache was made, so Qalam will start more slowly. The self-test said: "
                + Files.readString(told).strip());
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while the start-up cache was made");
    } finally {
      Files.delete(told);
    }
  }

  private void link(List<Path> javafx) throws IOException {
    String path =
        javafx.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    String modules;
    try (Stream<String> lines = Files.lines(project.resolve("jlink").resolve("modules.txt"))) {
      modules =
          lines
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .collect(Collectors.joining(","));
    }
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(
                () -> new IllegalStateException("this Java has no jlink; a JDK is needed"));
    StringWriter told = new StringWriter();
    PrintWriter messages = new PrintWriter(told);
    int exit =
        jlink.run(
            messages,
            messages,
            "--module-path=" + path,
            "--add-modules=" + modules,
            "--include-locales=" + LOCALES,
            "--output=" + image,
            "--exclude-resources=glob:/javafx.*/*.so,glob:/javafx.*/*.dll,glob:/javafx.*/*.dylib"
                + ",glob:/javafx.*/*.jar",
            "--compress=zip-6",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages");
    if (exit != 0) {
      throw new IOException("jlink failed: " + told);
    }
  }

  private static boolean isModule(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getEntry("module-info.class") != null;
    }
  }

  /** Such as {@code linux-x64}, as ONNX Runtime names its folders. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    return (WINDOWS ? "win" : system.startsWith("mac") ? "osx" : "linux")
        + "-"
        + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
  }

  /** Copies the libraries of one folder in a jar, so that no start has to unpack them. */
  private void unpackNatives(Path jar, String folder) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        String name = entry.getName();
        boolean library = name.endsWith(".so") || name.endsWith(".dll") || name.endsWith(".dylib");
        if (library && name.startsWith(folder) && name.indexOf('/', folder.length()) < 0) {
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(
                in,
                natives.resolve(name.substring(folder.length())),
                StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private static Manifest manifest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest == null ? new Manifest() : manifest;
    }
  }

  private static void repack(Path from, Path to, Manifest manifest, Predicate<String> wanted)
      throws IOException {
    try (JarFile source = new JarFile(from.toFile());
        OutputStream out = Files.newOutputStream(to);
        JarOutputStream target = new JarOutputStream(out, manifest)) {
      for (JarEntry entry : source.stream().toList()) {
        String name = entry.getName();
        if (entry.isDirectory() || name.equals(JarFile.MANIFEST_NAME) || !wanted.test(name)) {
          continue;
        }
        JarEntry copy = new JarEntry(name);
        copy.setTime(entry.getTime());
        target.putNextEntry(copy);
        try (InputStream in = source.getInputStream(entry)) {
          in.transferTo(target);
        }
        target.closeEntry();
      }
    }
  }

  private void copyModels() throws IOException {
    Path to = Files.createDirectory(image.resolve("models"));
    try (Stream<Path> folders = Files.list(project.resolve("models"))) {
      for (Path model : folders.filter(Image::isModel).toList()) {
        Path folder = Files.createDirectory(to.resolve(model.getFileName()));
        try (Stream<Path> files = Files.list(model)) {
          for (Path file : files.toList()) {
            linkOrCopy(file, folder.resolve(file.getFileName()));
          }
        }
      }
    }
  }

  private static boolean isModel(Path folder) {
    return Files.exists(folder.resolve("manifest.json"))
        && !folder.getFileName().toString().startsWith(".");
  }

  /** A hard link costs neither time nor place, but not every disk has them. */
  private static void linkOrCopy(Path file, Path to) throws IOException {
    try {
      Files.createLink(to, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, to);
    }
  }

  private void copyLauncher() throws IOException {
    Path scripts = project.resolve("jlink");
    Files.copy(scripts.resolve("qalam.options"), image.resolve("lib").resolve("qalam.options"));
    Path launcher = launcher();
    Files.copy(scripts.resolve(launcher.getFileName()), launcher);
    if (!WINDOWS && !launcher.toFile().setExecutable(true, false)) {
      throw new IOException(launcher + " cannot be made executable");
    }
  }

  private Path launcher() {
    return image.resolve("bin").resolve(WINDOWS ? "qalam.cmd" : "qalam");
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            file.toFile().setWritable(true); // Windows deletes no read-only file
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
