package org.qalam.exchange;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** One paragraph of a Word document. Used by one thread. */
final class DocxParagraph {
  private static final Pattern HYPERLINK =
      Pattern.compile("\\s*HYPERLINK\\s+(?:\\\\l\\s+)?\"([^\"]*)\".*", Pattern.DOTALL);

  private final DocxStyles styles;
  private final Map<String, String> links;
  private final UnaryOperator<String> note;
  private final InlineText words = new InlineText();
  private final List<DocxParagraph> boxes = new ArrayList<>();
  private String style = "";
  private String list = "";
  private int listLevel = -1;
  private int outline = -1;
  private int indent;
  private boolean border;
  private boolean rightToLeft;
  private boolean hasDirection;

  /** The link that the words at hand are in; the innermost counts. */
  private String link = "";

  /** A field's instruction, while it is read; its result is text. */
  private StringBuilder instruction = new StringBuilder();

  private boolean inInstruction;

  private DocxParagraph(DocxStyles styles, Map<String, String> links, UnaryOperator<String> note) {
    this.styles = styles;
    this.links = links;
    this.note = note;
  }

  /**
   * Reads on to the paragraph's end.
   *
   * @param note the sign of a note, by {@code f} or {@code e} and its id
   */
  static DocxParagraph read(
      XMLStreamReader at, DocxStyles styles, Map<String, String> links, UnaryOperator<String> note)
      throws XMLStreamException {
    DocxParagraph paragraph = new DocxParagraph(styles, links, note);
    paragraph.content(at);
    return paragraph;
  }

  InlineText words() {
    return words;
  }

  /** Paragraphs in text boxes that are fixed to this one. */
  List<DocxParagraph> boxes() {
    return boxes;
  }

  String style() {
    return style;
  }

  /** The id of its list; empty for none. */
  String list() {
    String id = list.isEmpty() ? styles.list(style) : list;
    return id.equals("0") ? "" : id;
  }

  int listLevel() {
    return Math.clamp(listLevel >= 0 ? listLevel : styles.listLevel(style), 0, 8);
  }

  int headingLevel() {
    return outline >= 0 ? (outline < 9 ? outline + 1 : 0) : styles.headingLevel(style);
  }

  /** In twentieths of a point; 0 where only its style says so. */
  int indent() {
    return indent;
  }

  boolean hasBorder() {
    return border;
  }

  boolean rightToLeft() {
    return hasDirection ? rightToLeft : styles.isRightToLeft(style);
  }

