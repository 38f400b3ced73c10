package org.qalam.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
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

  /** Names of styles that run another way or are aligned, made for those they are of. */
  private final Set<OdtParts.Made> made = new LinkedHashSet<>();

  /** Which way the pages run, and on them what does not say otherwise. */
  private final Direction whole;

  private OdtWriter(Direction whole) {
    this.whole = whole;
  }

  static byte[] write(Node document, FrontMatter facts, String title) {
    Direction whole = Direction.of(title + " " + Markdown.plain(document));
    OdtWriter text = new OdtWriter(whole);
    // The styles stand before the text that tells which of them are needed.
    OdtWriter styles = new OdtWriter(whole);
    styles.content(document, Set.of());
    text.content(document, styles.made);
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
    if (!direction.isRightToLeft() && !whole.isRightToLeft() && align.isEmpty()) {
      return style;
    }
    OdtParts.Made own = new OdtParts.Made(style, direction.isRightToLeft(), align);
    made.add(own);
    return own.name();
  }

  /**
   * Writes words with their marks. What words beside each other have in common is one element
   * around them, as it was in the text: programs that read the file would take pieces for several.
   */
  private void runs(List<Inlines.Run> runs) {
    Deque<Object> open = new ArrayDeque<>(); // marks, and links as text; the innermost first
    for (int i = 0; i < runs.size(); i++) {
      Inlines.Run run = runs.get(i);
      if (run.isBreak()) {
        // has the marks that go on behind it
        close(open, i + 1 < runs.size() ? Set.copyOf(runs.get(i + 1).marks()) : Set.of());
        body.empty("text:line-break");
      } else {
        Set<Object> wanted = around(run);
        close(open, wanted);
        open(open, wanted, runs, i);
        words(run.text());
      }
    }
    close(open, Set.of());
  }

  private static Set<Object> around(Inlines.Run run) {
    Set<Object> around = new LinkedHashSet<>();
    if (!run.link().isEmpty()) {
      around.add(run.link());
    }
    around.addAll(run.marks());
    return around;
  }

  /** Ends the elements that do not go on, and those in them. */
  private void close(Deque<Object> open, Set<?> wanted) {
    while (!wanted.containsAll(open)) {
      body.close();
      open.pop();
    }
  }

  /** Begins the elements that are missing, the longest first; code is always the innermost. */
  private void open(Deque<Object> open, Set<Object> wanted, List<Inlines.Run> runs, int at) {
    wanted.stream()
        .filter(one -> !open.contains(one))
        .sorted(
            Comparator.comparingInt((Object one) -> one == Mark.CODE ? 1 : -length(one, runs, at)))
        .forEachOrdered(one -> {
          open.push(one);
          if (one instanceof String link) {
            body.open("text:a", "xlink:type", "simple", "xlink:href", link);
          } else {
            body.open("text:span", "text:style-name", OdtParts.name(marks(open)));
          }
        });
  }

  private static Set<Mark> marks(Deque<Object> open) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    for (Object one : open) {
      if (one instanceof Mark mark) {
        marks.add(mark);
      }
    }
    return marks;
  }

  /** In how many runs from one on there is a mark or link. */
  private static int length(Object one, List<Inlines.Run> runs, int from) {
    int end = from;
    while (end < runs.size() && (runs.get(end).isBreak() || around(runs.get(end)).contains(one))) {
      end++;
    }
    return end - from;
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
