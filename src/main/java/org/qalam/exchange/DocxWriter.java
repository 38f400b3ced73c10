package org.qalam.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/**
 * Writes a Word document (.docx) with the styles that Word, LibreOffice and pandoc know by their
 * names. Used by one thread.
 */
final class DocxWriter {
  private static final int DEEPEST_LIST = 8;
  private static final int DEEPEST_QUOTE = 3;

  /** Width of the text on A4, in twentieths of a point. */
  private static final int WIDTH = 9026;

  /** Between the items of a list whose source has no empty lines, in twentieths of a point. */
  private static final String CLOSE = "30";

  /**
   * Where a block stands.
   *
   * @param isClose whether a block that follows in it is an item of a tight list
   * @param isCloseAfter whether the one that follows it as a whole is
   */
  private record Place(
      int quotes,
      int listLevel,
      String list,
      boolean isFirstInItem,
      boolean isClose,
      boolean isCloseAfter) {
    static final Place OUTSIDE = new Place(0, -1, "", false, false, false);

    boolean isInList() {
      return listLevel >= 0;
    }

    Place next() {
      return new Place(quotes, listLevel, list, false, isClose, isCloseAfter);
    }

    /** That of one of its blocks. */
    Place of(Node block) {
      boolean isLast = block.getNext() == null;
      return isLast || isClose == isCloseAfter
          ? this
          : new Place(quotes, listLevel, list, isFirstInItem, isClose, isClose);
    }

    Place quoted() {
      int deeper = Math.min(DEEPEST_QUOTE, quotes + 1);
      return new Place(deeper, listLevel, list, isFirstInItem, false, isCloseAfter);
    }

    String indent() {
      return isInList() && !isFirstInItem ? DocxParts.indent(listLevel, quotes) : "";
    }
  }

  private final XmlText body = new XmlText();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final List<DocxParts.ListStart> lists = new ArrayList<>();

  private DocxWriter() {}

  static byte[] write(Node document, FrontMatter facts, String title) {
    return new DocxWriter().make(document, facts, title);
  }

  private byte[] make(Node document, FrontMatter facts, String title) {
    Direction whole = Direction.of(title + " " + Markdown.plain(document));
    body.open("w:document", "xmlns:w", Docx.MAIN, "xmlns:r", Docx.RELATIONS).open("w:body");
    blocks(document, Place.OUTSIDE);
    body.open("w:sectPr")
        .empty("w:pgSz", "w:w", "11906", "w:h", "16838")
        .empty(
            "w:pgMar",
            "w:top",
            "1440",
            "w:right",
            "1440",
            "w:bottom",
            "1440",
            "w:left",
            "1440",
            "w:header",
            "708",
            "w:footer",
            "708",
            "w:gutter",
            "0");
    if (whole.isRightToLeft()) {
      body.empty("w:bidi");
    }
    body.close().close().close();
    return DocxParts.whole(body.bytes(), links, lists, facts, title);
  }

