package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** Pages for a printer, as PDFBox reads and draws them. */
class PrintPagesTest {
  /** So many paragraphs that there are three pages, each paragraph with its number. */
  static String text(int paragraphs) {
    StringBuilder text = new StringBuilder("# Pages\n\n");
    for (int i = 1; i <= paragraphs; i++) {
      text.append("Paragraph ").append(i).append(" runs on. ".repeat(20)).append("\n\n");
    }
    return text.toString();
  }

  private static String words(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  @Test
  void somePagesAreAFileOfTheirOwnWithTheNumbersTheyHad() throws Exception {
    try (PrintPages pages = PrintPages.of("Pages", text(40), Paper.A4, _ -> {})) {
      int count = pages.count();
      assertTrue(count >= 3, count + " pages");
      String second = words(pages.pdf(1, 1));
      String first = words(pages.pdf(0, 0));
      assertTrue(first.contains("Paragraph 1 "), first);
      assertTrue(first.strip().endsWith(" 1"), first);
      assertTrue(second.strip().endsWith(" 2"), second);
      assertTrue(!second.contains("Paragraph 1 ") && !second.contains("Paragraph 40 "), second);
      assertTrue(words(pages.pdf(0, count - 1)).contains("Paragraph 40 "));
    }
  }

  @Test
  void letterIsWiderAndLowerAndItsLinesEndWhereItsPaperSaysSo() throws Exception {
    try (PrintPages pages = PrintPages.of("", text(40), Paper.LETTER, _ -> {});
        PDDocument document = Loader.loadPDF(pages.pdf(0, 0))) {
      assertEquals(612, document.getPage(0).getMediaBox().getWidth());
      assertEquals(792, document.getPage(0).getMediaBox().getHeight());
      int[] edges = inkedColumns(pages.picture(0, 612));
      assertEquals(PdfPages.LEFT, edges[0], 3);
      assertEquals(612 - PdfPages.LEFT, edges[1], 25); // ragged
    }
    assertEquals(Paper.LETTER, Paper.of(Locale.US));
    assertEquals(Paper.A4, Paper.of(Locale.forLanguageTag("ar-EG")));
  }

  /** An Arabic paragraph's last line stands at the right edge, an English one's at the left. */
  @Test
  void arabicIsDrawnFromTheRight() {
    try (PrintPages arabic = PrintPages.of("", "كتابٌ قديم", Paper.A4, _ -> {});
        PrintPages english = PrintPages.of("", "old book", Paper.A4, _ -> {})) {
      int width = (int) Paper.A4.width();
      assertEquals(width - PdfPages.LEFT, inkedColumns(arabic.picture(0, width))[1], 3);
      assertEquals(PdfPages.LEFT, inkedColumns(english.picture(0, width))[0], 3);
    }
  }

  @Test
  void whatIsNoLongerWantedIsNotSetToItsEnd() {
    int[] begun = new int[1];
    assertThrows(
        CancellationException.class,
        () ->
            PrintPages.of(
                "",
                text(400),
                Paper.A4,
                count -> {
                  begun[0] = count;
                  if (count == 3) {
                    throw new CancellationException("cancelled");
                  }
                }));
    assertEquals(3, begun[0]);
  }

  /** The first and the last column of a picture that are not white. */
  private static int[] inkedColumns(BufferedImage picture) {
    int first = picture.getWidth();
    int last = -1;
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight() * 9 / 10; y++) {
        if ((picture.getRGB(x, y) & 0xff) < 128) {
          first = Math.min(first, x);
          last = x;
        }
      }
    }
    return new int[] {first, last};
  }
}
