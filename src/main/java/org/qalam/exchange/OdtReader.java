package org.qalam.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Document;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.ThematicBreak;

/**
 * Reads an OpenDocument text (.odt): its words with their headings, lists, tables, quotations,
 * code, links and marks; notes go to the end. Pictures, comments, deleted words and indexes are
 * left out, macros and embedded files are not looked at. Used by one thread.
 */
final class OdtReader {
  /** What is in the text's part and not in the text. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "tracked-changes",
          "forms",
          "annotation",
          "table-of-content",
          "alphabetical-index",
          "illustration-index",
          "table-index",
          "object-index",
          "user-index",
          "sequence-decls",
          "variable-decls",
          "user-field-decls",
          "scripts",
          "font-face-decls",
          "event-listeners",
          "note-citation",
          "ruby-text",
          "title",
          "desc",
          "object",
          "object-ole",
          "image",
          "math");

  private final OdtStyles styles = new OdtStyles();
  private final Budget budget;
  private final List<Node> notes = new ArrayList<>();

  /** Of the paragraph that was read last. */
  private String lastStyle = "";

  /** The style of the list that was read last. */
  private String lastList = "";

  private OdtReader(Budget budget) {
    this.budget = budget;
  }

  static Node read(ZipParts parts, Budget budget) throws IOException, XMLStreamException {
    return new OdtReader(budget).read(parts);
  }

  private Node read(ZipParts parts) throws IOException, XMLStreamException {
    try (InputStream in = parts.part("styles.xml").orElse(null)) {
      if (in != null) {
        XMLStreamReader at = SafeXml.reader(in);
        while (at.hasNext()) {
          if (at.next() == XMLStreamReader.START_ELEMENT) {
            styles.take(at);
          }
        }
      }
    }
    Node root = new Document();
    try (InputStream in =
        parts.part("content.xml").orElseThrow(() -> new IOException("it has no text part"))) {
      XMLStreamReader at = SafeXml.reader(in);
      while (at.hasNext()) {
        if (at.next() == XMLStreamReader.START_ELEMENT) {
          if (at.getLocalName().equals("text") && isOffice(at)) {
            blocks(at, root, "", 0);
          } else {
            styles.take(at);
          }
        }
      }
    }
    notes.forEach(root::appendChild);
    return root;
  }

  private static boolean isOffice(XMLStreamReader at) {
    return String.valueOf(at.getNamespaceURI()).endsWith(":office:1.0");
  }