  private void content(XMLStreamReader at) throws XMLStreamException {
    int depth = 1;
    List<String> around = new ArrayList<>(); // links of the elements that are open
    around.add("");
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
        String before = around.removeLast();
        link = before;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        switch (at.getLocalName()) {
          case "pPr" -> properties(at);
          case "r" -> run(at);
          case "p" -> boxes.add(read(at, styles, links, note));
          case "del", "moveFrom", "Fallback", "sdtPr" -> SafeXml.skip(at);
          default -> {
            around.add(link);
            depth++;
            if (at.getLocalName().equals("hyperlink")) {
              link = target(at);
            } else if (at.getLocalName().equals("fldSimple")) {
              followed(Docx.value(at, "instr"));
            } else if (at.getLocalName().equals("t")) {
              // in a formula
              words.add(at.getElementText(), EnumSet.noneOf(Mark.class), link);
              depth--;
              around.removeLast();
            }
          }
        }
      }
    }
  }

  private String target(XMLStreamReader at) {
    String anchor = Docx.value(at, "anchor");
    String target = links.getOrDefault(Docx.value(at, "id"), "");
    return anchor.isEmpty() ? target : target + "#" + anchor;
  }

  private void followed(String instr) {
    Matcher matcher = HYPERLINK.matcher(instr);
    if (matcher.matches()) {
      link =
          instr.contains("\\l") && !matcher.group(1).contains(":")
              ? "#" + matcher.group(1)
              : matcher.group(1);
    }
  }

  private void properties(XMLStreamReader at) throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        depth++;
        switch (at.getLocalName()) {
          case "pStyle" -> style = Docx.value(at, "val");
          case "numId" -> list = Docx.value(at, "val");
          case "ilvl" -> listLevel = Docx.number(at, "val", 0);
          case "outlineLvl" -> outline = Docx.number(at, "val", 9);
          case "pBdr" -> border = true;
          case "ind" -> indent = Docx.number(at, "left", Docx.number(at, "start", 0));
          case "bidi" -> {
            rightToLeft = Docx.isOn(at);
            hasDirection = true;
          }
          case "rPr", "sectPr", "pPrChange" -> {
            SafeXml.skip(at);
            depth--;
          }
          default -> {}
        }
      }
    }
  }

  private void run(XMLStreamReader at) throws XMLStreamException {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    boolean hidden = false;
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
      depth++;
      switch (at.getLocalName()) {
        case "rPr" -> {
          hidden = runProperties(at, marks);
          depth--;
        }
        case "t" -> {
          String text = at.getElementText();
          depth--;
          if (!hidden) {
            words.add(text, marks, link);
          }
        }
        case "instrText" -> {
          if (inInstruction && instruction.length() < 10_000) {
            instruction.append(at.getElementText());
            depth--;
          }
        }
        case "fldChar" -> field(Docx.value(at, "fldCharType"));
        case "tab" -> words.add(" ", marks, link);
        case "noBreakHyphen" -> words.add("\u2011", marks, link);
        case "br" -> {
          if (!Set.of("page", "column").contains(Docx.value(at, "type"))) {
            words.addBreak();
          }
        }
        case "cr" -> words.addBreak();
        case "footnoteReference" -> words.add(note.apply("f" + Docx.value(at, "id")), Set.of(), "");
        case "endnoteReference" -> words.add(note.apply("e" + Docx.value(at, "id")), Set.of(), "");
        case "p" -> {
          boxes.add(read(at, styles, links, note));
          depth--;
        }
        case "Fallback", "delText" -> {
          SafeXml.skip(at);
          depth--;
        }
        default -> {}
      }
    }
  }

  private void field(String type) {
    switch (type) {
      case "begin" -> {
        instruction = new StringBuilder();
        inInstruction = true;
      }
      case "separate" -> {
        inInstruction = false;
        followed(instruction.toString());
      }
      case "end" -> {
        inInstruction = false;
        link = "";
      }
      default -> {}
    }
  }

  /** Adds the marks of a run; tells whether it is hidden. */
  private boolean runProperties(XMLStreamReader at, Set<Mark> marks) throws XMLStreamException {
    Map<String, Boolean> said = new HashMap<>();
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamReader.START_ELEMENT) {
        depth++;
        switch (at.getLocalName()) {
          case "rStyle" -> marks.addAll(styles.marks(Docx.value(at, "val")));
          case "b", "bCs", "i", "iCs", "strike", "dstrike", "vanish", "rtl" ->
              said.put(at.getLocalName(), Docx.isOn(at));
          case "rPrChange" -> {
            SafeXml.skip(at);
            depth--;
          }
          default -> {}
        }
      }
    }
    // Arabic runs have switches of their own.
    boolean rtl = said.getOrDefault("rtl", false);
    set(marks, Mark.BOLD, said.get(rtl ? "bCs" : "b"));
    set(marks, Mark.ITALIC, said.get(rtl ? "iCs" : "i"));
    set(marks, Mark.STRIKE, said.get("strike"));
    if (said.getOrDefault("dstrike", false)) {
      marks.add(Mark.STRIKE);
    }
    return said.getOrDefault("vanish", false);
  }

  private static void set(Set<Mark> marks, Mark mark, @Nullable Boolean on) {
    if (Boolean.TRUE.equals(on)) {
      marks.add(mark);
    } else if (on != null) {
      marks.remove(mark);
    }
  }
}
