package org.qalam.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.markdown.MarkdownNodeRendererContext;
import org.commonmark.renderer.markdown.MarkdownNodeRendererFactory;
import org.commonmark.renderer.markdown.MarkdownRenderer;

/**
 * Between the text of a document and the tree that other formats are made from and read into:
 * CommonMark with GitHub's tables, tasks and strikethrough. Belongs to no thread.
 */
final class Markdown {
  /** Lists and quotations within each other; deeper ones are taken as text. */
  private static final int DEEPEST = 60;

  private static final List<Extension> EXTENSIONS =
      List.of(
          TablesExtension.create(),
          StrikethroughExtension.builder().requireTwoTildes(true).build());

  private static final Parser PARSER =
      Parser.builder()
          .extensions(EXTENSIONS)
          .maxOpenBlockParsers(DEEPEST)
          .maxInlineNesting(DEEPEST)
          .build();

  private static final MarkdownRenderer RENDERER =
      MarkdownRenderer.builder()
          .extensions(EXTENSIONS)
          .nodeRendererFactory(
              new MarkdownNodeRendererFactory() {
                @Override
                public NodeRenderer create(MarkdownNodeRendererContext context) {
                  return new Signs(context);
                }

                @Override
                public Set<Character> getSpecialCharacters() {
                  return Set.of();
                }
              })
          .build();

  private static final Pattern TASK = Pattern.compile("\\[([ xX])\\][ \\t]+(?=\\S)");
  private static final Pattern TAG = Pattern.compile("</?([A-Za-z][A-Za-z0-9]*)\\b[^>]*>");

  /** What stands in angle brackets and is no such name is text of the writer's. */
  private static final Set<String> HTML_TAGS =
      Set.of(
          "a", "abbr", "b", "bdi", "bdo", "big", "center", "cite", "code", "del", "dfn", "div",
          "em", "font", "i", "img", "ins", "kbd", "mark", "p", "q", "s", "samp", "small", "span",
          "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr");

  private Markdown() {}

  static List<Extension> extensions() {
    return EXTENSIONS;
  }

  /** The tree of a text as it stands. */
  static Node parse(String text) {
    return PARSER.parse(text);
  }

  /**
   * The tree of a document for a format that is not Markdown: without front matter, with {@link
   * TaskMark}s, and without HTML.
   */
  static Node forExport(String text) {
    Node document = parse(text.substring(FrontMatter.of(text).length()));
    document.accept(new Plainer());
    return document;
  }

  /** The text of a tree. */
  static String render(Node document) {
    return RENDERER.render(document);
  }

  /** The words below a node; line breaks are spaces. */
  static String plain(Node node) {
    StringBuilder words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            words.append(text.getLiteral());
          }

          @Override
          public void visit(Code code) {
            words.append(code.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak line) {
            words.append(' ');
          }

          @Override
          public void visit(HardLineBreak line) {
            words.append(' ');
          }

          @Override
          public void visit(HtmlInline html) {
            words.append(html.getLiteral());
          }

          @Override
          public void visit(CustomNode custom) {
            if (custom instanceof Verbatim verbatim) {
              words.append(verbatim.literal());
            } else {
              visitChildren(custom);
            }
          }
        });
    return words.toString();
  }

  /** The children of a node, which may be moved while one goes through them. */
  static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }

  /** Writes the nodes that CommonMark does not know. */
  private static final class Signs implements NodeRenderer {
    private final MarkdownNodeRendererContext context;

    Signs(MarkdownNodeRendererContext context) {
      this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(TaskMark.class, Verbatim.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof TaskMark task) {
        context.getWriter().raw(task.done() ? "[x] " : "[ ] ");
      } else if (node instanceof Verbatim verbatim) {
        context.getWriter().raw(verbatim.literal());
      }
    }
  }

  /** Finds tasks, and brings HTML within Markdown to what other formats have. */
  private static final class Plainer extends AbstractVisitor {
    @Override
    public void visit(ListItem item) {
      if (item.getFirstChild() instanceof Paragraph paragraph
          && paragraph.getFirstChild() instanceof Text text) {
        Matcher task = TASK.matcher(text.getLiteral());
        if (task.lookingAt()) {
          text.setLiteral(text.getLiteral().substring(task.end()));
          paragraph.prependChild(new TaskMark(!task.group(1).equals(" ")));
        }
      }
      visitChildren(item);
    }

    @Override
    public void visit(HtmlBlock html) {
      for (Node block : children(HtmlReader.tree(html.getLiteral()))) {
        html.insertBefore(block);
      }
      html.unlink();
    }

    @Override
    public void visit(HtmlInline html) {
      String literal = html.getLiteral();
      Matcher tag = TAG.matcher(literal);
      String name = tag.matches() ? tag.group(1).toLowerCase(Locale.ROOT) : "";
      if (name.equals("br")) {
        html.insertBefore(new HardLineBreak());
      } else if (!HTML_TAGS.contains(name) && !literal.startsWith("<!--")) {
        html.insertBefore(new Text(literal));
      }
      html.unlink();
    }
  }
}