  /** Reads the blocks in the element that the reader is at the start of. */
  private void blocks(XMLStreamReader at, Node parent, String listStyle, int level)
      throws XMLStreamException {
    StringBuilder code = new StringBuilder();
    String codeStyle = "";
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
        continue;
      }
      if (event != XMLStreamReader.START_ELEMENT) {
        continue;
      }
      String name = at.getLocalName();
      if (name.equals("p") || name.equals("h")) {
        budget.count();
        String style = Docx.value(at, "style-name");
        int outline = name.equals("h") ? Math.max(1, Docx.number(at, "outline-level", 1)) : 0;
        InlineText words = new InlineText();
        List<Node> boxes = new ArrayList<>();
        inline(at, EnumSet.noneOf(Mark.class), "", words, boxes);
        boolean isCode = outline == 0 && styles.isCode(style);
        if (code.length() > 0
            && !(isCode && styles.quoteDepth(style) == styles.quoteDepth(codeStyle))) {
          add(parent, codeStyle, Blocks.code(code.toString()));
          code.setLength(0);
        }
        if (isCode) {
          code.append(words.plain()).append('\n');
          codeStyle = style;
        } else {
          paragraph(parent, style, outline, words, level > 0);
        }
        boxes.forEach(parent::appendChild);
        continue;
      }
      if (code.length() > 0) {
        add(parent, codeStyle, Blocks.code(code.toString()));
        code.setLength(0);
      }
      if (LEFT_OUT.contains(name)) {
        SafeXml.skip(at);
      } else if (name.equals("list")) {
        list(at, parent, listStyle, level + 1);
      } else if (name.equals("table")) {
        List<List<InlineText>> rows = new ArrayList<>();
        rows(at, rows);
        Blocks.table(rows).ifPresent(parent::appendChild);
      } else {
        depth++;
      }
    }
    if (code.length() > 0) {
      add(parent, codeStyle, Blocks.code(code.toString()));
    }
  }

  private void paragraph(
      Node parent, String style, int outline, InlineText words, boolean isInList) {
    if (words.isBlank()) {
      if (styles.isRule(style)) {
        parent.appendChild(new ThematicBreak());
      }
      return;
    }
    if (styles.isRightToLeft(style)) {
      DocxReader.turn(words);
    }
    if (outline > 0 || styles.isTitle(style)) {
      parent.appendChild(Blocks.heading(Math.max(1, outline), words));
    } else {
      add(parent, style, isInList ? DocxReader.withTask(words) : Blocks.paragraph(words));
    }
  }

  /** Adds a block, quoted as its style says; quotations that follow each other are one. */
  private void add(Node parent, String style, Node block) {
    boolean isInList = parent instanceof ListItem;
    int depth = isInList && styles.isQuotedList(style) ? 0 : styles.quoteDepth(style);
    // quotations are set in for their own sake
    Node at = isInList || depth > 0 ? parent : inList(parent, style);
    for (int i = 0; i < depth; i++) {
      Node quote = at.getLastChild() instanceof BlockQuote last ? last : new BlockQuote();
      at.appendChild(quote);
      at = quote;
    }
    at.appendChild(block);
  }

  /** The item of the list just before that a paragraph goes on in, which LibreOffice leaves out. */
  private Node inList(Node parent, String style) {
    Node at = parent;
    int levels = styles.levelInList(style, lastList);
    for (int i = 0; i < levels; i++) {
      if (at.getLastChild() instanceof ListBlock list && list.getLastChild() != null) {
        at = list.getLastChild();
      }
    }
    return at;
  }

  private void list(XMLStreamReader at, Node parent, String outerStyle, int level)
      throws XMLStreamException {
    String own = Docx.value(at, "style-name");
    String style = own.isEmpty() ? outerStyle : own;
    boolean goesOn =
        !Docx.value(at, "continue-list").isEmpty()
            || Docx.value(at, "continue-numbering").equals("true");
    Integer start = styles.start(style, level);
    ListBlock list = start == null ? Blocks.bullets() : Blocks.numbers(start);
    boolean isQuoted = false;
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        String name = at.getLocalName();
        if (name.equals("list-item") || name.equals("list-header")) {
          int number = Docx.number(at, "start-value", -1);
          if (number >= 0 && list.getFirstChild() == null && start != null) {
            list = Blocks.numbers(number);
          }
          ListItem item = new ListItem();
          lastStyle = "";
          blocks(at, item, style, level);
          isQuoted |= styles.isQuotedList(lastStyle);
          if (item.getFirstChild() != null) {
            list.appendChild(item);
          }
        } else {
          depth++;
        }
      }
    }
    lastList = style;
    if (list.getFirstChild() == null) {
      return;
    }
    if (parent.getLastChild() instanceof ListBlock before && isTakenUp(before, list, goesOn)) {
      return;
    }
    if (isQuoted && level == 1) {
      Node quote = parent.getLastChild() instanceof BlockQuote last ? last : new BlockQuote();
      parent.appendChild(quote);
      quote.appendChild(list);
    } else {
      parent.appendChild(list);
    }
  }

  /**
   * LibreOffice cuts a list of Word's into pieces: a deeper level becomes a list of its own whose
   * items hold nothing but lists, and what comes after it a list that goes on.
   */
  private static boolean isTakenUp(ListBlock before, ListBlock list, boolean goesOn) {
    Node last = before.getLastChild();
    List<Node> items = Markdown.children(list);
    Node only = items.size() == 1 ? items.getFirst() : null;
    if (last != null && only != null && only.getFirstChild() instanceof ListBlock) {
      for (Node child : Markdown.children(only)) {
        boolean isDone =
            child instanceof ListBlock inner
                && last.getLastChild() instanceof ListBlock deeper
                && isTakenUp(deeper, inner, goesOn);
        if (!isDone) {
          last.appendChild(child);
        }
      }
      return true;
    }
    if (goesOn && before.getClass().equals(list.getClass())) {
      items.forEach(before::appendChild);
      return true;
    }
    return false;
  }

  private void rows(XMLStreamReader at, List<List<InlineText>> rows) throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        depth++;
        switch (at.getLocalName()) {
          case "table-row" -> rows.add(new ArrayList<>());
          case "table-cell", "covered-table-cell" -> {
            if (rows.isEmpty()) {
              rows.add(new ArrayList<>());
            }
            List<InlineText> row = rows.getLast();
            int times = Math.clamp(Docx.number(at, "number-columns-repeated", 1), 1, Blocks.WIDEST);
            InlineText words = cell(at);
            depth--;
            for (int i = 0; i < times && row.size() < Blocks.WIDEST; i++) {
              row.add(words);
            }
          }
          default -> {}
        }
      }
    }
  }

  private InlineText cell(XMLStreamReader at) throws XMLStreamException {
    InlineText words = new InlineText();
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        String name = at.getLocalName();
        if (name.equals("p") || name.equals("h")) {
          budget.count();
          InlineText paragraph = new InlineText();
          inline(at, EnumSet.noneOf(Mark.class), "", paragraph, new ArrayList<>());
          if (!paragraph.isBlank()) {
            words.addAll(paragraph);
          }
        } else if (LEFT_OUT.contains(name)) {
          SafeXml.skip(at);
        } else {
          depth++;
        }
      }
    }
    return words;
  }

  /**
   * Reads the words of an element.
   *
   * @param boxes what stands in frames that are fixed to the paragraph
   */
  private void inline(
      XMLStreamReader at, Set<Mark> marks, String link, InlineText words, List<Node> boxes)
      throws XMLStreamException {
    lastStyle = at.getLocalName().equals("p") ? Docx.value(at, "style-name") : lastStyle;
    while (true) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        return;
      }
      if (event == XMLStreamReader.CHARACTERS || event == XMLStreamReader.SPACE) {
        words.addSpaced(at.getText().replaceAll("[ \\t\\r\\n]+", " "), marks, link);
      } else if (event == XMLStreamReader.START_ELEMENT) {
        switch (at.getLocalName()) {
          case "s" -> {
            int count = Math.clamp(Docx.number(at, "c", 1), 1, 1000);
            words.add(" ".repeat(count), marks, link);
            SafeXml.skip(at);
          }
          case "tab" -> {
            words.add(" ", marks, link);
            SafeXml.skip(at);
          }
          case "line-break" -> {
            words.addBreak();
            SafeXml.skip(at);
          }
          case "span" -> {
            Set<Mark> more = EnumSet.noneOf(Mark.class);
            more.addAll(marks);
            more.addAll(styles.marks(Docx.value(at, "style-name")));
            inline(at, more, link, words, boxes);
          }
          case "a" -> inline(at, marks, SafeXml.href(at), words, boxes);
          case "note" -> note(at, words);
          case "text-box" -> {
            Node box = new Document();
            blocks(at, box, "", 0);
            boxes.addAll(Markdown.children(box));
          }
          default -> {
            if (LEFT_OUT.contains(at.getLocalName())) {
              SafeXml.skip(at);
            } else {
              inline(at, marks, link, words, boxes);
            }
          }
        }
      }
    }
  }

  private void note(XMLStreamReader at, InlineText words) throws XMLStreamException {
    String sign = "[^" + (notes.size() + 1) + "]";
    words.add(sign, Set.of(), "");
    int place = notes.size();
    InlineText text = cell(at);
    notes.add(place, DocxReader.noteText(sign, text.onOneLine()));
  }
}
