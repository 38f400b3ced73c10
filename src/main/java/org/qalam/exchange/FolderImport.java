package org.qalam.exchange;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * Reads a folder of Markdown notes with the folders in it, as Obsidian keeps and Joplin exports
 * them. Links in double brackets, tags and front matter stay in the text as they are; a note's
 * title is the one in its front matter, or the name by which other notes link to it. Links of the
 * file system are not followed. Belongs to no thread.
 */
public final class FolderImport {
  /** Notes of one folder. */
  static final int MOST = 20_000;

  /** All of their text, in characters. */
  static final long LARGEST = 256L * 1024 * 1024;

  private static final int DEEPEST = 40;

  private FolderImport() {}

  /**
   * Reads all notes of a folder.
   *
   * @throws ExchangeException where the folder cannot be read, or has too many
   */
  public static ImportedFolder read(Path folder) {
    Notes notes = new Notes(folder);
    try {
      Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEEPEST, notes);
    } catch (IOException e) {
      throw new ExchangeException(
          Reason.FAILED, folder, folder + " could not be read (" + e.getMessage() + ").", e);
    }
    List<ImportedText> texts = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    long length = 0;
    notes.files.sort(Comparator.comparing(Path::toString));
    for (Path file : notes.files) {
      try {
        ImportedText note = TextImport.read(file);
        String title = FrontMatter.of(note.text()).title();
        texts.add(
            new ImportedText(
                title.isBlank() ? TextImport.nameWithoutSuffix(file) : title,
                note.text(),
                place(folder, file)));
        length += note.text().length();
      } catch (ExchangeException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
      if (length > LARGEST) {
        throw tooLarge(folder);
      }
    }
    return new ImportedFolder(texts, notes.skipped, problems);
  }

  /** Names of the folders between, with slashes. */
  private static String place(Path root, Path file) {
    Path between = root.relativize(file).getParent();
    return between == null
        ? ""
        : StreamSupport.stream(between.spliterator(), false)
            .map(Path::toString)
            .collect(Collectors.joining("/"));
  }

  private static ExchangeException tooLarge(Path folder) {
    return new ExchangeException(
        Reason.TOO_LARGE,
        folder,
        folder + " holds more notes than are taken at once; import the folders in it one by one.",
        null);
  }

  /** Finds the notes. */
  private static final class Notes extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> files = new ArrayList<>();
    private int skipped;

    Notes(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
      if (!folder.equals(root) && isHidden(folder)) {
        skipped++;
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
      if (facts.isRegularFile() && !isHidden(file) && DocumentImport.isMarkdown(file)) {
        files.add(file);
        if (files.size() > MOST) {
          throw tooLarge(root);
        }
      } else {
        skipped++;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(root)) {
        throw e;
      }
      skipped++;
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path file) {
      return String.valueOf(file.getFileName()).startsWith(".");
    }
  }
}
