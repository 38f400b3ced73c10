package org.qalam.print;

import java.util.List;
import java.util.Locale;
import org.qalam.exchange.PrintPages;
import org.qalam.task.CancellationToken;

/** The printers of this computer. Each call takes its time, away from the JavaFX thread. */
public interface Printers {
  /** Those of the system that this program runs on. */
  static Printers ofThisSystem() {
    boolean isWindows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    return isWindows ? new ServicePrinters() : new CupsPrinters();
  }

  /**
   * The printers that there are now, the default one first; none where nothing is set up.
   *
   * @throws PrintException where the system does not answer
   */
  List<Printer> list();

  /**
   * Sends pages to a printer and returns when the system has taken them.
   *
   * @throws PrintException where it did not; some systems may have printed a part then
   * @throws java.util.concurrent.CancellationException after the token was cancelled
   */
  void print(Printer printer, PrintPages pages, PrintOrder order, CancellationToken token);
}
