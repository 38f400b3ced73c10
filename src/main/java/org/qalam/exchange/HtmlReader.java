package org.qalam.exchange;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.ThematicBreak;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/**
 * Reads a page of HTML. Nothing is fetched and nothing is run: scripts, styles, frames and forms
 * are left out, pictures become links to where they are.
 */
final class HtmlReader {
  /** Elements within each other; jsoup itself puts deeper ones beside each other. */
  private static final int DEEPEST = 200;

  private static final int HEAD = 4096;
  private static final Pattern CHARSET =
      Pattern.compile(
          "(?i)<(?:meta|\\?xml)[^>]{0,200}(?:charset|encoding)\\s*=\\s*[\"']?([\\w:.-]+)");

  private static final Set<String> LEFT_OUT =
      Set.of(
          "script",
          "style",
          "template",
          "noscript",
          "head",
          "title",
          "svg",
          "math",
          "iframe",
          "object",
          "embed",
          "applet",
          "audio",
          "video",
          "canvas",
          "select",
          "textarea",
          "button",
          "input",
          "nav",
          "dialog",
          "meta",
          "link");

  private static final Set<String> LISTS = Set.of("ul", "ol", "menu", "dir");

  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del",
          "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby",
          "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
          "wbr", "input");

  private final Node root;

  /** Words that stand in no paragraph of their own; they are one until the next block begins. */
  private InlineText loose = new InlineText();

  private HtmlReader(Node root) {
    this.root = root;
  }

  /**
   * A page's tree and its title.
   *
   * @param title empty where it has none
   */
  record Page(Node tree, String title) {}

  static Page page(byte[] bytes) {
    org.jsoup.nodes.Document page = parsed(decoded(bytes));
    Node tree = new Document();
    new HtmlReader(tree).read(page.body());
    return new Page(tree, page.title().strip());
  }

  /** The tree of a piece of HTML. */
  static Node tree(String html) {
    Node tree = new Document();
    new HtmlReader(tree).read(parsed(html).body());
    return tree;
  }

  private static org.jsoup.nodes.Document parsed(String html) {
    Parser parser = Parser.htmlParser().setMaxDepth(DEEPEST);
    return parser.parseInput(html, "");
  }

  private static String decoded(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    Matcher named = CHARSET.matcher(head);
    boolean hasMark = head.startsWith("\u00fe\u00ff") || head.startsWith("\u00ff\u00fe");
    if (!hasMark && named.find()) {
      try {
        Charset charset = Charset.forName(named.group(1));
        if (!charset.equals(StandardCharsets.UTF_8) && !charset.name().startsWith("UTF-")) {
          return new String(bytes, charset);
        }
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        return TextDecoder.decode(bytes); // it is what it looks like then
      }
    }
    return TextDecoder.decode(bytes);
  }

  private void read(Element parent) {
    for (org.jsoup.nodes.Node child : parent.childNodes()) {
      if (child instanceof TextNode text) {
        addWords(text.getWholeText(), EnumSet.noneOf(Mark.class), "", loose);
      } else if (child instanceof Element element) {
        if (isInline(element)) {
          inline(element, EnumSet.noneOf(Mark.class), "", loose);
        } else {
          block(element);
        }
      }
    }
    endParagraph();
  }

  /** Old pages put paragraphs into a font or a link: then those are blocks. */
  private static boolean isInline(Element element) {
    return INLINE.contains(name(element))
        && element.stream().allMatch(inner -> INLINE.contains(name(inner)) || isLeftOut(inner));
  }

  private static String name(Element element) {
    return element.normalName();
  }

  private static boolean isLeftOut(Element element) {
    return LEFT_OUT.contains(name(element)) || element.hasAttr("hidden");
  }

  private void endParagraph() {
    if (!loose.isBlank()) {
      root.appendChild(Blocks.paragraph(loose));
    }
    loose = new InlineText();
  }

  private void block(Element element) {
    endParagraph();
    if (isLeftOut(element)) {
      return;
    }
    String name = name(element);
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        InlineText words = words(element);
        if (!words.isBlank()) {
          root.appendChild(Blocks.heading(name.charAt(1) - '0', words));
        }
      }
      case "hr" -> root.appendChild(new ThematicBreak());
      case "pre", "listing", "xmp" -> root.appendChild(code(element));
      case "blockquote" -> within(new BlockQuote(), element);
      case "ul", "menu", "dir" -> list(Blocks.bullets(), element);
      case "ol" -> list(Blocks.numbers(number(element.attr("start"), 1)), element);
      case "li" -> {
        Node list = Blocks.bullets();
        root.appendChild(list);
        item(list, element);
      }
      case "table" -> table(element);
      default -> new HtmlReader(root).read(element);
    }
  }

  private void within(Node block, Element element) {
    new HtmlReader(block).read(element);
    if (block.getFirstChild() != null) {
      root.appendChild(block);
    }
  }

  private static Node code(Element element) {
    StringBuilder text = new StringBuilder();
    element
        .nodeStream()
        .forEach(node -> {
          if (node instanceof TextNode words) {
            text.append(words.getWholeText());
          } else if (node instanceof Element inner && name(inner).equals("br")) {
            text.append('\n');
          }
        });
    String language = "";
    for (Element inner : element.select("code[class], pre[class]")) {
      for (String style : inner.classNames()) {
        if (style.matches("(language|lang)-[\\w+#.-]+")) {
          language = style.substring(style.indexOf('-') + 1);
        }
      }
    }
    FencedCodeBlock code = Blocks.code(TextImport.normalise(text.toString()));
    code.setInfo(language);
    return code;
  }

  private void list(Node made, Element element) {
    Node list = made;
    Element first = element.firstElementChild();
    Node before = root.getLastChild();
    if (first != null
        && LISTS.contains(name(first))
        && before instanceof ListBlock
        && before.getClass().equals(made.getClass())) {
      list = before; // LibreOffice writes each level of a list as a list of its own
    }
    for (Element child : element.children()) {
      if (isLeftOut(child)) {
        continue;
      }
      boolean isList = LISTS.contains(name(child));
      if (isList && list.getLastChild() != null) {
        new HtmlReader(list.getLastChild()).block(child); // old pages nest lists without an item
      } else {
        item(list, child);
      }
    }
    if (list.getFirstChild() != null) {
      root.appendChild(list);
    }
  }

  private static void item(Node list, Element element) {
    ListItem item = new ListItem();
    new HtmlReader(item).read(element);
    Element box = element.selectFirst("input[type=checkbox]");
    if (box != null && element.equals(box.closest("li"))) {
      Blocks.mark(item, box.hasAttr("checked"));
    }
    list.appendChild(item);
  }

  private void table(Element element) {
    List<List<InlineText>> rows = new ArrayList<>();
    for (Element row : element.select("tr")) {
      if (!element.equals(row.closest("table"))) {
        continue;
      }
      List<InlineText> cells = new ArrayList<>();
      for (Element cell : row.children()) {
        if (name(cell).equals("td") || name(cell).equals("th")) {
          cells.add(words(cell));
          for (int i = 1; i < Math.min(number(cell.attr("colspan"), 1), Blocks.WIDEST); i++) {
            cells.add(new InlineText());
          }
        }
      }
      rows.add(cells);
    }
    Element caption = element.selectFirst("caption");
    if (caption != null && element.equals(caption.closest("table"))) {
      InlineText words = words(caption);
      if (!words.isBlank()) {
        root.appendChild(Blocks.paragraph(words));
      }
    }
    if (isLayout(element, rows)) {
      element
          .select("td, th")
          .forEach(cell -> {
            if (element.equals(cell.closest("table"))) {
              new HtmlReader(root).read(cell);
            }
          });
    } else {
      Blocks.table(rows).ifPresent(root::appendChild);
    }
  }

  /** Whether a table only puts the parts of a page in their places. */
  private static boolean isLayout(Element table, List<List<InlineText>> rows) {
    return rows.stream().allMatch(row -> row.size() <= 1)
        || !table.select("td table, td h1, td h2, td h3").isEmpty();
  }

  /** All words of an element, those of its blocks on lines of their own. */
  private static InlineText words(Element element) {
    InlineText words = new InlineText();
    inlineChildren(element, EnumSet.noneOf(Mark.class), "", words);
    return words;
  }

  private static void inline(Element element, Set<Mark> marks, String link, InlineText into) {
    if (isLeftOut(element)) {
      return;
    }
    Set<Mark> within = EnumSet.noneOf(Mark.class);
    within.addAll(marks);
    String target = link;
    switch (name(element)) {
      case "br" -> {
        into.addBreak();
        return;
      }
      case "img" -> {
        picture(element, marks, link, into);
        return;
      }
      case "b", "strong" -> within.add(Mark.BOLD);
      case "i", "em", "cite", "dfn", "var" -> within.add(Mark.ITALIC);
      case "del", "s", "strike" -> within.add(Mark.STRIKE);
      case "code", "kbd", "samp", "tt" -> within.add(Mark.CODE);
      case "a" -> target = element.hasAttr("href") ? element.attr("href") : link;
      case "span" -> styled(element.attr("style"), within);
      default -> {}
    }
    inlineChildren(element, within, target, into);
  }

  /** What word processors write in place of {@code b}, {@code i} and {@code s}. */
  private static void styled(String style, Set<Mark> marks) {
    String flat = style.toLowerCase(Locale.ROOT).replace(" ", "");
    if (flat.matches(".*font-weight:(bold|[6-9]00).*")) {
      marks.add(Mark.BOLD);
    }
    if (flat.contains("font-style:italic")) {
      marks.add(Mark.ITALIC);
    }
    if (flat.contains("line-through")) {
      marks.add(Mark.STRIKE);
    }
  }

  private static void inlineChildren(
      Element element, Set<Mark> marks, String link, InlineText into) {
    for (org.jsoup.nodes.Node child : element.childNodes()) {
      if (child instanceof TextNode text) {
        addWords(text.getWholeText(), marks, link, into);
      } else if (child instanceof Element inner) {
        boolean isBlock = !INLINE.contains(name(inner)) && !isLeftOut(inner);
        if (isBlock && !into.isBlank()) {
          into.addBreak();
        }
        inline(inner, marks, link, into);
        if (isBlock && inner.nextElementSibling() != null) {
          into.addBreak();
        }
      }
    }
  }

  private static void picture(Element image, Set<Mark> marks, String link, InlineText into) {
    String alt = image.attr("alt").isBlank() ? image.attr("title") : image.attr("alt");
    String source = image.attr("src");
    boolean isElsewhere = InlineText.isSafe(source) && !source.startsWith("data:");
    into.add(
        alt.isBlank() && isElsewhere && link.isEmpty() ? source : alt,
        marks,
        link.isEmpty() && isElsewhere ? source : link);
  }

  private static void addWords(String words, Set<Mark> marks, String link, InlineText into) {
    String single = words.replaceAll("[ \\t\\r\\n\\f]+", " ");
    into.addSpaced(single, marks, link);
  }

  private static int number(String digits, int otherwise) {
    return digits.matches("\\d{1,8}") ? Integer.parseInt(digits) : otherwise;
  }
}
