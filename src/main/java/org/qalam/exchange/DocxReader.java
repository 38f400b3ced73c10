package org.qalam.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.commonmark.node.Document;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/**
 * Reads a Word document (.docx): its words with their headings, lists, tables, quotations, code,
 * links and marks; changes that are tracked are taken as accepted, notes go to the end. Pictures,
 * comments, headers and footers are left out, macros and embedded files are not looked at. Used by
 * one thread.
 */
final class DocxReader {
  private static final String BODY = "word/document.xml";

  private final ZipParts parts;
  private final Node root = new Document();
  private final Budget budget;
  private ListNesting nesting = new ListNesting(root, DocxNumbering.NONE);
  private StringBuilder code = new StringBuilder();
  private boolean codeIsOpen;
  private int codeIndent;
  private int codeDepth;
  private Map<String, String> links = Map.of();
  private DocxStyles styles = DocxStyles.NONE;

  /** Notes by their names, in the order in which the text refers to them. */
  private final Map<String, String> noteNames = new LinkedHashMap<>();

  private DocxReader(ZipParts parts, Budget budget) {
    this.parts = parts;
    this.budget = budget;
  }

  static Node read(ZipParts parts, Budget budget) throws IOException, XMLStreamException {
    return new DocxReader(parts, budget).read();
  }

  private Node read() throws IOException, XMLStreamException {
    String body = mainPart();
    String folder = body.substring(0, body.lastIndexOf('/') + 1);
    String name = body.substring(folder.length());
    links = relations(folder + "_rels/" + name + ".rels");
    try (InputStream in = parts.part(folder + "styles.xml").orElse(null)) {
      styles = in == null ? DocxStyles.NONE : DocxStyles.read(in);
    }
    try (InputStream in = parts.part(folder + "numbering.xml").orElse(null)) {
      DocxNumbering numbering = in == null ? DocxNumbering.NONE : DocxNumbering.read(in);
      nesting = new ListNesting(root, numbering);
    }
    try (InputStream in =
        parts.part(body).orElseThrow(() -> new IOException("it has no text part"))) {
      XMLStreamReader at = SafeXml.reader(in);
      while (at.hasNext()) {
        if (at.next() == XMLStreamReader.START_ELEMENT) {
          block(at);
        }
      }
    }
    endCode();
    notes(folder + "footnotes.xml", "footnote", "f");
    notes(folder + "endnotes.xml", "endnote", "e");
    return root;
  }

  private String mainPart() throws IOException, XMLStreamException {
    try (InputStream in = parts.part("_rels/.rels").orElse(null)) {
      if (in != null) {
        XMLStreamReader at = SafeXml.reader(in);
        while (at.hasNext()) {
          if (at.next() == XMLStreamReader.START_ELEMENT
              && Docx.value(at, "Type").endsWith("/officeDocument")) {
            String target = Docx.value(at, "Target");
            return target.startsWith("/") ? target.substring(1) : target;
          }
        }
      }
    }
    return BODY;
  }

  /** Links to other places by their ids; links to parts of the document itself are left out. */
  private Map<String, String> relations(String part) throws IOException, XMLStreamException {
    Map<String, String> found = new HashMap<>();
    try (InputStream in = parts.part(part).orElse(null)) {
      if (in != null) {
        XMLStreamReader at = SafeXml.reader(in);
        while (at.hasNext()) {
          if (at.next() == XMLStreamReader.START_ELEMENT
              && Docx.value(at, "TargetMode").equals("External")
              && Docx.value(at, "Type").endsWith("/hyperlink")) {
            found.put(Docx.value(at, "Id"), Docx.value(at, "Target"));
          }
        }
      }
    }
    return found;
  }

  private void block(XMLStreamReader at) throws XMLStreamException {
    switch (at.getLocalName()) {
      case "p" -> paragraph(at);
      case "tbl" -> table(at);
      case "sectPr", "del", "moveFrom", "Fallback", "sdtPr" -> SafeXml.skip(at);
      default -> {} // what holds blocks: their elements come next
    }
  }

  private DocxParagraph read(XMLStreamReader at) throws XMLStreamException {
    budget.count();
    return DocxParagraph.read(at, styles, links, this::note);
  }

  private void paragraph(XMLStreamReader at) throws XMLStreamException {
    DocxParagraph paragraph = read(at);
    add(paragraph);
    for (DocxParagraph inBox : paragraph.boxes()) {
      add(inBox);
    }
  }

  private void add(DocxParagraph paragraph) {
    InlineText words = paragraph.words();
    int depth = styles.quoteDepth(paragraph.style());
    if (styles.isCode(paragraph.style()) && paragraph.list().isEmpty()) {
      if (codeIsOpen && (codeDepth != depth || codeIndent != paragraph.indent())) {
        endCode();
      }
      code.append(words.plain()).append('\n');
      codeIsOpen = true;
      codeIndent = paragraph.indent();
      codeDepth = depth;
      return;
    }
    endCode();
    if (words.isBlank()) {
      if (paragraph.hasBorder()) {
        nesting.block(paragraph.indent(), depth, new ThematicBreak());
      }
      return;
    }
    if (paragraph.rightToLeft()) {
      turn(words);
    }
    if (paragraph.headingLevel() > 0) {
      nesting.block(0, depth, Blocks.heading(paragraph.headingLevel(), words));
    } else if (!paragraph.list().isEmpty()) {
      Node text = withTask(words);
      nesting.item(paragraph.list(), paragraph.listLevel(), depth, text);
    } else {
      nesting.block(paragraph.indent(), depth, Blocks.paragraph(words));
    }
  }

