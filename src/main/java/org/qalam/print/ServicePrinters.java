package org.qalam.print;

import java.awt.Graphics2D;
import java.awt.print.Book;
import java.awt.print.PageFormat;
import java.awt.print.Printable;
import java.awt.print.PrinterAbortException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.print.DocFlavor;
import javax.print.PrintService;
import javax.print.PrintServiceLookup;
import javax.print.SimpleDoc;
import javax.print.attribute.HashPrintRequestAttributeSet;
import javax.print.attribute.PrintRequestAttributeSet;
import javax.print.attribute.standard.Copies;
import javax.print.attribute.standard.JobName;
import javax.print.attribute.standard.MediaSizeName;
import javax.print.attribute.standard.SheetCollate;
import javax.print.attribute.standard.Sides;
import org.qalam.exchange.Paper;
import org.qalam.exchange.PrintPages;
import org.qalam.task.CancellationToken;
import org.qalam.task.Sentence;

/**
 * Printers as the JDK knows them, for Windows, whose printers take drawings and no PDF files. It
 * opens no window of AWT. Belongs to no thread.
 */
public final class ServicePrinters implements Printers {
  private static final DocFlavor PAGES = DocFlavor.SERVICE_FORMATTED.PAGEABLE;

  @Override
  public List<Printer> list() {
    PrintService usual = PrintServiceLookup.lookupDefaultPrintService();
    List<Printer> printers = new ArrayList<>();
    for (PrintService service : PrintServiceLookup.lookupPrintServices(PAGES, null)) {
      boolean isDefault = service.equals(usual);
      printers.add(isDefault ? 0 : printers.size(), new Printer(service.getName(), isDefault));
    }
    return printers;
  }

  @Override
  public void print(Printer printer, PrintPages pages, PrintOrder order, CancellationToken token) {
    Optional<PrintService> service =
        List.of(PrintServiceLookup.lookupPrintServices(PAGES, null)).stream()
            .filter(one -> one.getName().equals(printer.name()))
            .findFirst();
    print(
        service.orElseThrow(() ->
            new PrintException("The printer " + printer.name() + " is no longer there.", null)),
        pages,
        order,
        token);
  }

  /** Draws the pages for a service. */
  static void print(
      PrintService service, PrintPages pages, PrintOrder order, CancellationToken token) {
    token.throwIfCancelled();
    PrintRequestAttributeSet wishes = new HashPrintRequestAttributeSet();
    if (!order.title().isBlank()) {
      wishes.add(new JobName(Sentence.of(order.title()), null));
    }
    wishes.add(pages.paper() == Paper.LETTER ? MediaSizeName.NA_LETTER : MediaSizeName.ISO_A4);
    if (order.copies() > 1) {
      wishes.add(new Copies(order.copies()));
      wishes.add(SheetCollate.COLLATED);
    }
    switch (order.sides()) {
      case ONE -> wishes.add(Sides.ONE_SIDED);
      case BOTH -> wishes.add(Sides.TWO_SIDED_LONG_EDGE);
      case USUAL -> {}
    }
    try {
      service.createPrintJob().print(new SimpleDoc(book(pages, order, token), PAGES, null), wishes);
    } catch (javax.print.PrintException | RuntimeException e) {
      if (token.isCancelled()) {
        throw new CancellationException("cancelled");
      }
      throw new PrintException(
          "The printer "
              + service.getName()
              + " did not take the document ("
              + Sentence.of(String.valueOf(e.getMessage()))
              + ").",
          e);
    }
    token.throwIfCancelled();
  }

  private static Book book(PrintPages pages, PrintOrder order, CancellationToken token) {
    Paper paper = pages.paper();
    java.awt.print.Paper sheet = new java.awt.print.Paper();
    sheet.setSize(paper.width(), paper.height());
    sheet.setImageableArea(0, 0, paper.width(), paper.height());
    PageFormat format = new PageFormat();
    format.setPaper(sheet);
    Printable page =
        (graphics, _, number) -> {
          if (token.isCancelled()) {
            throw new PrinterAbortException("cancelled");
          }
          pages.draw(order.first() + number, (Graphics2D) graphics);
          return Printable.PAGE_EXISTS;
        };
    Book book = new Book();
    book.append(page, format, order.last() - order.first() + 1);
    return book;
  }
}
