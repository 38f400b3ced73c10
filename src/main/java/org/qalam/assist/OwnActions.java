package org.qalam.assist;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The writer's own actions: one Markdown file each in a folder (see docs/actions.md), in the order
 * of the file {@code index} there, those that it does not name after them by name. Every method
 * touches the disk. Any thread.
 */
public final class OwnActions {
  private static final String ENDING = ".md";
  private static final String ORDER = "index";

  /** A prompt is some lines; what is larger is something else. */
  private static final int MOST_BYTES = 64 * 1024;

  private static final int MOST_FILES = 500;

  private final Path folder;
  private final Set<String> taken;

  /** What is in the folder: what can be used, and a sentence for each file that cannot. */
  record Contents(List<Recipe> recipes, List<String> problems) {
    static final Contents NONE = new Contents(List.of(), List.of());

    Contents {
      recipes = List.copyOf(recipes);
      problems = List.copyOf(problems);
    }
  }

  private OwnActions(Path folder) {
    this.folder = folder;
    this.taken = Set.copyOf(Recipes.ids());
  }

  /**
   * The own actions of a data folder.
   *
   * @param home in which they have a folder, which need not exist
   */
  public static OwnActions in(Path home) {
    return new OwnActions(home.resolve("actions"));
  }

  /** Reads all files; one that cannot be used does not stop the others. */
  Contents read() {
    Map<String, Path> files;
    List<String> ids;
    try {
      files = files();
      ids = ids(files.keySet());
    } catch (IOException e) {
      return new Contents(List.of(), List.of("actions: this folder cannot be read"));
    }
    List<Recipe> recipes = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String id : ids) {
      try {
        recipes.add(recipe(id, text(file(id), "actions/" + id + ENDING)));
      } catch (ActionFileException e) {
        problems.add(e.getMessage() + ".");
      }
    }
    return new Contents(recipes, problems);
  }

  /**
   * A file of the folder.
   *
   * @param text empty where it cannot be read as text
   * @param action empty where the file cannot be used
   * @param problem why it cannot be used, without a full stop; else empty
   */
  public record Entry(String id, String text, Optional<Action> action, String problem) {}

  /**
   * All files in their order, with those that cannot be used.
   *
   * @throws ActionFileException where the folder cannot be read
   */
  public List<Entry> list() {
    try {
      return ids(files().keySet()).stream().map(this::entry).toList();
    } catch (IOException e) {
      throw new ActionFileException("actions", "this folder cannot be read", e);
    }
  }

  private Entry entry(String id) {
    String text = "";
    try {
      text = text(file(id), "actions/" + id + ENDING);
      return new Entry(id, text, Optional.of(recipe(id, text).action()), "");
    } catch (ActionFileException e) {
      return new Entry(id, text, Optional.empty(), e.problem());
    }
  }

  /** Those that are there, in their order. */
  private List<String> ids(Set<String> there) throws IOException {
    List<String> order = order();
    List<String> ids = new ArrayList<>(order);
    ids.retainAll(there);
    there.stream().filter(id -> !order.contains(id)).forEach(ids::add);
    return ids.stream().distinct().toList();
  }

  /** The files by their ids, in alphabetical order. */
  private Map<String, Path> files() throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : found) {
        if (files.size() < MOST_FILES && Files.isRegularFile(file)) {
          files.put(id(file), file);
        }
      }
    } catch (NoSuchFileException e) {
      return Map.of();
    }
    return files;
  }

  private List<String> order() throws IOException {
    Path order = folder.resolve(ORDER);
    if (!Files.isRegularFile(order) || Files.size(order) > MOST_BYTES) {
      return List.of();
    }
    String lines = new String(Files.readAllBytes(order), StandardCharsets.UTF_8);
    return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private Recipe recipe(String id, String text) {
    if (taken.contains(id)) {
      throw new ActionFileException(
          "actions/" + id + ENDING, "Qalam has an action of this name; rename the file");
    }
    return ActionFile.read(id, text, true);
  }

  private static String text(Path file, String shown) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ActionFileException(shown, "it is larger than 64 KB, so it is no action");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ActionFileException(shown, "it is not in UTF-8; save it in UTF-8", e);
    } catch (IOException e) {
      throw new ActionFileException(shown, "it cannot be read", e);
    }
  }

  private static String id(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ENDING.length());
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }

  // ---- what the writer does with them ----

  /**
   * Takes actions over from a file: one of Qalam's ({@code .md}), or the {@code options.json} of
   * the program WritingTools. Nothing that is there is overwritten.
   *
   * @throws ActionFileException where nothing can be taken over
   */
  public Imported importFrom(Path source) {
    String shown = source.toAbsolutePath().toString();
    String name = String.valueOf(source.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(ENDING)) {
      String text = text(source, shown);
      String id = id(source);
      Recipe _ = ActionFile.read(id, text, true);
      return new Imported(List.of(add(id, text)), List.of());
    }
    // Any text would do as a prompt, so the name must say that it is meant for one.
    if (!lower.endsWith(".json")) {
      throw new ActionFileException(
          shown, "an action is a file that ends with .md, or the options.json of WritingTools");
    }
    return WritingToolsOptions.read(shown, source).addTo(this);
  }

  /**
   * What came of an import.
   *
   * @param ids of the new actions
   * @param remarks what could not be taken over, a sentence each
   */
  public record Imported(List<String> ids, List<String> remarks) {
    public Imported {
      ids = List.copyOf(ids);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Makes a new action, the last in their order, after its file was read through.
   *
   * @param name from which the file's name is made
   * @return its id
   * @throws ActionFileException where the text is no action
   */
  public String create(String name, String text) {
    checkSize(fileName(name) + ENDING, text);
    Recipe _ = ActionFile.read(fileName(name), text, true);
    List<String> before = new ArrayList<>(list().stream().map(Entry::id).toList());
    String id = add(name, text);
    before.add(id);
    order(before);
    return id;
  }

  /**
   * Adds an action under its name or, where that is taken, the name and a number.
   *
   * @param name from which the file's name is made
   * @param text of the file
   * @return its id
   */
  String add(String name, String text) {
    String wanted = fileName(name);
    String id = wanted;
    for (int number = 2; taken.contains(id) || Files.exists(file(id)); number++) {
      id = wanted + "-" + number;
    }
    write(file(id), text);
    return id;
  }

  /** A name that can be a file's on every system. */
  static String fileName(String name) {
    String plain =
        name.strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{M}\\p{Nd}]+", "-")
            .replaceAll("^-+|-+$", "");
    int most = plain.offsetByCodePoints(0, Math.min(60, plain.codePointCount(0, plain.length())));
    return plain.isEmpty() ? "action" : plain.substring(0, most);
  }

  /**
   * Copies an action's file; one that is there is replaced.
   *
   * @throws ActionFileException where it is missing, or the target cannot be written
   */
  public void export(String id, Path target) {
    String text = text(id);
    try {
      Files.writeString(target, text);
    } catch (IOException e) {
      throw new ActionFileException(String.valueOf(target), "it cannot be written", e);
    }
  }

  /**
   * An action's file.
   *
   * @throws ActionFileException where it is missing
   */
  public String text(String id) {
    return text(existing(id), "actions/" + id + ENDING);
  }

  /**
   * Replaces an action's file, after it was read through.
   *
   * @throws ActionFileException where the text is no action: the file stays as it is
   */
  public void save(String id, String text) {
    checkSize("actions/" + id + ENDING, text);
    Recipe _ = ActionFile.read(id, text, true);
    write(existing(id), text);
  }

  /**
   * Deletes an action; what {@link #text} gave before brings it back with {@link #restore}.
   *
   * @throws ActionFileException where it is missing or cannot be deleted
   */
  public void delete(String id) {
    try {
      Files.delete(existing(id));
    } catch (IOException e) {
      throw new ActionFileException("actions/" + id + ENDING, "it cannot be deleted", e);
    }
  }

  /** Brings a deleted action back under its id. */
  public void restore(String id, String text) {
    write(file(checked(id)), text);
  }

  /** Puts new actions after those whose order is known. */
  void orderAlso(List<String> ids) {
    try {
      List<String> all = new ArrayList<>(order());
      all.addAll(ids);
      order(all);
    } catch (IOException e) {
      throw new ActionFileException("actions/" + ORDER, "it cannot be read", e);
    }
  }

  /**
   * @throws ActionFileException where a file with this text could not be read again
   */
  static void checkSize(String shown, String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new ActionFileException(shown, "it is larger than 64 KB, so it is no action");
    }
  }

  /** Puts the actions in this order. */
  public void order(List<String> ids) {
    write(folder.resolve(ORDER), String.join("\n", ids) + "\n");
  }

  private Path existing(String id) {
    Path file = file(checked(id));
    if (!Files.isRegularFile(file)) {
      throw new ActionFileException("actions/" + id + ENDING, "there is no such file");
    }
    return file;
  }

  /** An id is the name of a file in the folder and nothing else. */
  private String checked(String id) {
    Path file = Path.of(id + ENDING);
    if (id.isEmpty() || file.getNameCount() != 1 || file.isAbsolute()) {
      throw new ActionFileException(id, "this is no name of an action");
    }
    return id;
  }

  /** Writes a file of the folder, whole or not at all. */
  private void write(Path target, String text) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, ".action", ".part");
      try {
        Files.writeString(part, text);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new ActionFileException(String.valueOf(target), "it cannot be written", e);
    }
  }
}