  /** Says that a paragraph runs from right to left, where its first letter would say otherwise. */
  static void turn(InlineText words) {
    String plain = words.plain();
    boolean hasArabic =
        plain
            .codePoints()
            .map(Character::getDirectionality)
            .anyMatch(way ->
                way == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || way == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    if (hasArabic && !Direction.of(plain).isRightToLeft()) {
      words.putFirst(Direction.RIGHT_MARK);
    }
  }

  /** A paragraph whose box for a task, if it has one, is a node. */
  static Node withTask(InlineText words) {
    Optional<Boolean> done = Optional.empty();
    if (words.takeStart("\u2610 ")) {
      done = Optional.of(false);
    } else if (words.takeStart("\u2612 ") || words.takeStart("\u2611 ")) {
      done = Optional.of(true);
    }
    Node paragraph = Blocks.paragraph(words);
    done.ifPresent(is -> paragraph.prependChild(new TaskMark(is)));
    return paragraph;
  }

  private void endCode() {
    if (codeIsOpen) {
      nesting.block(codeIndent, codeDepth, Blocks.code(code.toString()));
      code = new StringBuilder();
      codeIsOpen = false;
    }
  }

  private void table(XMLStreamReader at) throws XMLStreamException {
    endCode();
    List<List<InlineText>> rows = new ArrayList<>();
    rows(at, rows);
    if (rows.size() == 1 && rows.getFirst().size() == 1) {
      nesting.block(0, 0, Blocks.paragraph(rows.getFirst().getFirst()));
    } else {
      Blocks.table(rows).ifPresent(table -> nesting.block(0, 0, table));
    }
  }

  private void rows(XMLStreamReader at, List<List<InlineText>> rows) throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        switch (at.getLocalName()) {
          case "tr" -> {
            rows.add(new ArrayList<>());
            depth++;
          }
          case "tc" -> {
            if (rows.isEmpty()) {
              rows.add(new ArrayList<>());
            }
            cell(at, rows.getLast());
          }
          case "del", "Fallback", "sdtPr" -> SafeXml.skip(at);
          default -> depth++;
        }
      }
    }
  }

  private void cell(XMLStreamReader at, List<InlineText> row) throws XMLStreamException {
    InlineText words = new InlineText();
    int wide = 1;
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        switch (at.getLocalName()) {
          case "p" -> {
            InlineText paragraph = read(at).words();
            if (!paragraph.isBlank()) {
              words.addAll(paragraph);
            }
          }
          case "gridSpan" -> {
            wide = Math.clamp(Docx.number(at, "val", 1), 1, Blocks.WIDEST);
            depth++;
          }
          case "del", "Fallback", "sdtPr" -> SafeXml.skip(at);
          default -> depth++;
        }
      }
    }
    row.add(words);
    for (int i = 1; i < wide && row.size() < Blocks.WIDEST; i++) {
      row.add(new InlineText());
    }
  }

  /** The sign of a note in the text. */
  private String note(String key) {
    return "[^" + noteNames.computeIfAbsent(key, _ -> String.valueOf(noteNames.size() + 1)) + "]";
  }

  private void notes(String part, String element, String kind)
      throws IOException, XMLStreamException {
    if (noteNames.keySet().stream().noneMatch(key -> key.startsWith(kind))) {
      return;
    }
    try (InputStream in = parts.part(part).orElse(null)) {
      if (in == null) {
        return;
      }
      XMLStreamReader at = SafeXml.reader(in);
      InlineText words = new InlineText();
      String key = "";
      while (at.hasNext()) {
        int event = at.next();
        if (event == XMLStreamReader.START_ELEMENT && at.getLocalName().equals(element)) {
          key = kind + Docx.value(at, "id");
          words = new InlineText();
        } else if (event == XMLStreamReader.START_ELEMENT && at.getLocalName().equals("p")) {
          InlineText paragraph = read(at).words();
          if (!paragraph.isBlank()) {
            words.addAll(paragraph);
          }
        } else if (event == XMLStreamReader.END_ELEMENT
            && at.getLocalName().equals(element)
            && noteNames.containsKey(key)) {
          root.appendChild(noteText(note(key), words.onOneLine()));
        }
      }
    }
  }

  static Node noteText(String sign, InlineText words) {
    Paragraph paragraph = new Paragraph();
    paragraph.appendChild(new Verbatim(sign + ": "));
    words.appendTo(paragraph);
    return paragraph;
  }
}