  private void blocks(Node parent, Place place) {
    Place at = place;
    for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
      block(block, at.of(block));
      at = at.next();
    }
  }

  private void block(Node block, Place place) {
    switch (block) {
      case Heading heading -> paragraph("Heading" + heading.getLevel(), block, place);
      case Paragraph _ -> paragraph(quoteStyle(place.quotes), block, place);
      case FencedCodeBlock code -> code(code.getLiteral(), place);
      case IndentedCodeBlock code -> code(code.getLiteral(), place);
      case BlockQuote _ -> blocks(block, place.quoted());
      case ListBlock list -> list(list, place);
      case TableBlock _ -> table(block);
      case ThematicBreak _ -> rule(place);
      default -> blocks(block, place);
    }
  }

  private static String quoteStyle(int depth) {
    return depth == 0 ? "" : depth == 1 ? "Quote" : "Quote" + depth;
  }

  private void list(ListBlock list, Place place) {
    int level = Math.min(DEEPEST_LIST, place.listLevel + 1);
    boolean isNumbered = list instanceof OrderedList;
    Integer first = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : null;
    lists.add(new DocxParts.ListStart(isNumbered, level, first == null ? 1 : first, place.quotes));
    String id = String.valueOf(lists.size());
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      boolean isTight = list.isTight();
      boolean isCloseAfter = item.getNext() == null ? place.isCloseAfter : isTight;
      blocks(item, new Place(place.quotes, level, id, true, isTight, isCloseAfter));
    }
  }

  private void paragraph(String style, Node block, Place place) {
    List<Inlines.Run> runs = Inlines.of(block);
    Direction direction = Direction.of(Inlines.text(runs));
    start(style, place, direction, "", false);
    runs(runs, direction);
    body.close();
  }

  /** Begins a paragraph and writes its properties, in the order that the schema wants. */
  private void start(
      String style, Place place, Direction direction, String align, boolean hasLine) {
    body.open("w:p").open("w:pPr");
    if (!style.isEmpty()) {
      body.empty("w:pStyle", "w:val", style);
    }
    if (place.isInList()) {
      // List 0 is none: what goes on in an item says so, and pandoc leaves it in the item.
      body.open("w:numPr")
          .empty("w:ilvl", "w:val", String.valueOf(place.listLevel))
          .empty("w:numId", "w:val", place.isFirstInItem ? place.list : "0")
          .close();
    }
    if (hasLine) {
      body.open("w:pBdr")
          .empty("w:bottom", "w:val", "single", "w:sz", "6", "w:space", "1", "w:color", "auto")
          .close();
    }
    if (direction.isRightToLeft()) {
      body.empty("w:bidi");
    }
    if (place.isInList() && place.isCloseAfter) {
      body.empty("w:spacing", "w:after", CLOSE);
    }
    if (!place.indent().isEmpty()) {
      body.empty("w:ind", "w:left", place.indent());
    }
    if (!align.isEmpty()) {
      body.empty("w:jc", "w:val", align);
    }
    body.close();
  }

  private void rule(Place place) {
    start("", place.next(), Direction.LEFT_TO_RIGHT, "", true);
    body.close();
  }

  private void code(String literal, Place place) {
    String style = place.quotes > 0 ? "QuotedSourceCode" : "SourceCode";
    start(style, place.next(), Direction.LEFT_TO_RIGHT, "", false);
    body.open("w:r");
    String[] lines = literal.replaceFirst("\\n\\z", "").split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        body.empty("w:br");
      }
      body.element("w:t", lines[i].replace("\t", "    "), "xml:space", "preserve");
    }
    body.close().close();
  }

  private void runs(List<Inlines.Run> runs, Direction direction) {
    List<Direction.Run> ways = direction.runs(Inlines.text(runs));
    String open = "";
    int start = 0;
    for (Inlines.Run run : runs) {
      if (!run.link().equals(open)) {
        if (!open.isEmpty()) {
          body.close();
        }
        open = run.link();
        if (open.startsWith("#")) {
          body.open("w:hyperlink", "w:anchor", open.substring(1));
        } else if (!open.isEmpty()) {
          String id = links.computeIfAbsent(open, _ -> "link" + (links.size() + 1));
          body.open("w:hyperlink", "r:id", id);
        }
      }
      int end = start + run.text().length();
      for (Direction.Run way : ways) {
        int from = Math.max(start, way.start());
        int to = Math.min(end, way.end());
        if (from < to) {
          run(run.part(from - start, to - start), way.rightToLeft());
        }
      }
      start = end;
    }
    if (!open.isEmpty()) {
      body.close();
    }
  }

  private void run(Inlines.Run run, boolean rightToLeft) {
    body.open("w:r");
    if (run.isBreak()) {
      body.empty("w:br").close();
      return;
    }
    body.open("w:rPr");
    if (run.marks().contains(Mark.CODE)) {
      body.empty("w:rStyle", "w:val", "VerbatimChar");
    } else if (!run.link().isEmpty()) {
      body.empty("w:rStyle", "w:val", "Hyperlink");
    }
    if (run.marks().contains(Mark.BOLD)) {
      body.empty("w:b").empty("w:bCs");
    }
    if (run.marks().contains(Mark.ITALIC)) {
      body.empty("w:i").empty("w:iCs");
    }
    if (run.marks().contains(Mark.STRIKE)) {
      body.empty("w:strike");
    }
    if (rightToLeft) {
      body.empty("w:rtl");
    }
    body.close().element("w:t", run.text(), "xml:space", "preserve").close();
  }

  private void table(Node table) {
    List<Node> rows = new ArrayList<>();
    for (Node part : Markdown.children(table)) {
      rows.addAll(Markdown.children(part));
    }
    int columns = rows.stream().mapToInt(row -> Markdown.children(row).size()).max().orElse(1);
    Direction direction = Direction.of(Markdown.plain(table));
    body.open("w:tbl").open("w:tblPr").empty("w:tblStyle", "w:val", "TableGrid");
    if (direction.isRightToLeft()) {
      body.empty("w:bidiVisual");
    }
    body.empty("w:tblW", "w:w", "0", "w:type", "auto").close().open("w:tblGrid");
    String width = String.valueOf(WIDTH / columns);
    for (int i = 0; i < columns; i++) {
      body.empty("w:gridCol", "w:w", width);
    }
    body.close();
    for (Node row : rows) {
      row(row, columns, width);
    }
    body.close();
    body.empty("w:p"); // Word wants a paragraph between two tables and at the end
  }

  private void row(Node row, int columns, String width) {
    List<Node> cells = Markdown.children(row);
    boolean isHead =
        !cells.isEmpty() && cells.getFirst() instanceof TableCell cell && cell.isHeader();
    body.open("w:tr");
    if (isHead) {
      body.open("w:trPr").empty("w:tblHeader").close();
    }
    Place place = Place.OUTSIDE;
    for (int i = 0; i < columns; i++) {
      body.open("w:tc").open("w:tcPr").empty("w:tcW", "w:w", width, "w:type", "dxa").close();
      List<Inlines.Run> runs = i < cells.size() ? Inlines.of(cells.get(i)) : List.of();
      Direction direction = Direction.of(Inlines.text(runs));
      String align = i < cells.size() ? align(cells.get(i), direction) : "";
      start(isHead ? "TableHeading" : "", place, direction, align, false);
      runs(runs, direction);
      body.close().close();
    }
    body.close();
  }

  /** Left and right change their places in paragraphs that run from right to left. */
  private static String align(Node cell, Direction direction) {
    TableCell.Alignment alignment = cell instanceof TableCell one ? one.getAlignment() : null;
    if (alignment == null) {
      return "";
    }
    boolean isRight = direction.isRightToLeft();
    return switch (alignment) {
      case CENTER -> "center";
      case RIGHT -> isRight ? "left" : "right";
      case LEFT -> isRight ? "right" : "left";
    };
  }
}
