package org.qalam.exchange;

import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/** Makes the blocks of a document's tree. */
final class Blocks {
  /** Columns of a table; what is beyond is left out. */
  static final int WIDEST = 100;

  private Blocks() {}

  static Node paragraph(InlineText words) {
    Node paragraph = new Paragraph();
    words.appendTo(paragraph);
    return paragraph;
  }

  /**
   * @param level from 1; Markdown knows six
   */
  static Node heading(int level, InlineText words) {
    Heading heading = new Heading();
    heading.setLevel(Math.clamp(level, 1, 6));
    words.onOneLine().appendTo(heading);
    return heading;
  }

  static BulletList bullets() {
    BulletList list = new BulletList();
    list.setMarker("-");
    list.setTight(true);
    return list;
  }

  static OrderedList numbers(int start) {
    OrderedList list = new OrderedList();
    list.setMarkerStartNumber(Math.clamp(start, 0, 999_999_999));
    list.setMarkerDelimiter(".");
    list.setTight(true);
    return list;
  }

  /**
   * @param text without empty lines at its ends afterwards
   */
  static FencedCodeBlock code(String text) {
    String clean = text.replaceFirst("\\A\\n", "").replaceFirst("\\n+\\z", "");
    FencedCodeBlock code = new FencedCodeBlock();
    int longest = 2;
    int ticks = 0;
    for (int i = 0; i < clean.length(); i++) {
      ticks = clean.charAt(i) == '`' ? ticks + 1 : 0;
      longest = Math.max(longest, ticks);
    }
    code.setFenceCharacter("`");
    code.setOpeningFenceLength(longest + 1);
    code.setClosingFenceLength(longest + 1);
    code.setLiteral(clean.isEmpty() ? "" : clean + "\n");
    return code;
  }

  /** Makes an item a task. */
  static void mark(Node item, boolean done) {
    if (!(item.getFirstChild() instanceof Paragraph)) {
      item.prependChild(new Paragraph());
    }
    Node words = item.getFirstChild();
    if (words != null) {
      words.prependChild(new TaskMark(done));
    }
  }

  /** A table whose first row is its head; nothing where there are no words in it. */
  static Optional<Node> table(List<List<InlineText>> rows) {
    int columns = Math.min(WIDEST, rows.stream().mapToInt(List::size).max().orElse(0));
    if (columns == 0 || rows.stream().flatMap(List::stream).allMatch(InlineText::isBlank)) {
      return Optional.empty();
    }
    TableBlock table = new TableBlock();
    TableHead head = new TableHead();
    table.appendChild(head);
    TableBody body = new TableBody();
    for (List<InlineText> row : rows) {
      boolean isHead = head.getFirstChild() == null;
      TableRow line = new TableRow();
      for (int i = 0; i < columns; i++) {
        TableCell cell = new TableCell();
        cell.setHeader(isHead);
        if (i < row.size()) {
          row.get(i).appendToCell(cell);
        }
        line.appendChild(cell);
      }
      (isHead ? head : body).appendChild(line);
    }
    if (body.getFirstChild() != null) {
      table.appendChild(body);
    }
    return Optional.of(table);
  }

  /**
   * Makes lists loose where an item has more than a paragraph and lists, and gives lists beside
   * each other different signs, since they would be one list in Markdown.
   */
  static void tidy(Node parent) {
    ListBlock before = null;
    for (Node child : Markdown.children(parent)) {
      tidy(child);
      if (child instanceof ListBlock list) {
        boolean loose = false;
        for (Node item : Markdown.children(list)) {
          List<Node> blocks = Markdown.children(item);
          loose |= blocks.stream().filter(block -> !(block instanceof ListBlock)).count() > 1;
        }
        list.setTight(!loose);
        distinguish(before, list);
        before = list;
      } else {
        before = null;
      }
    }
  }

  private static void distinguish(@Nullable ListBlock before, ListBlock list) {
    if (before instanceof BulletList one && list instanceof BulletList other) {
      other.setMarker("-".equals(one.getMarker()) ? "*" : "-");
    } else if (before instanceof OrderedList one && list instanceof OrderedList other) {
      other.setMarkerDelimiter(".".equals(one.getMarkerDelimiter()) ? ")" : ".");
    }
  }
}
