package org.qalam.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageXYZDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * Writes a PDF file with the letters it needs in it. Nothing is read but Qalam's own fonts:
 * pictures are links. Used by one thread.
 */
final class PdfWriter {
  static final float SIZE = 12;

  /** From line to line, in sizes; Arabic letters reach further up and down than Latin ones. */
  static final float LEADING = 1.55f;

  /** From the top of a line to the feet of its letters, in sizes. */
  static final float BASE = 1.07f;

  private static final float[] HEADINGS = {22, 17.5f, 14.5f, 13, 12, 12};
  private static final float CODE = 9.5f;
  private static final float INDENT = 20;
  private static final float AFTER = 7;

  /** Narrower than this the lines of lists within lists do not become. */
  private static final float NARROWEST = 160;

  /**
   * Where lines stand.
   *
   * @param bars x of what stands beside quotations
   * @param depth of lists
   */
  private record Frame(float left, float right, List<Float> bars, int depth) {
    float width() {
      return right - left;
    }

    Frame within(boolean rightToLeft, float indent, boolean isQuote, boolean isList) {
      float step = width() - indent < NARROWEST ? 0 : indent;
      List<Float> more = bars;
      if (isQuote) {
        more = new ArrayList<>(bars);
        more.add(rightToLeft ? right - 5 : left + 3);
      }
      return new Frame(
          rightToLeft ? left : left + step,
          rightToLeft ? right - step : right,
          more,
          isList ? depth + 1 : depth);
    }
  }

  private final PDDocument document = new PDDocument();
  private final PdfFaces faces = new PdfFaces();
  private final PdfPages pages;
  private final PDDocumentOutline outline = new PDDocumentOutline();
  private final Deque<PDOutlineNode> open = new ArrayDeque<>();
  private final Deque<Integer> levels = new ArrayDeque<>();

  /** What stands before the next line, for an item of a list. */
  private @Nullable String sign;

  private PdfWriter(Paper paper, IntConsumer begun) {
    pages = new PdfPages(document, faces, paper, begun);
  }

