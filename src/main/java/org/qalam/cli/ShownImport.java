package org.qalam.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.qalam.convert.ImportProgress;
import org.qalam.task.Progress;

/** Says on standard error that an import goes on, and then how far it has come. */
record ShownImport(PrintWriter err, Progress progress) implements ImportProgress {
  @Override
  public void resumed(int done, int total) {
    err.println(
        String.format(
            Locale.ROOT,
            "Going on where the last import stopped (%d of %d tensors).",
            done,
            total));
    err.flush();
  }

  @Override
  public void report(long done, long total) {
    progress.report(done, total);
  }
}
