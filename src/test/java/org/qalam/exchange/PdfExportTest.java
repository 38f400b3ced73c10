package org.qalam.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PDF files as PDFBox reads them again. */
class PdfExportTest {
  private static final float RIGHT = Paper.A4.width() - PdfPages.LEFT;

  private static final String ENGLISH =
      """
      # The river and the mill

      The **river** ran *slowly* past the mill; `mill.open()` and [the almanac](https://example.org/a)
      say so, in office files of 1,250 lines — for a dozen words are more than one line can hold here.

      1. First
         - nested
      2. Second

      > A quotation.

      | Name | Amount |
      |---|---:|
      | Flour | 12 |

      ```
      code   kept
      ```
      """;

  private static final String ARABIC =
      """
      # النهر والطاحونة

      كان **النهر** يجري *ببطء* قرب الطاحونة القديمة، ولم يكن أحدٌ في القرية يعرف متى بدأ يرتفع، ولا لأيّ
      سبب من الأسباب. انظر [التقويم](https://example.org/b).

      بِسْمِ اللهِ الرَّحْمٰنِ الرَّحِيمِ

      - البند الأول
      - فيه **ال**كتاب

      > اقتباسٌ قديم
      """;

  @TempDir Path folder;

  private Path written(String title, String text) {
    return DocumentExport.write(title, text, folder.resolve("a.pdf"), DocumentFormat.PDF, true);
  }

