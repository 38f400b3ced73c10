package org.qalam.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDBorderStyleDictionary;

/**
 * Pages of one kind of paper, filled from the top. What is placed stands on one page as a whole.
 * Lengths are points, y counts upwards from the bottom of a page. Used by one thread.
 */
final class PdfPages {
  static final float LEFT = 68;
  private static final float ABOVE = 68;
  private static final float BOTTOM = 72;

  /** Most pages, which is also how many are read. */
  private static final int MOST = 3_000;

  private static final float[] INK = {0, 0, 0};
  private static final float[] LINK = {0.05f, 0.3f, 0.6f};
  private static final float[] PAPER_OF_CODE = {0.955f, 0.95f, 0.94f};
  private static final float[] RULE = {0.7f, 0.7f, 0.7f};

  /** The document needs more pages than a file may have. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Sheet {
    final PDPage page;
    final StringBuilder below = new StringBuilder();
    final StringBuilder content = new StringBuilder();

    Sheet(Paper paper) {
      page = new PDPage(paper.size());
    }
  }

  private final PDDocument document;
  private final PdfFaces faces;
  private final Paper paper;
  private final IntConsumer begun;
  private final List<Sheet> sheets = new ArrayList<>();
  private final Map<PdfFace, String> names = new LinkedHashMap<>();
  private final COSDictionary fonts = new COSDictionary();
  private Sheet sheet;
  private float y;

  /**
   * @param begun hears how many pages there are whenever another one begins; what it throws ends
   *     the work
   */
  PdfPages(PDDocument document, PdfFaces faces, Paper paper, IntConsumer begun) {
    this.document = document;
    this.faces = faces;
    this.paper = paper;
    this.begun = begun;
    sheet = new Sheet(paper);
    sheets.add(sheet);
    y = top();
  }

  /** Where lines end on the right. */
  float right() {
    return paper.width() - LEFT;
  }

  private float top() {
    return paper.height() - ABOVE;
  }

  PDPage page() {
    return sheet.page;
  }

  /** Where the next thing is placed below. */
  float y() {
    return y;
  }

  float wholeHeight() {
    return top() - BOTTOM;
  }

  boolean hasRoom(float height) {
    return y - height >= BOTTOM;
  }

  void turn() {
    if (sheets.size() >= MOST) {
      throw new TooMany();
    }
    sheet = new Sheet(paper);
    sheets.add(sheet);
    begun.accept(sheets.size());
    y = top();
  }

  /** Leaves so much free, unless a page has just begun. */
  void gap(float height) {
    if (y < top()) {
      y -= height;
    }
  }

  /** Takes so much of the page, or of the next one. */
  float take(float height) {
    if (!hasRoom(height) && y < top()) {
      turn();
    }
    y -= height;
    return y;
  }

  /** Goes back up, to place something beside what stands there. */
  void backTo(float before) {
    y = before;
  }

  void paper(float x, float bottom, float width, float height) {
    fill(PAPER_OF_CODE, x, bottom, width, height);
  }

  void rule(float x, float bottom, float width, float height) {
    fill(RULE, x, bottom, width, height);
  }

  private void fill(float[] color, float x, float bottom, float width, float height) {
    color(sheet.below, color);
    numbers(sheet.below, x, bottom, width, height).append("re f\n");
  }

  /** Writes a line of text with its base line at the given height. */
  void write(PdfLine line, float x, float base) {
    for (PdfLine.Span span : line.spans()) {
      float left = x + span.x();
      if (span.isCode()) {
        paper(left, base - span.size() * 0.28f, span.width(), span.size() * 1.2f);
      }
      float[] color = span.link().isEmpty() ? INK : LINK;
      letters(span, left, base, color);
      if (!span.link().isEmpty()) {
        fill(color, left, base - span.size() * 0.16f, span.width(), 0.5f);
        link(span, left, base);
      }
      if (span.isStruck()) {
        fill(color, left, base + span.size() * 0.24f, span.width(), 0.6f);
      }
    }
  }

  private void letters(PdfLine.Span span, float x, float base, float[] color) {
    PdfGlyphs glyphs = span.glyphs();
    if (glyphs.placed().isEmpty()) {
      return;
    }
    StringBuilder out = sheet.content;
    out.append("BT\n");
    color(out, color);
    out.append('/').append(name(glyphs.face())).append(' ');
    numbers(out, span.size()).append("Tf\n");
    float pen = 0;
    float height = Float.NaN;
    boolean isSeen = true;
    for (PdfGlyphs.Placed letter : glyphs.placed()) {
      if (letter.y() != height || letter.isSeen() != isSeen) {
        if (!Float.isNaN(height)) {
          out.append(">] TJ\n");
        }
        if (letter.isSeen() != isSeen) {
          isSeen = letter.isSeen();
          out.append(isSeen ? "0 Tr\n" : "3 Tr\n");
        }
        height = letter.y();
        pen = letter.x();
        out.append("1 0 0 1 ");
        numbers(out, x + pen / 1000 * span.size(), base + height / 1000 * span.size());
        out.append("Tm [<");
      } else if (Math.abs(letter.x() - pen) > 0.5f) {
        out.append("> ");
        numbers(out, pen - letter.x()).append('<');
        pen = letter.x();
      }
      out.append(HexFormat.of().toHexDigits((short) letter.code()));
      pen += glyphs.face().advance(letter.code());
    }
    out.append(">] TJ\nET\n");
  }

  private void link(PdfLine.Span span, float x, float base) {
    PDActionURI action = new PDActionURI();
    action.setURI(span.link());
    PDBorderStyleDictionary border = new PDBorderStyleDictionary();
    border.setWidth(0);
    PDAnnotationLink link = new PDAnnotationLink();
    link.setAction(action);
    link.setBorderStyle(border);
    link.setRectangle(
        new PDRectangle(x, base - span.size() * 0.3f, span.width(), span.size() * 1.2f));
    link.setPrinted(true);
    try {
      sheet.page.getAnnotations().add(link);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String name(PdfFace face) {
    return names.computeIfAbsent(
        face,
        one -> {
          String name = "F" + (names.size() + 1);
          fonts.setItem(COSName.getPDFName(name), one.dictionary());
          return name;
        });
  }

  private static void color(StringBuilder out, float[] color) {
    numbers(out, color).append("rg\n");
  }

  private static StringBuilder numbers(StringBuilder out, float... numbers) {
    for (float number : numbers) {
      out.append(Math.round(number * 100f) / 100d).append(' ');
    }
    return out;
  }

  /** Numbers the pages, where there are several, and puts them into the file. */
  void finish() throws IOException {
    if (sheets.size() > 1) {
      for (int i = 0; i < sheets.size(); i++) {
        sheet = sheets.get(i);
        List<Inlines.Run> number = List.of(new Inlines.Run(String.valueOf(i + 1), Set.of(), ""));
        PdfLine line =
            PdfText.lines(faces, number, Set.of(), 9, Direction.LEFT_TO_RIGHT, 100).getFirst();
        write(line, (paper.width() - line.width()) / 2, 40);
      }
    }
    PDResources resources = new PDResources();
    resources.getCOSObject().setItem(COSName.FONT, fonts);
    for (Sheet one : sheets) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(one.below.toString().getBytes(StandardCharsets.US_ASCII));
      bytes.write(one.content.toString().getBytes(StandardCharsets.US_ASCII));
      PDStream stream = new PDStream(document);
      try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
        bytes.writeTo(out);
      }
      one.page.setContents(stream);
      one.page.setResources(resources);
      document.addPage(one.page);
    }
    for (PdfFace face : names.keySet()) {
      face.embed(document);
    }
  }
}
