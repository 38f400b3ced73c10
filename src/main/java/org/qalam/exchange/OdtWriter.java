package org.qalam.exchange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

/** Writes an OpenDocument text (.odt) with LibreOffice's own styles. Used by one thread. */
final class OdtWriter {
  private static final int DEEPEST_QUOTE = 3;

  private final XmlText body = new XmlText();

  /** Names of styles that run from right to left or are aligned, made for those they are of. */
  private final Set<OdtParts.Made> made = new LinkedHashSet<>();

  private OdtWriter() {}

  static byte[] write(Node document, FrontMatter facts, String title) {
    OdtWriter text = new OdtWriter();
    // The styles stand before the text that tells which of them are needed.
    OdtWriter styles = new OdtWriter();
    styles.content(document, Set.of());
    text.content(document, styles.made);
    Direction whole = Direction.of(title + " " + Markdown.plain(document));
    return OdtParts.whole(text.body.bytes(), facts, title, whole);
  }

  private void content(Node document, Set<OdtParts.Made> styles) {
    OdtParts.open(body, "office:document-content");
    OdtParts.automatic(body, styles);
    body.open("office:body").open("office:text");
    blocks(document, 0, 0);
    body.close().close().close();
  }

  private void blocks(Node parent, int quotes, int lists) {
    for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
      block(block, quotes, lists);
    }
  }

  private void block(Node block, int quotes, int lists) {
    switch (block) {
      case Heading heading -> {
        String level = String.valueOf(heading.getLevel());
        paragraph("text:h", "Heading_20_" + level, block, "text:outline-level", level);
      }
      case Paragraph _ -> paragraph("text:p", style(quotes, lists), block);
      case FencedCodeBlock code -> code(code.getLiteral(), quotes);
      case IndentedCodeBlock code -> code(code.getLiteral(), quotes);
      case BlockQuote _ -> blocks(block, Math.min(DEEPEST_QUOTE, quotes + 1), 0);
      case ListBlock list -> list(list, quotes, lists);
      case TableBlock _ -> table(block);
      case ThematicBreak _ -> body.empty("text:p", "text:style-name", "Horizontal_20_Line");
      default -> blocks(block, quotes, lists);
    }
  }

  /** Items of a list that is quoted have a style of their own, a quotation in an item another. */
  private static String style(int quotes, int lists) {
    if (quotes == 0) {
      return "Text_20_body";
    }
    return lists > 0 ? "Quoted_20_List" : quotes == 1 ? "Quotations" : "Quotations_20_" + quotes;
  }

  private void list(ListBlock list, int quotes, int lists) {
    boolean isNumbered = list instanceof OrderedList;
    Integer first = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : null;
    body.open("text:list", "text:style-name", isNumbered ? "Numbers" : "Bullets");
    String start = first == null ? "" : String.valueOf(first);
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      body.open("text:list-item", "text:start-value", start);
      start = "";
      blocks(item, quotes, lists + 1);
      body.close();
    }
    body.close();
  }

  private void code(String literal, int quotes) {
    String style = quotes > 0 ? "Quoted_20_Source_20_Code" : "Preformatted_20_Text";
    body.open("text:p", "text:style-name", style);
    String[] lines = literal.replaceFirst("\\n\\z", "").split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        body.empty("text:line-break");
      }
      words(lines[i].replace("\t", "    "));
    }
    body.close();
  }

  private void paragraph(String element, String style, Node block, String... more) {
    List<Inlines.Run> runs = Inlines.of(block);
    Direction direction = Direction.of(Inlines.text(runs));
    List<String> attributes = new ArrayList<>(List.of(more));
    attributes.add(0, "text:style-name");
    attributes.add(1, style(style, direction, ""));
    body.open(element, attributes.toArray(String[]::new));
    runs(runs);
    body.close();
  }

  private String style(String style, Direction direction, String align) {
    if (!direction.isRightToLeft() && align.isEmpty()) {
      return style;
    }
    OdtParts.Made own = new OdtParts.Made(style, direction.isRightToLeft(), align);
    made.add(own);
    return own.name();
  }

  private void runs(List<Inlines.Run> runs) {
    String open = "";
    for (Inlines.Run run : runs) {
      if (!run.link().equals(open)) {
        if (!open.isEmpty()) {
          body.close();
        }
        open = run.link();
        if (!open.isEmpty()) {
          body.open("text:a", "xlink:type", "simple", "xlink:href", open);
        }
      }
      if (run.isBreak()) {
        body.empty("text:line-break");
      } else if (run.marks().isEmpty()) {
        words(run.text());
      } else {
        body.open("text:span", "text:style-name", OdtParts.name(run.marks()));
        words(run.text());
        body.close();
      }
    }
    if (!open.isEmpty()) {
      body.close();
    }
  }

  /** Spaces beside each other are one in OpenDocument, unless they are counted. */
  private void words(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && text.charAt(end) != ' ') {
        end++;
      }
      body.text(text.substring(at, end));
      int spaces = end;
      while (spaces < text.length() && text.charAt(spaces) == ' ') {
        spaces++;
      }
      int count = spaces - end;
      if (count == 1 && end > 0 && spaces < text.length()) {
        body.text(" ");
      } else if (count > 0) {
        body.empty("text:s", "text:c", String.valueOf(count));
      }
      at = spaces;
    }
  }

  private void table(Node table) {
    boolean isRight = Direction.of(Markdown.plain(table)).isRightToLeft();
    int columns = 1;
    for (Node part : Markdown.children(table)) {
      for (Node row : Markdown.children(part)) {
        columns = Math.max(columns, Markdown.children(row).size());
      }
    }
    body.open("table:table", "table:style-name", isRight ? "TableRight" : "TableLeft")
        .empty("table:table-column", "table:number-columns-repeated", String.valueOf(columns));
    for (Node part : Markdown.children(table)) {
      for (Node row : Markdown.children(part)) {
        row(row, columns);
      }
    }
    body.close();
  }

  private void row(Node row, int columns) {
    List<Node> cells = Markdown.children(row);
    boolean isHead =
        !cells.isEmpty() && cells.getFirst() instanceof TableCell cell && cell.isHeader();
    if (isHead) {
      body.open("table:table-header-rows");
    }
    body.open("table:table-row");
    for (int i = 0; i < columns; i++) {
      body.open("table:table-cell", "table:style-name", "Cell", "office:value-type", "string");
      List<Inlines.Run> runs = i < cells.size() ? Inlines.of(cells.get(i)) : List.of();
      String align = i < cells.size() ? align(cells.get(i)) : "";
      String style = isHead ? "Table_20_Heading" : "Table_20_Contents";
      body.open("text:p", "text:style-name", style(style, Direction.of(Inlines.text(runs)), align));
      runs(runs);
      body.close().close();
    }
    body.close();
    if (isHead) {
      body.close();
    }
  }

  private static String align(Node cell) {
    TableCell.Alignment alignment = cell instanceof TableCell one ? one.getAlignment() : null;
    return alignment == null
        ? ""
        : switch (alignment) {
          case CENTER -> "center";
          case RIGHT -> "right";
          case LEFT -> "left";
        };
  }
}
