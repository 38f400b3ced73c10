package org.qalam.convert;

import java.nio.file.Path;
import org.qalam.task.CancellationToken;

/**
 * Imports in a process of its own: {@code SOURCE MODELS}. Prints a line when it goes on with an
 * import, at each tensor, and at the end how that was.
 */
final class ImportingProgram {
  private ImportingProgram() {}

  public static void main(String[] arguments) {
    ImportProgress shown =
        new ImportProgress() {
          @Override
          public void resumed(int done, int total) {
            System.out.println("resumed " + done + " " + total);
          }

          @Override
          public void report(long done, long total) {
            System.out.println("tensor " + done);
          }
        };
    try {
      var _ =
          new CheckpointImporter(Path.of(arguments[1]))
              .importModel(
                  Path.of(arguments[0]), ImportOptions.DEFAULT, shown, new CancellationToken());
      System.out.println("done");
    } catch (ImportException e) {
      System.out.println("failed " + e.getMessage());
    }
  }
}
