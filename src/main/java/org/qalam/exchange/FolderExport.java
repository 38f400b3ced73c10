package org.qalam.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * Writes documents as Markdown files into one folder and folders in it, as they stand: a plain copy
 * of everything that any other program can read. No file that is there is replaced. Belongs to no
 * thread.
 */
public final class FolderExport {
  private final Path folder;

  private FolderExport(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins one.
   *
   * @param folder comes about where it is missing
   * @throws ExchangeException where it cannot be made
   */
  public static FolderExport into(Path folder) {
    try {
      Files.createDirectories(folder);
      return new FolderExport(folder);
    } catch (IOException e) {
      throw new ExchangeException(
          Reason.FAILED,
          folder,
          "The folder " + folder + " could not be made; choose another one.",
          e);
    }
  }

  /**
   * Writes one document.
   *
   * @param title names the file; where there is one of that name it gets a number
   * @param place the document's folder in the list, such as {@code Work/Letters}; empty for none
   * @return the file that was written
   */
  public Path write(String title, String text, String place) {
    Path to = folder;
    for (String part : place.split("/", -1)) {
      if (!part.isEmpty()) {
        to = to.resolve(TextExport.fileName(part, ""));
      }
    }
    into(to);
    return TextExport.write(text, to.resolve(TextExport.fileName(title, ".md")), false);
  }
}