  private static String text(Path file) throws IOException {
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      return Normalizer.normalize(new PDFTextStripper().getText(document), Normalizer.Form.NFC)
          .replaceAll("\\s+", " ")
          .strip();
    }
  }

  /**
   * Numbers of lists, cells, brackets and lines that are mostly Latin, as this program reads them.
   */
  @Test
  void arabicComesBackInReadingOrderWhateverStandsInIt() {
    Path file =
        written(
            "",
            """
            1. افتح الغطاء.
            2. أخرج المرشح (الصغير).

            نفّذ mvn verify أولا، ثم Java 25 و`init`.

            Then read كتاب قديم and go on.

            | المكان | السكان |
            |---|---|
            | الشمال | ١٢٠٠ |
            | الجنوب | 800 |
            """);
    String read = DocumentImport.read(file).text();
    for (String part :
        new String[] {
          "1. افتح الغطاء.",
          "2. أخرج المرشح (الصغير).",
          "mvn verify أولا، ثم Java 25 وinit.",
          "Then read كتاب قديم and go on.",
          "المكان السكان",
          "الشمال ١٢٠٠",
          "الجنوب 800"
        }) {
      assertTrue(
          Normalizer.normalize(read, Normalizer.Form.NFC).replace("\\", "").contains(part),
          part + " in " + read);
    }
  }

  @Test
  void englishWordsComeBackInTheirOrder() throws Exception {
    assertEquals(
        "The river and the mill The river ran slowly past the mill; mill.open() and the almanac say"
            + " so, in office files of 1,250 lines — for a dozen words are more than one line can"
            + " hold here. 1. First – nested 2. Second A quotation. Name Amount Flour 12"
            + " code kept",
        text(written("", ENGLISH)));
  }

  /** PDFBox puts vowel signs behind the letter that reaches below them, which may be the next. */
  private static String letters(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("\\p{Mn}", "");
  }

  @Test
  void arabicWordsComeBackWholeInTheirOrder() throws Exception {
    String text = text(written("", ARABIC));
    assertEquals(
        letters(
            "النهر والطاحونة كان النهر يجري ببطء قرب الطاحونة القديمة، ولم يكن أحدٌ في القرية يعرف متى بدأ"
                + " يرتفع، ولا لأيّ سبب من الأسباب. انظر التقويم. بِسْمِ اللهِ الرَّحْمٰنِ الرَّحِيمِ البند الأول"
                + " فيه الكتاب اقتباسٌ قديم"),
        letters(text).replaceAll(" ?• ?", " ").replaceAll(" +", " "));
    long marks = ARABIC.codePoints().filter(c -> c >= 0x64b && c <= 0x670).count();
    assertEquals(marks, text.codePoints().filter(c -> c >= 0x64b && c <= 0x670).count());
  }

  /** Where they do, pdftotext takes items of lists within lists for columns. */
  @Test
  void linesDoNotReachIntoEachOtherByWhatTheirFontsSay() throws Exception {
    try (PDDocument document = Loader.loadPDF(written("", ENGLISH + ARABIC).toFile())) {
      for (COSName name : document.getPage(0).getResources().getFontNames()) {
        PDFontDescriptor font =
            document.getPage(0).getResources().getFont(name).getFontDescriptor();
        float height = (font.getAscent() - font.getDescent()) / 1000;
        assertTrue(height > 0.8 && height < PdfWriter.LEADING + 0.001, font.getFontName());
      }
    }
  }

  @Test
  void everyFontIsInTheFile() throws Exception {
    List<String> names = new ArrayList<>();
    try (PDDocument document =
        Loader.loadPDF(written("", ENGLISH + "\n***both*** и ☃\n\n" + ARABIC).toFile())) {
      for (PDPage page : document.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          PDFont font = page.getResources().getFont(name);
          assertTrue(font.isEmbedded(), font.getName());
          names.add(font.getName().replaceFirst(".*\\+", ""));
        }
      }
    }
    assertTrue(
        names.containsAll(
            List.of(
                "Amiri-Regular",
                "Amiri-Bold",
                "Amiri-Italic",
                "Amiri-BoldItalic",
                "DejaVuSansMono",
                "DejaVuSerif")),
        names.toString());
  }

  @Test
  void linksAreThereAndOnlyThoseThatOtherFormatsHave() throws Exception {
    List<String> found = new ArrayList<>();
    String text = ENGLISH + "\n[x](javascript:alert(1)) [y](mailto:a@example.org)\n";
    try (PDDocument document = Loader.loadPDF(written("", text).toFile())) {
      for (PDAnnotation one : document.getPage(0).getAnnotations()) {
        PDAnnotationLink link = (PDAnnotationLink) one;
        assertTrue(link.getRectangle().getWidth() > 5);
        found.add(((PDActionURI) link.getAction()).getURI());
      }
    }
    assertEquals(List.of("https://example.org/a", "mailto:a@example.org"), found);
  }

  @Test
  void titleTagsAndHeadingsAreTold() throws Exception {
    String text = "---\ntags: [water, قديم]\n---\n" + ENGLISH + "\n## Below\n";
    try (PDDocument document = Loader.loadPDF(written("النهر", text).toFile())) {
      assertEquals("النهر", document.getDocumentInformation().getTitle());
      assertEquals("water, قديم", document.getDocumentInformation().getKeywords());
      var first = document.getDocumentCatalog().getDocumentOutline().getFirstChild();
      assertEquals("The river and the mill", first.getTitle());
      assertEquals("Below", first.getFirstChild().getTitle());
    }
  }

  /** The left edge of the first letter and the right edge of the last one, per line. */
  private static List<float[]> edges(Path file) throws IOException {
    List<float[]> edges = new ArrayList<>();
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      new PDFTextStripper() {
        @Override
        protected void writeString(String words, List<TextPosition> positions) {
          float left = Float.MAX_VALUE;
          float right = 0;
          for (TextPosition position : positions) {
            left = Math.min(left, position.getX());
            right = Math.max(right, position.getX() + position.getWidth());
          }
          edges.add(new float[] {left, right});
        }
      }.getText(document);
    }
    return edges;
  }

  @Test
  void paragraphsStandWhereTheirFirstLetterStarts() throws Exception {
    List<float[]> edges = edges(written("", "English\n\nكلمة\n\n(1) كلمة English\n"));
    assertEquals(PdfPages.LEFT, edges.getFirst()[0], 2);
    assertEquals(RIGHT, edges.get(1)[1], 2);
    assertEquals(RIGHT, edges.getLast()[1], 2);
  }

  @Test
  void aLongTextHasSeveralPagesAndLosesNoWord() throws Exception {
    StringBuilder text = new StringBuilder("# Long\n\n| A | B |\n|---|---|\n");
    IntStream.range(0, 80).forEach(i -> text.append("| row" + i + " | x |\n"));
    text.append('\n');
    IntStream.range(80, 3000)
        .forEach(i -> text.append("word" + i).append(i % 90 == 0 ? "\n\n" : " "));
    Path file = written("", text.toString());
    String back = text(file);
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      assertTrue(document.getNumberOfPages() > 5, document.getNumberOfPages() + " pages");
    }
    for (int i = 0; i < 80; i++) {
      assertTrue(back.contains("row" + i + " x"), "row" + i);
    }
    int at = 0;
    for (int i = 80; i < 3000; i++) {
      at = back.indexOf("word" + i, at);
      assertTrue(at >= 0, "word" + i);
    }
    for (float[] line : edges(file)) {
      assertTrue(line[0] >= PdfPages.LEFT - 30 && line[1] <= RIGHT + 1);
    }
  }

  @Test
  void nothingIsFetched() throws Exception {
    Path picture = Files.writeString(folder.resolve("secret.txt"), "SECRET-IN-A-FILE");
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.close();
        });
    server.start();
    try {
      String web = "http://127.0.0.1:" + server.getAddress().getPort();
      String text =
          """
          ![pic](%1$s/a.png) <img src="%1$s/b.png">

          <link rel=stylesheet href="%1$s/c.css">

          <iframe src="%2$s"></iframe>

          ![file](%2$s)

          <object data="%2$s"></object>
          """
              .formatted(web, picture.toUri());
      Path file = written("", text);
      assertEquals(0, asked.get());
      assertFalse(text(file).contains("SECRET"));
      try (PDDocument document = Loader.loadPDF(file.toFile())) {
        assertFalse(document.getPage(0).getResources().getXObjectNames().iterator().hasNext());
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aTextWithoutLettersInQalamsFontsIsRefusedInOneSentence() {
    ExchangeException refused =
        assertThrows(ExchangeException.class, () -> written("", "川の水は静かに流れていた。"));
    assertTrue(
        String.valueOf(refused.getMessage())
            .matches(".*a\\.pdf was not written, because Qalam's fonts have no letters for 川の.*"));
    assertFalse(Files.exists(folder.resolve("a.pdf")));
  }

  @Test
  void fewStrangeSignsAreBoxesOnPaperAndThemselvesInTheText() throws Exception {
    assertTrue(text(written("", "A text of some words with one face 😀 in it.")).contains("😀"));
  }

  @Test
  void emptyAndOddTextsAreWritten() throws Exception {
    assertEquals("", text(written("", "")));
    String odd =
        "- \n-\n\n1.\n\n>\n\n#\n\n|a|\n|-|\n||\n\n```\n```\n\u200f\u200e\n\n" + "x".repeat(500);
    assertTrue(text(written("", odd)).contains("xxx"));
    String deep = "> - ".repeat(25) + "deep\n";
    assertTrue(text(written("", deep)).contains("deep"));
  }
}
