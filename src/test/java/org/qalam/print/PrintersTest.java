package org.qalam.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.print.DocFlavor;
import javax.print.StreamPrintService;
import javax.print.StreamPrintServiceFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qalam.exchange.Paper;
import org.qalam.exchange.PrintPages;
import org.qalam.print.PrintOrder.Sides;
import org.qalam.task.CancellationToken;

/** What reaches CUPS's commands, and a printer of the JDK's that writes PostScript. */
class PrintersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Printer PAPER = new Printer("Paper", true);

  @TempDir Path folder;

  private final PrintPages pages =
      PrintPages.of(
          "Letter",
          "First page\n\n" + "So it goes on.\n\n".repeat(70) + "كتاب قديم",
          Paper.A4,
          _ -> {});

  @AfterEach
  void letGo() {
    pages.close();
  }

  private String command(String name, String script) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script);
    assertTrue(file.toFile().setExecutable(true));
    return file.toString();
  }

  /** Keeps what it is told and given beside itself. */
  private String keepingLp() throws Exception {
    return command("lp", "printf '%s\\n' \"$@\" >\"$0.told\"; cat >\"$0.pdf\"\n");
  }

  @Test
  void thePrinterGetsThePagesAsAPdfFileAndTheWishesAsCupsNamesThem() throws Exception {
    Printers cups = new CupsPrinters(keepingLp(), "lpstat", PATIENCE);
    PrintOrder order = new PrintOrder("-o evil\n“Letter”", 1, 1, 3, Sides.BOTH);
    cups.print(PAPER, pages, order, new CancellationToken());
    assertEquals(
        List.of(
            "-d",
            "Paper",
            "-n",
            "3",
            "-t",
            "-o evil “Letter”",
            "-o",
            "media=A4",
            "-o",
            "collate=true",
            "-o",
            "sides=two-sided-long-edge"),
        Files.readAllLines(folder.resolve("lp.told")));
    try (PDDocument sent = Loader.loadPDF(folder.resolve("lp.pdf").toFile())) {
      assertEquals(1, sent.getNumberOfPages());
      String words = new PDFTextStripper().getText(sent);
      assertFalse(words.contains("First page"), words);
    }
  }

  @Test
  void theDefaultPrinterStandsFirst() throws Exception {
    String lpstat =
        command(
            "lpstat",
            "case $1 in -e) printf 'Attic\\nOffice_2\\n' ;;"
                + " -d) echo 'system default destination: Office_2' ;; esac\n");
    assertEquals(
        List.of(new Printer("Office_2", true), new Printer("Attic", false)),
        new CupsPrinters("lp", lpstat, PATIENCE).list());
  }

  @Test
  void noCupsIsNoPrinter() throws Exception {
    String missing = folder.resolve("nowhere").toString();
    assertEquals(List.of(), new CupsPrinters(missing, missing, PATIENCE).list());
    String refusing = command("refusing", "echo 'lpstat: Unable to connect' >&2; exit 1\n");
    assertEquals(List.of(), new CupsPrinters("lp", refusing, PATIENCE).list());
  }

  @Test
  void aPrinterThatRefusesSaysWhyInOneSentence() throws Exception {
    String lp = command("lp", "echo 'lp: The printer or class does not exist.' >&2; exit 1\n");
    PrintException e =
        assertThrows(
            PrintException.class,
            () ->
                new CupsPrinters(lp, "lpstat", PATIENCE)
                    .print(PAPER, pages, all(), new CancellationToken()));
    assertEquals(
        "The printer Paper did not take the document (lp: The printer or class does not exist.).",
        e.getMessage());
  }

  @Test
  void aPrinterThatHangsIsLeftWhenNobodyWantsItAnyMore() throws Exception {
    String lp = command("lp", "touch \"$0.began\"; exec sleep 60\n");
    CancellationToken token = new CancellationToken();
    Thread impatient =
        Thread.ofPlatform()
            .start(() -> {
              while (!Files.exists(folder.resolve("lp.began"))) {
                Thread.onSpinWait();
              }
              token.cancel();
            });
    assertThrows(
        CancellationException.class,
        () ->
            new CupsPrinters(lp, "lpstat", Duration.ofSeconds(30))
                .print(PAPER, pages, all(), token));
    impatient.join();
  }

  @Test
  void aPrinterThatTakesDrawingsGetsEveryPageThatWasOrdered() throws Exception {
    ByteArrayOutputStream paper = new ByteArrayOutputStream();
    ServicePrinters.print(service(paper), pages, all(), new CancellationToken());
    String script = paper.toString(StandardCharsets.ISO_8859_1);
    assertTrue(script.startsWith("%!PS-Adobe"), script.substring(0, 40));
    assertEquals(
        pages.count(), Arrays.stream(script.split("\n")).filter("showpage"::equals).count());
    // letters are drawn as outlines, not as pictures of the page (in ASCII85)
    assertTrue(script.length() > 20_000 && !script.contains("~>"), script.length() + " bytes");
  }

  @Test
  void drawingEndsWhenItIsNoLongerWanted() {
    CancellationToken token = new CancellationToken();
    token.cancel();
    assertThrows(
        CancellationException.class,
        () -> ServicePrinters.print(service(new ByteArrayOutputStream()), pages, all(), token));
  }

  private PrintOrder all() {
    return new PrintOrder("Letter", 0, pages.count() - 1, 1, Sides.USUAL);
  }

  private static StreamPrintService service(ByteArrayOutputStream out) {
    return StreamPrintServiceFactory.lookupStreamPrintServiceFactories(
        DocFlavor.SERVICE_FORMATTED.PAGEABLE, "application/postscript")[0]
        .getPrintService(out);
  }
}
