package org.qalam.exchange;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.qalam.exchange.ExchangeException.Reason;

/**
 * A document on pages as they come out of a printer: the same ones as in its PDF file. Pages are
 * counted from 0. May be used by several threads, one of which works at a time; closing twice is
 * harmless.
 */
public final class PrintPages implements AutoCloseable {
  private final byte[] whole;
  private final Paper paper;
  private final PDDocument document;
  private final PDFRenderer renderer;

  private PrintPages(byte[] whole, Paper paper) throws IOException {
    this.whole = whole;
    this.paper = paper;
    document = open();
    renderer = new PDFRenderer(document);
  }

  /**
   * Sets a document on pages, which takes about 40 ms for each.
   *
   * @param begun hears how many pages there are whenever another one begins; what it throws ends
   *     the work
   * @throws ExchangeException where that cannot be done
   */
  public static PrintPages of(String title, String text, Paper paper, IntConsumer begun) {
    Path name = Path.of(TextExport.fileName(title, ".pdf"));
    try {
      return new PrintPages(
          PdfWriter.write(Markdown.forExport(text), FrontMatter.of(text), title, paper, begun),
          paper);
    } catch (StackOverflowError | OutOfMemoryError | PdfPages.TooMany e) {
      throw new ExchangeException(
          Reason.TOO_LARGE, name, "The document is too large to be printed at once.", e);
    } catch (PdfFaces.NoLetters e) {
      throw new ExchangeException(
          Reason.FAILED,
          name,
          "The document cannot be printed, because Qalam's fonts have no letters for "
              + e.getMessage()
              + "; export it as .docx or .odt and let another program print it.",
          e);
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | IllegalStateException e) {
      throw new ExchangeException(
          Reason.FAILED,
          name,
          "The document cannot be printed, because its letters cannot be set on this computer ("
              + e.getMessage()
              + "); export it as .docx or .odt and let another program print it.",
          e);
    }
  }

  private PDDocument open() throws IOException {
    PdfReader.beSilentAndAlone();
    return Loader.loadPDF(whole, "", null, null, IOUtils.createMemoryOnlyStreamCache());
  }

  public int count() {
    return document.getNumberOfPages();
  }

  public Paper paper() {
    return paper;
  }

  /**
   * Some of the pages as a PDF file.
   *
   * @param first included
   * @param last included
   */
  public byte[] pdf(int first, int last) {
    if (first == 0 && last == count() - 1) {
      return whole.clone();
    }
    try (PDDocument some = open()) {
      some.getDocumentCatalog().setDocumentOutline(null); // it leads to pages that go
      for (int page = count() - 1; page >= 0; page--) {
        if (page < first || page > last) {
          some.removePage(page);
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      some.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("a file just written is not read", e);
    }
  }

  /** Draws a page from the upper left corner on, in points. */
  public synchronized void draw(int page, Graphics2D onto) {
    try {
      renderer.renderPageToGraphics(page, onto);
    } catch (IOException e) {
      throw new IllegalStateException("a page just written cannot be drawn", e);
    }
  }

  /**
   * A picture of a page.
   *
   * @param width pixels
   */
  public BufferedImage picture(int page, int width) {
    double scale = width / (double) paper.width();
    int height = (int) Math.round(paper.height() * scale);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D onto = picture.createGraphics();
    onto.setBackground(Color.WHITE);
    onto.clearRect(0, 0, width, height);
    onto.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    onto.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    onto.scale(scale, scale);
    draw(page, onto);
    onto.dispose();
    return picture;
  }

  @Override
  public synchronized void close() {
    try {
      document.close();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be let go", e);
    }
  }
}
