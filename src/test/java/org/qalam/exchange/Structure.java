package org.qalam.exchange;

import java.util.List;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * What a Markdown text says, as CommonMark's own parser sees it: two texts with the same structure
 * differ in nothing but signs. Lines that go on, the languages of code, titles of links and front
 * matter do not count: Office documents have no place for them.
 */
final class Structure {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
          .build();

  private final StringBuilder text = new StringBuilder();

  private Structure() {}

  static String of(String markdown) {
    Structure structure = new Structure();
    structure.children(PARSER.parse(markdown.replaceFirst("(?s)\\A---\\n.*?\\n---\\n", "")));
    return structure.text.toString().strip();
  }

  private void children(Node parent) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      node(node);
    }
  }

  private void within(String name, Node node) {
    text.append('(').append(name).append(' ');
    children(node);
    text.append(')');
  }

  private void line(String name, Node node) {
    text.append('\n');
    within(name, node);
  }

  private void node(Node node) {
    switch (node) {
      case Text words -> text.append(words.getLiteral());
      case SoftLineBreak _ -> text.append(' ');
      case HardLineBreak _ -> text.append("(br)");
      case Code code -> text.append("(code ").append(code.getLiteral()).append(')');
      case Emphasis _ -> within("em", node);
      case StrongEmphasis _ -> within("strong", node);
      case Strikethrough _ -> within("del", node);
      case Link link -> within("a " + link.getDestination(), node);
      case Heading heading -> line("h" + heading.getLevel(), node);
      case Paragraph _ -> line("p", node);
      case BlockQuote _ -> line("quote", node);
      case BulletList _ -> line("ul", node);
      case OrderedList list -> line("ol " + list.getMarkerStartNumber(), node);
      case ListItem _ -> line("li", node);
      case FencedCodeBlock code -> text.append("\n(pre ").append(code.getLiteral()).append(')');
      case IndentedCodeBlock code -> text.append("\n(pre ").append(code.getLiteral()).append(')');
      case ThematicBreak _ -> text.append("\n(hr)");
      case TableRow _ -> line("tr", node);
      case TableCell cell -> within(cell.isHeader() ? "th" : "td", node);
      default -> children(node);
    }
  }
}