  /**
   * Makes the file.
   *
   * @param begun hears how many pages there are whenever another one begins; what it throws ends
   *     the work
   * @throws PdfFaces.NoLetters where that is so of much of the text
   * @throws PdfPages.TooMany where it is too long
   * @throws IllegalStateException where the JDK cannot shape letters on this computer
   */
  static byte[] write(Node tree, FrontMatter facts, String title, Paper paper, IntConsumer begun)
      throws IOException {
    PdfWriter writer = new PdfWriter(paper, begun);
    try (PDDocument document = writer.document) {
      document.setVersion(1.7f);
      writer.blocks(tree, new Frame(PdfPages.LEFT, writer.pages.right(), List.of(), 0));
      String lacking = writer.faces.lacking();
      if (!lacking.isEmpty()) {
        throw new PdfFaces.NoLetters(lacking);
      }
      writer.pages.finish();
      writer.facts(facts, title, Direction.of(title + " " + Markdown.plain(tree)));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private void facts(FrontMatter facts, String title, Direction direction) {
    PDDocumentInformation information = document.getDocumentInformation();
    information.setTitle(title);
    information.setCreator("Qalam");
    information.setCreationDate(Calendar.getInstance());
    if (!facts.tags().isEmpty()) {
      information.setKeywords(String.join(", ", facts.tags()));
    }
    PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
    preferences.setDisplayDocTitle(!title.isEmpty());
    if (direction.isRightToLeft()) {
      preferences.setReadingDirection(PDViewerPreferences.READING_DIRECTION.R2L);
    }
    document.getDocumentCatalog().setViewerPreferences(preferences);
    if (outline.hasChildren()) {
      document.getDocumentCatalog().setDocumentOutline(outline);
    }
  }

  private void blocks(Node parent, Frame frame) {
    for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
      block(block, frame);
    }
  }

  private void block(Node block, Frame frame) {
    switch (block) {
      case Heading heading -> heading(heading, frame);
      case Paragraph _ -> paragraph(block, frame);
      case FencedCodeBlock code -> code(code.getLiteral(), frame);
      case IndentedCodeBlock code -> code(code.getLiteral(), frame);
      case BlockQuote _ -> {
        boolean right = Direction.of(Markdown.plain(block)).isRightToLeft();
        blocks(block, frame.within(right, 14, true, false));
      }
      case ListBlock list -> list(list, frame);
      case TableBlock _ -> table(block, frame);
      case ThematicBreak _ -> {
        float y = pages.take(SIZE);
        pages.rule(frame.left(), y + SIZE / 2, frame.width(), 0.7f);
        pages.gap(AFTER);
      }
      default -> blocks(block, frame);
    }
  }

  private void heading(Heading heading, Frame frame) {
    float size = HEADINGS[heading.getLevel() - 1];
    List<Inlines.Run> runs = Inlines.of(heading);
    Direction direction = Direction.of(Inlines.text(runs));
    List<PdfLine> lines =
        PdfText.lines(faces, runs, EnumSet.of(Mark.BOLD), size, direction, frame.width());
    pages.gap(size * 0.5f);
    // a heading is not the last line of a page
    if (!pages.hasRoom(lines.size() * size * LEADING + 2 * SIZE * LEADING + AFTER)) {
      pages.turn();
    }
    mark(heading.getLevel(), Inlines.text(runs).replace('\n', ' '), size * LEADING);
    lines(lines, size, direction, frame);
    pages.gap(size * 0.15f + 2);
  }

  /** An entry of the table of contents that viewers show. */
  private void mark(int level, String words, float height) {
    if (open.isEmpty()) {
      open.push(outline);
      levels.push(0);
    }
    if (!pages.hasRoom(height)) {
      pages.turn();
    }
    while (levels.element() >= level) {
      open.pop();
      levels.pop();
    }
    PDPageXYZDestination place = new PDPageXYZDestination();
    place.setPage(pages.page());
    place.setTop(Math.round(pages.y()));
    place.setLeft(0);
    PDOutlineItem item = new PDOutlineItem();
    item.setTitle(words);
    item.setDestination(place);
    open.element().addLast(item);
    open.push(item);
    levels.push(level);
  }

  private void paragraph(Node block, Frame frame) {
    List<Inlines.Run> runs = Inlines.of(block);
    Direction direction = Direction.of(Inlines.text(runs));
    lines(
        PdfText.lines(faces, runs, Set.of(), SIZE, direction, frame.width()),
        SIZE,
        direction,
        frame);
    boolean isTight =
        block.getParent() != null
            && block.getParent().getParent() instanceof ListBlock list
            && list.isTight();
    pages.gap(isTight ? 1.5f : AFTER);
  }

  private void lines(List<PdfLine> lines, float size, Direction direction, Frame frame) {
    float height = size * LEADING;
    for (int i = 0; i < lines.size(); i++) {
      boolean isFirst = i == 0 && lines.size() > 1;
      boolean isLastButOne = i == lines.size() - 2 && lines.size() > 2;
      // neither the first nor the last line stands on a page without another one
      if ((isFirst || isLastButOne) && !pages.hasRoom(2 * height)) {
        pages.turn();
      }
      float bottom = pages.take(height);
      PdfLine line = lines.get(i);
      float base = bottom + height - size * BASE;
      float x = direction.isRightToLeft() ? frame.right() - line.width() : frame.left();
      // in the order in which they stand, for those that read the file
      if (!direction.isRightToLeft()) {
        sign(direction, frame, base);
      }
      pages.write(line, x, base);
      sign(direction, frame, base);
      bars(frame, bottom, height);
    }
  }

  private void bars(Frame frame, float bottom, float height) {
    for (float bar : frame.bars()) {
      pages.rule(bar, bottom - 1, 2, height + 2);
    }
  }

  private void sign(Direction direction, Frame frame, float base) {
    String words = sign;
    sign = null;
    if (words != null) {
      PdfLine line =
          PdfText.lines(
                  faces,
                  List.of(new Inlines.Run(words, Set.of(), "")),
                  Set.of(),
                  SIZE,
                  direction,
                  pages.right())
              .getFirst();
      float x = direction.isRightToLeft() ? frame.right() + 6 : frame.left() - 6 - line.width();
      pages.write(line, x, base);
    }
  }

  private void code(String literal, Frame frame) {
    float height = CODE * 1.35f;
    pages.gap(3);
    for (String line : literal.replaceFirst("\\n\\z", "").split("\n", -1)) {
      for (PdfLine part :
          PdfText.code(faces, line.replace("\t", "    "), CODE, frame.width() - 12)) {
        float bottom = pages.take(height);
        pages.paper(frame.left(), bottom - 3, frame.width(), height + 6);
        pages.write(part, frame.left() + 6, bottom + CODE * 0.35f);
        bars(frame, bottom, height);
        sign(Direction.LEFT_TO_RIGHT, frame, bottom + CODE * 0.35f);
      }
    }
    pages.gap(AFTER + 4);
  }

  private void list(ListBlock list, Frame frame) {
    Integer first = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : null;
    int number = first == null ? 1 : first;
    int last = number + Markdown.children(list).size();
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      boolean right = Direction.of(Markdown.plain(item)).isRightToLeft();
      boolean isTask =
          item.getFirstChild() instanceof Paragraph paragraph
              && paragraph.getFirstChild() instanceof TaskMark;
      sign =
          list instanceof OrderedList
              ? number + "."
              : isTask ? null : frame.depth() % 2 == 0 ? "\u2022" : "\u2013";
      float indent = list instanceof OrderedList && last > 99 ? INDENT * 1.6f : INDENT;
      blocks(item, frame.within(right, indent, false, true));
      if (item.getFirstChild() == null) {
        lines(
            PdfText.lines(faces, List.of(), Set.of(), SIZE, Direction.LEFT_TO_RIGHT, 100),
            SIZE,
            Direction.LEFT_TO_RIGHT,
            frame.within(false, indent, false, true));
      }
      number++;
    }
    pages.gap(list.isTight() && frame.depth() == 0 ? AFTER - 1.5f : 0);
  }

  private void table(Node table, Frame frame) {
    PdfTable made = new PdfTable(faces, table, frame.width());
    boolean right = Direction.of(Markdown.plain(table)).isRightToLeft();
    pages.gap(4);
    float left = right ? frame.right() - made.width() : frame.left();
    made.place(pages, left, right);
    pages.gap(AFTER + 4);
  }
}
